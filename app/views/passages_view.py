"""The Passages activity: everything that is tagged, filtered, repaired, exported."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.models.faces import plural
from app.models.passages_model import NOTICES, UNTAGGED, PassageColumn, PassagesModel, chosen
from app.operations import passages
from app.session import Session, Target
from app.theme import HALF, SPACE
from app.views.activity import ListActivityView
from app.views.repair_bar import RepairBar
from app.widgets.empty_state import EmptyState
from app.widgets.face_list import FaceList
from app.widgets.list_head import ListHead, MenuButton
from index.model import AnchorStatus, Changes, ExportRequest, Passage, Span

OPENING = 120  # milliseconds a passage must be current before it is shown
DOUBTFUL = (AnchorStatus.UNCERTAIN, AnchorStatus.LOST)
REPAIR = "repair"
SORTS = (("place", "By document"), ("created", "Newest first"), ("entities", "By entity"))
ORDERS = {
    "place": (PassageColumn.PLACE, Qt.SortOrder.AscendingOrder),
    "created": (PassageColumn.CREATED, Qt.SortOrder.DescendingOrder),
    "entities": (PassageColumn.ENTITIES, Qt.SortOrder.AscendingOrder),
}


class PassagesView(ListActivityView):
    """The list of passages at the left of the reader, with a bar for those in doubt."""

    uses_reader = True
    placeholder = "Find words in passages and notes"

    model: PassagesModel

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.passages: list[Passage] = []
        self._only: frozenset[str] = frozenset()  # ids asked for by another view
        self.model = PassagesModel()
        self.list = FaceList(session.theme, "Passages")
        self.list.setModel(self.model)
        self.entity = MenuButton("About which entity", (("", "Any entity"),), self._narrow)
        self.document = MenuButton("In which document", (("", "Any document"),), self._narrow)
        self.sort = MenuButton("Sort by", SORTS, self._narrow)
        self.head = ListHead((self.sort,))
        self.empty = EmptyState()
        self.pages = QStackedWidget()
        self.export_button = QPushButton("Export these…")
        self.remove_action = session.commands.add(
            "passages.remove", "Remove the selected passages", self.remove, owner=self
        )
        self._doubt = QWidget()
        self._doubt_words = QLabel(wordWrap=True)
        self._confirm = QPushButton("It is right")
        self._place = QPushButton("Use the selection")
        self._opening = QTimer(self, singleShot=True, interval=OPENING)
        self._lay_out()
        self._connect()
        self.read()

    def tools(self) -> Sequence[QWidget]:
        """Return the button that exports what is shown."""
        return (self.export_button,)

    def show_only(self, *, entity: str = "", document: str = "") -> None:
        """Show the passages of an entity or a document."""
        self._offer_filters()
        self.entity.show_choice(entity)
        self.document.show_choice(document)
        self.refresh()

    def show_these(self, identities: Sequence[str]) -> None:
        """Show some passages and no others, until a filter is chosen."""
        self._only = frozenset(identities)
        self.typed = ""
        self.query_changed.emit("")
        self.entity.show_choice("")
        self.document.show_choice("")
        self.refresh()

    def read(self) -> None:
        """Read the passages again."""
        self.session.jobs.run(
            lambda progress: self.session.library.passages(),
            done=self._take,
            key="passages",
            owner=self,
        )

    def refresh(self) -> None:
        """Show the passages that were read, as chosen and sorted."""
        self.model.describe(self.session.catalog.documents, self.session.catalog.entities)
        repair = self.entity.key == REPAIR
        shown = chosen(
            self.passages,
            entity="" if repair else self.entity.key,
            document=self.document.key,
            typed=self.typed,
        )
        if repair:
            shown = [p for p in shown if p.anchor.status in DOUBTFUL]
        if self._only:
            shown = [p for p in shown if p.id in self._only]
        column, order = ORDERS[self.sort.key]
        self.model.grouped = self.sort.key == "place"
        self.model.show(shown)
        self.model.sort(column, order)
        count = plural(len(self.passages), "passage")
        whole = len(shown) == len(self.passages)
        self.head.count.setText(count if whole else f"{len(shown):,} of {count}")
        self._show_state(bool(shown))
        self._show_doubt()

    def selected_passages(self) -> list[str]:
        """Return the ids of the selected passages."""
        return [passage.id for passage in self.list.chosen()]

    def remove(self) -> None:
        """Remove the selected passages."""
        rows: list[Passage] = self.list.chosen()
        if rows:
            passages.remove(session=self.session, passages=rows)

    def export(self) -> None:
        """Export the passages that are shown."""
        from app.views.dialogs.export_dialog import ExportDialog

        shown = self.model.rows()
        catalog = self.session.catalog
        name = catalog.entity_name(self.entity.key) or self.session.library.folder.name
        whole = len(shown) == len(self.passages)
        request = ExportRequest(
            title=name,
            style=self.session.settings.style,
            passages=() if whole else tuple(passage.id for passage in shown),
        )
        ExportDialog(self.session, request, fixed=not whole, parent=self.window()).open()

    # Building

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        filters.setContentsMargins(HALF, 0, HALF, HALF)
        filters.setSpacing(0)
        filters.addWidget(self.entity)
        filters.addWidget(self.document)
        filters.addStretch(1)
        self.filters = QWidget()
        self.filters.setLayout(filters)
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.empty)
        buttons = QHBoxLayout()
        buttons.addWidget(self._confirm)
        buttons.addWidget(self._place)
        buttons.addStretch(1)
        doubt = QVBoxLayout(self._doubt)
        doubt.setContentsMargins(SPACE * 3 // 2, SPACE, SPACE, SPACE)
        doubt.addWidget(self._doubt_words)
        doubt.addLayout(buttons)
        self._doubt_words.setProperty("warning", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.head, self.filters, RepairBar(self.session)):
            column.addWidget(widget)
        column.addWidget(self.pages, 1)
        column.addWidget(self._doubt)
        self.setProperty("pane", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _connect(self) -> None:
        session = self.session
        session.changed.connect(self._follow)
        session.catalog.loaded.connect(self._describe)
        session.look_changed.connect(self.list.relayout)
        session.passage_changed.connect(self._go_along)
        session.passages_requested.connect(self.show_these)
        self._opening.timeout.connect(self._open_current)
        self.export_button.clicked.connect(self.export)
        self._confirm.clicked.connect(self._confirm_current)
        self._place.clicked.connect(self._place_current)
        self.list.went.connect(lambda passage: self._going())
        self.list.clicked.connect(lambda index: self._open_current())
        self.list.opened.connect(lambda passage: self._read_current())
        self.list.take_keys({Qt.Key.Key_Delete: self.remove})
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._offer)

    def _offer(self, place: QPoint) -> None:
        menu = QMenu(self.list)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keys = ("passage.tag", "passage.note", "citation.copy", "bundle.add")
        found: list[QAction | None] = [self.session.commands.get(key) for key in keys]
        for action in (*found, self.remove_action):
            if action is not None:
                menu.addAction(action)
        menu.popup(self.list.viewport().mapToGlobal(place))

    # Following

    def _take(self, found: list[Passage]) -> None:
        self.passages = found
        self._describe()

    def _describe(self) -> None:
        self._offer_filters()
        self.refresh()

    def _follow(self, changes: Changes) -> None:
        if changes.everything or changes.passages or changes.documents or changes.entities:
            self.read()

    def _offer_filters(self) -> None:
        catalog = self.session.catalog
        about = {entity for passage in self.passages for entity in passage.entities}
        within = {passage.document for passage in self.passages}
        names = sorted(
            ((e.id, e.name) for e in catalog.entities.values() if e.id in about),
            key=lambda pair: pair[1].casefold(),
        )
        titles = [(d.id, d.title) for d in catalog.documents.values() if d.id in within]
        special = [("", "Any entity")]
        if any(not passage.entities for passage in self.passages):
            special.append((UNTAGGED, "Not tagged"))
        if any(passage.anchor.status in DOUBTFUL for passage in self.passages):
            special.append((REPAIR, "To repair"))
        self.entity.offer([*special, *names])
        self.document.offer([("", "Any document"), *titles])

    def _narrow(self, key: str) -> None:
        self._only = frozenset()
        self.refresh()

    def _go_along(self, identity: str) -> None:
        number = self.model.place(identity) if identity else None
        if number is not None and number != self.list.currentIndex().row():
            self.list.blockSignals(True)
            self.list.go(number)
            self.list.blockSignals(False)
        self._show_doubt()

    # Showing

    def _show_state(self, shown: bool) -> None:
        self.pages.setCurrentWidget(self.list if shown else self.empty)
        some = bool(self.passages)
        self.filters.setVisible(some)
        self.head.setVisible(some)
        self.export_button.setEnabled(shown)
        self.remove_action.setEnabled(shown)
        info = self.session.info
        if shown:
            return
        if some:
            self.empty.say("No passage matches.", "Show all", self._all)
        elif info is not None and not info.documents:
            self.empty.say(
                "There are no passages yet. Import reports first, then tag words in them.",
                "Import…",
                self._import,
            )
        else:
            self.empty.say(
                "There are no passages yet. Open a document, select words with the mouse, or with"
                " Shift and the arrow keys, and press T to tag them.",
                "Show the documents",
                lambda: self.session.activity_requested.emit("library"),
            )

    def _all(self) -> None:
        self._only = frozenset()
        self.typed = ""
        self.query_changed.emit("")
        self.show_only()

    def _import(self) -> None:
        action = self.session.commands.get("import")
        if action is not None:
            action.trigger()

    def _current(self) -> Passage | None:
        row = self.list.current()
        return row if isinstance(row, Passage) else None

    def _going(self) -> None:
        self._opening.start()
        self._show_doubt()

    def _open_current(self) -> None:
        self._opening.stop()
        passage = self._current()
        if passage is not None and self.isVisible():
            span = Span(passage.anchor.start, passage.anchor.end)
            self.session.open(Target(passage.document, span=span, passage=passage.id))

    def _read_current(self) -> None:
        self._open_current()
        self.session.reader_wanted.emit()

    # Passages in doubt

    def _show_doubt(self) -> None:
        passage = self._current() if self.model.rowCount() else None
        doubtful = passage is not None and passage.anchor.status in DOUBTFUL
        self._doubt.setVisible(doubtful)
        if passage is not None and doubtful:
            lost = passage.anchor.status is AnchorStatus.LOST
            rest = "Select where it belongs, or remove it." if lost else "Or select where it is."
            self._doubt_words.setText(f"{NOTICES[passage.anchor.status]}. {rest}")
            self._confirm.setVisible(not lost)
            self._place.setEnabled(self.session.commands.get("passage.place") is not None)

    def _confirm_current(self) -> None:
        passage = self._current()
        if passage is not None:
            passages.confirm(session=self.session, passage=passage)

    def _place_current(self) -> None:
        action = self.session.commands.get("passage.place")
        if action is not None:
            action.trigger()
