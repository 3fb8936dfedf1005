"""The Library activity: every document, what cannot be searched in it, how it is cited."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.models.documents_model import DocumentColumn, DocumentsModel
from app.models.faces import plural
from app.session import Session, Target
from app.views.activity import ListActivityView
from app.views.care_commands import OF_A_DOCUMENT
from app.widgets.empty_state import EmptyState
from app.widgets.face_list import FaceList
from app.widgets.list_head import ListHead, MenuButton
from index.model import Document

OPENING = 150  # milliseconds a document must be current before it is opened
ALL, UNSEARCHABLE, UNDATED, IN = "all", "unsearchable", "undated", "in:"
KINDS = (
    (ALL, "All documents"),
    (UNSEARCHABLE, "Cannot be searched"),
    (UNDATED, "Without a date"),
)
SORTS = (
    ("imported", "Newest import"),
    ("title", "Title"),
    ("issued", "Newest date"),
    ("passages", "Most passages"),
)
ORDERS = {
    "imported": (DocumentColumn.IMPORTED, Qt.SortOrder.DescendingOrder),
    "title": (DocumentColumn.TITLE, Qt.SortOrder.AscendingOrder),
    "issued": (DocumentColumn.ISSUED, Qt.SortOrder.DescendingOrder),
    "passages": (DocumentColumn.PASSAGES, Qt.SortOrder.DescendingOrder),
}


class LibraryView(ListActivityView):
    """The list of documents at the left of the reader."""

    uses_reader = True
    placeholder = "Find a document by title, author or file name"

    model: DocumentsModel

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.model = DocumentsModel()
        self.list = FaceList(session.theme, "Documents")
        self.list.setModel(self.model)
        self.kind = MenuButton("Which documents", KINDS, lambda key: self.refresh())
        self.sort = MenuButton("Sort by", SORTS, lambda key: self.refresh())
        self.head = ListHead((self.sort,), self.kind)
        self.empty = EmptyState()
        self.pages = QStackedWidget()
        self._opening = QTimer(self, singleShot=True, interval=OPENING)
        self._describe = QPushButton("Citation data…")
        self._recognise = QPushButton("Read scanned pages…")
        self._actions = self._commands()
        self._lay_out()
        self._connect()
        self.refresh()

    def tools(self) -> Sequence[QWidget]:
        """Return the buttons for the citation data and for what cannot be searched."""
        return (self._describe, self._recognise)

    def show_unsearchable(self) -> None:
        """Show only the documents with pages that cannot be searched."""
        self.kind.show_choice(UNSEARCHABLE)
        self.refresh()
        self.focus_list()

    def refresh(self) -> None:
        """Show what the catalog holds, as chosen and sorted."""
        every = list(self.session.catalog.documents.values())
        collections = sorted({d.collection for d in every if d.collection})
        self.kind.offer([*KINDS, *((f"{IN}{name}", f"In “{name}”") for name in collections)])
        shown = [d for d in every if self._fits(d)]
        column, order = ORDERS[self.sort.key]
        self.model.show(shown)
        self.model.sort(column, order)
        self.kind.show_words(self._count(len(shown), len(every)))
        self._recognise.setVisible(self.kind.key == UNSEARCHABLE and bool(shown))
        self._show_state(bool(shown), bool(every))
        self._enable()

    # What the user does to documents

    def describe(self) -> None:
        """Correct the citation data of the current document."""
        document = self._current()
        if document is not None:
            from app.views.dialogs.document_form import DocumentForm

            DocumentForm(self.session, document, self.window()).open()

    def move_to_collection(self) -> None:
        """Put the selected documents into a collection."""
        chosen: list[Document] = self.list.chosen()
        if not chosen:
            return
        from app.views.dialogs.collection_dialog import CollectionDialog

        CollectionDialog(self.session, chosen, self.window()).open()

    def remove(self) -> None:
        """Remove the selected documents for good, after a question."""
        chosen: list[Document] = self.list.chosen()
        if not chosen:
            return
        from app.views.dialogs import remove_documents

        remove_documents.ask(self.session, chosen, self.window())

    # Building

    def _commands(self) -> list[QAction]:
        add = self.session.commands.add
        return [
            add("document.move", "Move to a collection…", self.move_to_collection, owner=self),
            add("document.remove", "Remove the document…", self.remove, owner=self),
        ]

    def _lay_out(self) -> None:
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.pages, 1)
        self.setProperty("pane", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _connect(self) -> None:
        session = self.session
        session.catalog.loaded.connect(self.refresh)
        session.info_changed.connect(lambda info: self.refresh())
        session.look_changed.connect(self.list.relayout)
        session.unsearchable_requested.connect(self.show_unsearchable)
        self._opening.timeout.connect(self._open_current)
        self._describe.clicked.connect(self._run_describe)
        self._recognise.clicked.connect(self._run_recognise)
        self.list.went.connect(lambda document: self._going())
        self.list.clicked.connect(lambda index: self._open_current())
        self.list.opened.connect(lambda document: self._read())
        self.list.take_keys({Qt.Key.Key_Delete: self.remove, Qt.Key.Key_F2: self.describe})
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._offer)

    def _offer(self, place: QPoint) -> None:
        menu = QMenu(self.list)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        describe = self.session.commands.get("document.describe")
        for action in ([describe] if describe is not None else []) + self._actions:
            menu.addAction(action)
        menu.addSeparator()
        for care in map(self.session.commands.get, OF_A_DOCUMENT):
            if care is not None:
                menu.addAction(care)
        menu.popup(self.list.viewport().mapToGlobal(place))

    # Showing

    def _fits(self, document: Document) -> bool:
        key = self.kind.key
        if key == UNSEARCHABLE and not document.unsearchable_pages:
            return False
        if key == UNDATED and document.issued:
            return False
        if key.startswith(IN) and document.collection != key.removeprefix(IN):
            return False
        about = " ".join(
            (document.title, *document.authors, document.publisher or "", document.file_name)
        ).casefold()
        return all(word in about for word in self.typed.casefold().split())

    def _show_state(self, shown: bool, known: bool) -> None:
        self.pages.setCurrentWidget(self.list if shown else self.empty)
        self.head.setVisible(known)
        info = self.session.info
        if shown or info is None:
            return
        if not info.documents:
            self.empty.say(
                "This archive is empty. Import reports, or drop files and folders on this window.",
                "Import…",
                self._import,
            )
        elif self.kind.key == UNSEARCHABLE and not self.typed:
            self.empty.say("Every page of every document can be searched.", "Show all", self._all)
        else:
            self.empty.say("No document matches.", "Show all", self._all)

    def _count(self, shown: int, every: int) -> str:
        if self.kind.key == UNSEARCHABLE:
            return f"{shown:,} not fully searchable"
        count = plural(every, "document")
        return count if shown == every else f"{shown:,} of {count}"

    def _all(self) -> None:
        self.kind.show_choice(ALL)
        self.typed = ""
        self.query_changed.emit("")
        self.refresh()

    def _import(self) -> None:
        action = self.session.commands.get("import")
        if action is not None:
            action.trigger()

    def _run_describe(self) -> None:
        action = self.session.commands.get("document.describe")
        (action.trigger if action is not None else self.describe)()

    def _run_recognise(self) -> None:
        action = self.session.commands.get("documents.recognise")
        if action is not None:
            action.trigger()

    def _enable(self) -> None:
        some = self.list.currentIndex().isValid()
        self._describe.setEnabled(some)
        for action in self._actions:
            action.setEnabled(some)

    def _current(self) -> Document | None:
        row = self.list.current()
        return row if isinstance(row, Document) else None

    def _going(self) -> None:
        self._enable()
        self._opening.start()

    def _open_current(self) -> None:
        self._opening.stop()
        document = self._current()
        if document is None or not self.isVisible():
            return
        page = None
        if self.kind.key == UNSEARCHABLE and document.unsearchable_pages:
            page = document.unsearchable_pages[0]
        self.session.set_passage("")
        self.session.open(Target(document.id, page))

    def _read(self) -> None:
        self._open_current()
        self.session.reader_wanted.emit()
