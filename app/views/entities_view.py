"""The Entities activity: the list, what waits for review, dossiers, who stands with whom."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.models.entities_model import EntitiesModel, EntityColumn, matching
from app.models.faces import plural
from app.session import Session
from app.theme import KIND_WORDS
from app.views.activity import ListActivityView
from app.views.entity_actions import EntityActions
from app.views.entity_dossier import Seen, read
from app.views.entity_facts import EntityFacts
from app.views.entity_pages import EntityPages
from app.widgets.document_queue import DocumentQueue
from app.widgets.empty_state import EmptyState
from app.widgets.face_list import FaceList
from app.widgets.list_head import ListHead, MenuButton
from app.widgets.panes import KeptPanes, Pane, stacked
from index.model import ENTITY_KINDS, Changes, Entity

SETTLING = 120  # milliseconds an entity must be current before it is read about
PANES = "entities"
NARROW = 960  # pixels below which the facts give way
COMPARING = "corroboration"
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
        self.model = EntitiesModel()
        self.list = FaceList(session.theme, "Entities")
        self.list.setModel(self.model)
        self.documents = DocumentQueue(session.theme)
        self.kind = MenuButton("Which kinds, or documents", KINDS, lambda key: self._regroup())
        self.sort = MenuButton("Sort by", SORTS, lambda key: self.refresh())
        self.empty = EmptyState()
        self.lists = QStackedWidget()
        self.work = EntityPages(session)
        self.review = self.work.review
        self.facts = EntityFacts(session)
        self._buttons = (
            QPushButton("Import list…"),
            QPushButton("New entity…"),
            QPushButton("New names…"),
        )
        self._order: dict[str, int] = {}  # where each entity stood when the list was sorted
        self._is_counted = False
        self.actions_of_list = EntityActions(session, self.list, self)
        self._add_commands()
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
        """Show the entity list as chosen and sorted anew, or the documents that wait."""
        self._order = {}
        self._show_again()

    def _show_again(self) -> None:
        """Show what has changed, every row in its place: nothing jumps while one reviews."""
        if self.by_document:
            self._refresh_documents()
            return
        every = list(self.session.catalog.entities.values())
        shown = [e for e in matching(every, self.typed) if self.kind.key in ("", e.kind)]
        current = self.list.current()
        self.model.show_waiting(self.review.waiting)
        shown.sort(key=lambda entity: entity.name.casefold())
        if all(entity.id in self._order for entity in shown):
            shown.sort(key=lambda entity: self._order[entity.id])
            self.model.show(shown)
        else:
            self.model.show(shown)
            self.model.sort(*ORDERS[self.sort.key])
            self._order = {row.id: place for place, row in enumerate(self.model.rows())}
        count = plural(len(every), "entity", "entities")
        self.kind.show_words(
            count if len(shown) == len(every) else f"{len(shown):,} of {len(every):,}"
        )
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

    def export(self) -> None:
        """Export the passages of the current entity."""
        self.actions_of_list.export()

    # Building

    def _add_commands(self) -> None:
        add = self.session.commands.add
        self.actions_of_list.offer_too(
            add(
                "entities.by_document",
                "Review by document, or by entity",
                self.toggle_grouping,
                shortcuts=["Ctrl+Shift+D"],
                owner=self,
            ),
            add(
                "entities.propose",
                "New names in the documents…",
                self.actions_of_list.propose_names,
                owner=self,
            ),
        )

    def _lay_out(self) -> None:
        self.lists.addWidget(self.list)
        self.lists.addWidget(self.documents)
        self.lists.addWidget(self.empty)
        left = stacked(ListHead((self.sort,), self.kind), self.lists)
        self.panes = KeptPanes(
            self.session.settings,
            PANES,
            [Pane(left, 190, 240), Pane(self.work, 320, 640), Pane(self.facts, 180, 220)],
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panes)

    def _connect(self) -> None:
        session = self.session
        session.catalog.loaded.connect(self._show_again)
        session.changed.connect(self._follow)
        session.style_changed.connect(self._settling.start)
        session.look_changed.connect(self.list.relayout)
        self._settling.timeout.connect(self._read)
        self.list.went.connect(lambda entity: self._went())
        self.list.opened.connect(lambda entity: self.work.enter())
        self.documents.went.connect(lambda row: self._settling.start())
        self.documents.opened.connect(lambda row: self.work.enter())
        self.documents.take_keys({Qt.Key.Key_Escape: self.toggle_grouping})
        session.look_changed.connect(self.documents.relayout)
        self.work.left.connect(self._back)
        self.review.counted.connect(self._take_counts)
        for button, key in zip(
            self._buttons, ("entities.import", "entity.new", "entities.propose"), strict=True
        ):
            button.clicked.connect(lambda checked=False, key=key: self._trigger(key))

    # Showing

    def showEvent(self, event: QShowEvent) -> None:
        """Sort anew what was reviewed when the user was last here."""
        super().showEvent(event)
        if not event.spontaneous():
            self.refresh()

    def _take_counts(self) -> None:
        if self._is_counted:
            self._show_again()
            return
        self._is_counted = True
        at_top = self.list.currentIndex().row() <= 0
        self.refresh()
        if at_top:
            self.list.go(0)  # nobody was chosen yet: the first is now somebody else

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
        self.facts.clear()
        nothing = self.work.show_nothing()
        if known:
            nothing.say("Choose an entity to see what is known about it.")
        else:
            nothing.say(
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

    def _enable(self) -> None:
        some = bool(self.list.selectedIndexes())
        self.actions_of_list.enable(some and not self.by_document)

    def _went(self) -> None:
        self._enable()
        self._settling.start()

    def _read(self) -> None:
        if self.by_document:
            self._read_document()
            return
        entity = self.actions_of_list.current()
        if entity is None:
            if self.model.rowCount():
                self._show_nothing(known=True)
            return
        library, style = self.session.library, self.session.settings.style
        self.session.jobs.drop(COMPARING)
        self.work.show_entity(entity)
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
        self.work.show_document(document)

    def _back(self) -> None:
        (self.documents if self.by_document else self.list).setFocus()

    def _show_seen(self, entity: Entity, seen: Seen) -> None:
        others = self.work.show_seen(entity, seen)
        self.facts.show_entity(entity, seen, others)
        if len({entry.document.id for entry in seen.entries}) < 2:
            return
        library = self.session.library
        self.session.jobs.run(
            lambda progress: library.corroboration(entity.id, progress),
            done=lambda found: self.facts.show_entity(
                entity, replace(seen, corroboration=found), others
            ),
            key=COMPARING,
            owner=self,
        )
