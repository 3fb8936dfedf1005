"""The Entities activity: the list, what waits for review, dossiers, who stands with whom."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.models.entities_model import EntitiesModel, EntityColumn, matching
from app.models.faces import plural
from app.models.seeing import Companion
from app.operations import entities
from app.session import Session, Target
from app.theme import HALF, KIND_WORDS, SPACE
from app.views.activity import ListActivityView
from app.views.entity_dossier import DossierPage, Seen, TogetherPage, read
from app.views.entity_facts import EntityFacts
from app.views.review_view import ReviewPage
from app.widgets.document_queue import DocumentQueue
from app.widgets.empty_state import EmptyState
from app.widgets.face_list import FaceList
from app.widgets.list_head import ListHead, MenuButton
from app.widgets.panes import KeptPanes, Pane, stacked
from index.model import ENTITY_KINDS, Changes, Entity, Passage, Span

SETTLING = 120  # milliseconds an entity must be current before it is read about
PANES = "entities"
NARROW = 960  # pixels below which the facts give way
DOCUMENTS = "documents"  # instead of a kind: the queue grouped by document
KINDS = (
    ("", "All kinds"),
    *((kind, f"{KIND_WORDS[kind].capitalize()}s".replace("ys", "ies")) for kind in ENTITY_KINDS),
    (DOCUMENTS, "Documents to review"),
)
SORTS = (
    ("review", "Most to review"),
    ("name", "Name"),
    ("passages", "Most passages"),
    ("kind", "Kind"),
)
ORDERS = {
    "review": (EntityColumn.TO_REVIEW, Qt.SortOrder.DescendingOrder),
    "name": (EntityColumn.NAME, Qt.SortOrder.AscendingOrder),
    "passages": (EntityColumn.PASSAGES, Qt.SortOrder.DescendingOrder),
    "kind": (EntityColumn.KIND, Qt.SortOrder.AscendingOrder),
}
REVIEW, DOSSIER, TOGETHER = range(3)


class EntitiesView(ListActivityView):
    """List at the left, the entity's pages in the middle, what is known at the right."""

    placeholder = "Find an entity by any of its names"

    model: EntitiesModel

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._seen: Seen | None = None
        self.model = EntitiesModel()
        self.list = FaceList(session.theme, "Entities")
        self.list.setModel(self.model)
        self.documents = DocumentQueue(session.theme)
        self.kind = MenuButton("Which kinds, or documents", KINDS, lambda key: self._regroup())
        self.sort = MenuButton("Sort by", SORTS, lambda key: self.refresh())
        self.empty = EmptyState()
        self.lists = QStackedWidget()
        self.title, self.detail = QLabel(), QLabel()
        self.tabs = QTabBar()
        self.review = ReviewPage(session)
        self.dossier = DossierPage(session)
        self.together = TogetherPage(session)
        self.pages = QStackedWidget()
        self.facts = EntityFacts(session)
        self._buttons = (
            QPushButton("Import list…"),
            QPushButton("New entity…"),
            QPushButton("New names…"),
        )
        self._actions = self._commands()
        self._settling = QTimer(self, singleShot=True, interval=SETTLING)
        self._lay_out()
        self._connect()
        self.refresh()
        self.review.count()

    def tools(self) -> Sequence[QWidget]:
        """Return the buttons for the list."""
        return self._buttons

    def show_entity(self, identity: str) -> None:
        """Make an entity the current one."""
        self._all()
        number = self.model.place(identity)
        if number is not None:
            self.list.go(number)

    def refresh(self) -> None:
        """Show the entity list as chosen and sorted, or the documents that wait."""
        if self.by_document:
            self._refresh_documents()
            return
        every = list(self.session.catalog.entities.values())
        shown = [e for e in matching(every, self.typed) if self.kind.key in ("", e.kind)]
        current = self.list.current()
        self.model.show_waiting(self.review.waiting)
        column, order = ORDERS[self.sort.key]
        shown.sort(key=lambda entity: entity.name.casefold())
        self.model.show(shown)
        self.model.sort(column, order)
        count = plural(len(every), "entity", "entities")
        self.kind.show_words(count if len(shown) == len(every) else f"{len(shown):,} of {count}")
        self._show_state(bool(shown), bool(every))
        fresh = self.list.current()
        if fresh != current:
            self._settling.start()

    @property
    def by_document(self) -> bool:
        """Whether the queue is grouped by document."""
        return self.kind.key == DOCUMENTS

    def toggle_grouping(self) -> None:
        """Group the queue by document, or by entity again."""
        self.kind.show_choice("" if self.by_document else DOCUMENTS)
        self._regroup()
        (self.documents if self.by_document else self.list).setFocus()

    def propose_names(self) -> None:
        """Show repeated names that are in nobody's list."""
        from app.views.dialogs.new_names import NewNamesDialog

        NewNamesDialog(self.session, self.window()).open()

    def export(self) -> None:
        """Export the passages of the current entity."""
        from app.views.dialogs.export_dialog import ExportDialog
        from index.model import ExportRequest

        entity = self._current()
        request = None
        if entity is not None and entity.passage_count:
            style = self.session.settings.style
            request = ExportRequest(title=entity.name, entities=(entity.id,), style=style)
        ExportDialog(self.session, request, parent=self.window()).open()

    # What the user does to entities

    def edit(self) -> None:
        """Change the current entity."""
        from app.views.dialogs.entity_editor import EntityEditor

        entity = self._current()
        if entity is not None:
            EntityEditor(self.session, entity, parent=self.window()).open()

    def merge(self) -> None:
        """Make one of the selected entities."""
        from app.views.dialogs.entity_editor import MergeDialog

        rows: list[Entity] = self.list.chosen()
        if len(rows) < 2:
            self.session.notice.emit("Select two or more entities with Ctrl or Shift first.")
            return
        MergeDialog(self.session, rows, self.window()).open()

    def split(self) -> None:
        """Part the current entity in two."""
        from app.views.dialogs.entity_split import SplitDialog

        entity = self._current()
        if entity is None:
            return
        if not entity.aliases:
            self.session.notice.emit(
                f"“{entity.name}” has one name only. Give it the other one first (F2)."
            )
            return
        library = self.session.library
        self.session.jobs.run(
            lambda progress: library.passages(entity=entity.id),
            done=lambda found: SplitDialog(self.session, entity, found, self.window()).open(),
            key="split",
            owner=self,
        )

    def remove(self) -> None:
        """Take the selected entities off the list; it can be undone."""
        rows: list[Entity] = self.list.chosen()
        if rows:
            entities.remove(session=self.session, entities=rows)

    # Building

    def _commands(self) -> list[QAction]:
        add = self.session.commands.add
        return [
            add("entity.edit", "Change the entity…", self.edit, owner=self),
            add("entity.merge", "Merge the selected entities…", self.merge, owner=self),
            add("entity.split", "Split the entity…", self.split, owner=self),
            add("entity.remove", "Remove from the list", self.remove, owner=self),
            add(
                "entities.by_document",
                "Review by document, or by entity",
                self.toggle_grouping,
                shortcuts=["Ctrl+Shift+D"],
                owner=self,
            ),
            add("entities.propose", "New names in the documents…", self.propose_names, owner=self),
        ]

    def _lay_out(self) -> None:
        self.lists.addWidget(self.list)
        self.lists.addWidget(self.documents)
        self.lists.addWidget(self.empty)
        left = stacked(ListHead((self.sort,), self.kind), self.lists)
        self.title.setProperty("strong", True)
        self.detail.setProperty("dim", True)
        for label in (self.title, self.detail):
            label.setTextFormat(Qt.TextFormat.PlainText)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE * 3 // 2, SPACE, SPACE * 3 // 2, HALF)
        head.addWidget(self.title)
        head.addWidget(self.detail)
        head.addStretch(1)
        head.addWidget(self.review.accept_exact)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for words in ("Review", "Dossier", "Together"):
            self.tabs.addTab(words)
        for page in (self.review, self.dossier, self.together):
            self.pages.addWidget(page)
        self.nothing = EmptyState()
        self.pages.addWidget(self.nothing)
        top = QWidget()
        top.setLayout(head)
        # The line keeps its height on every page.
        policy = self.review.accept_exact.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.review.accept_exact.setSizePolicy(policy)
        self.top = top
        middle = stacked(top, self.tabs, self.pages)
        self.panes = KeptPanes(
            self.session.settings,
            PANES,
            [Pane(left, 190, 240), Pane(middle, 320, 640), Pane(self.facts, 180, 220)],
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panes)

    def _connect(self) -> None:
        session = self.session
        session.catalog.loaded.connect(self.refresh)
        session.changed.connect(self._follow)
        session.style_changed.connect(self._settling.start)
        session.look_changed.connect(self.list.relayout)
        self._settling.timeout.connect(self._read)
        self.list.went.connect(lambda entity: self._went())
        self.list.opened.connect(lambda entity: self._enter())
        self.documents.went.connect(lambda row: self._settling.start())
        self.documents.opened.connect(lambda row: self._enter())
        self.documents.take_keys({Qt.Key.Key_Escape: self.toggle_grouping})
        session.look_changed.connect(self.documents.relayout)
        self.list.take_keys({Qt.Key.Key_Delete: self.remove, Qt.Key.Key_F2: self.edit})
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._offer)
        back = {Qt.Key.Key_Escape: self.list.setFocus}
        self.dossier.list.take_keys(back)
        self.together.list.take_keys(back)
        self.review.table.keys[int(Qt.Key.Key_Escape)] = self._back
        self.tabs.currentChanged.connect(self._show_page)
        self.review.counted.connect(self.refresh)
        self.review.filled.connect(self._show_waiting)
        self.dossier.opened.connect(self._jump)
        self.together.opened.connect(self._open_companion)
        for button, key in zip(
            self._buttons, ("entities.import", "entity.new", "entities.propose"), strict=True
        ):
            button.clicked.connect(lambda checked=False, key=key: self._trigger(key))

    def _offer(self, place: QPoint) -> None:
        menu = QMenu(self.list)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in self._actions:
            menu.addAction(action)
        menu.popup(self.list.viewport().mapToGlobal(place))

    # Showing

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the pages where there is little."""
        super().resizeEvent(event)
        self.facts.setVisible(event.size().width() >= NARROW and not self.by_document)

    def _follow(self, changes: Changes) -> None:
        if changes.everything or changes.passages or changes.documents or changes.entities:
            self._settling.start()

    def _show_state(self, shown: bool, known: bool) -> None:
        self.lists.setCurrentWidget(self.list if shown else self.empty)
        self._enable()
        if not known:
            self.empty.say("")
            self.empty.say(
                "Nobody is on the list yet. Add the people, organisations, laws and places you"
                " look for, or import a list.",
                "Import list…",
                lambda: self._trigger("entities.import"),
            )
        elif not shown:
            self.empty.say("No entity matches.", "Show all", self._all)
        if not shown:
            self._show_nothing(known)

    def _show_nothing(self, known: bool) -> None:
        self.top.hide()
        self.tabs.hide()
        self.facts.clear()
        self.pages.setCurrentWidget(self.nothing)
        if known:
            self.nothing.say("Choose an entity to see what is known about it.")
        else:
            self.nothing.say(
                "For every entity on the list, Muniment proposes where it is named, in any"
                " spelling and script, and keeps its dossier.",
                "New entity…",
                lambda: self._trigger("entity.new"),
            )

    def _all(self) -> None:
        self.kind.show_choice("")
        self.typed = ""
        self.query_changed.emit("")
        self.refresh()

    def _trigger(self, key: str) -> None:
        action = self.session.commands.get(key)
        if action is not None:
            action.trigger()

    def _current(self) -> Entity | None:
        row = self.list.current()
        return row if isinstance(row, Entity) else None

    def _enable(self) -> None:
        some = bool(self.list.selectedIndexes())
        for action in self._actions[:4]:
            action.setEnabled(some and not self.by_document)

    def _went(self) -> None:
        self._enable()
        self._settling.start()

    def _read(self) -> None:
        if self.by_document:
            self._read_document()
            return
        entity = self._current()
        if entity is None:
            if self.model.rowCount():
                self._show_nothing(known=True)
            return
        library, style = self.session.library, self.session.settings.style
        self._show_head(entity)
        self.review.show_entity(entity)
        self.session.jobs.run(
            lambda progress: read(library, entity.id, style),
            done=lambda seen: self._show_seen(entity, seen),
            key="dossier",
            owner=self,
        )

    # Grouped by document

    def _regroup(self) -> None:
        self.sort.setVisible(not self.by_document)
        self.facts.setVisible(self.width() >= NARROW and not self.by_document)
        self.refresh()
        self._settling.start()

    def _refresh_documents(self) -> None:
        waiting, documents = self.review.waiting_in, self.session.catalog.documents
        count = self.documents.refresh(waiting, documents, self.typed)
        self.kind.show_words(plural(count, "document"))
        self.lists.setCurrentWidget(self.documents if count else self.empty)
        self._enable()
        if not count:
            self.empty.say("Nothing waits in any document.", "Back to the entities", self._all)
        self._settling.start()

    def _read_document(self) -> None:
        document = self.documents.document()
        if document is None:
            self._show_nothing(known=True)
            return
        self.top.show()
        self.tabs.hide()
        self.title.setText(document.title)
        self.detail.setText("")
        self.pages.setCurrentWidget(self.review)
        self.review.show_document(document)
        self._show_waiting()

    def _back(self) -> None:
        (self.documents if self.by_document else self.list).setFocus()

    def _show_head(self, entity: Entity) -> None:
        self.top.show()
        self.tabs.show()
        self.title.setText(entity.name)
        self.tabs.setTabText(DOSSIER, f"Dossier ({entity.passage_count:,})")
        self.detail.setText(f"· {KIND_WORDS.get(entity.kind, entity.kind)}")
        self._show_page(self.tabs.currentIndex())

    def _show_page(self, number: int) -> None:
        if not self.by_document:
            self.pages.setCurrentIndex(number)
        self._show_waiting()

    def _show_waiting(self) -> None:
        here = self.by_document or self.tabs.currentIndex() == REVIEW
        self.review.accept_exact.setVisible(here and self.review.exact() > 0)
        waiting = self.review.model.rowCount()
        self.tabs.setTabText(REVIEW, f"Review ({waiting:,})" if waiting else "Review")

    def _show_seen(self, entity: Entity, seen: Seen) -> None:
        self._seen = seen
        self.dossier.show_seen(entity, seen)
        others = self.together.show_seen(self.session, entity, seen)
        self.facts.show_entity(entity, seen, others)
        self.tabs.setTabText(DOSSIER, f"Dossier ({len(seen.entries):,})")

    def _enter(self) -> None:
        page = self.pages.currentWidget()
        (
            page.list if isinstance(page, DossierPage | TogetherPage) else self.review.table
        ).setFocus()

    def _jump(self, passage: Passage) -> None:
        self.session.activity_requested.emit("passages")
        span = Span(passage.anchor.start, passage.anchor.end)
        self.session.open(Target(passage.document, span=span, passage=passage.id))

    def _open_companion(self, companion: Companion) -> None:
        if self._seen is None or not companion.passages:
            self.session.notice.emit("They share documents, and no passage is tagged with both.")
            return
        first = next(p for p in self._seen.passages if p.id == companion.passages[0])
        self.session.activity_requested.emit("passages")
        self.session.passages_requested.emit(list(companion.passages))
        span = Span(first.anchor.start, first.anchor.end)
        self.session.open(Target(first.document, span=span, passage=first.id))
