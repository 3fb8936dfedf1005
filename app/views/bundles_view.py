"""The Bundles activity: a bundle reads like the document it will become."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.models import bundle_plan
from app.models.bundle_plan import Sections
from app.models.bundles_model import BundlesModel, Laid, lay_out
from app.models.faces import plural
from app.operations import bundles
from app.session import Session
from app.theme import HALF, SPACE
from app.views.activity import ListActivityView
from app.views.bundle_rows import KEYS, BundleRows
from app.views.bundle_settling import Settling, told
from app.views.dialogs.style_box import StyleBox
from app.widgets.bundle_delegate import MARGIN
from app.widgets.empty_state import EmptyState
from app.widgets.face_list import FaceList
from app.widgets.list_head import ListHead
from app.widgets.panes import KeptPanes, Pane, stacked
from index.citing import styles
from index.citing.checks import Issue
from index.model import BundleDraft, Changes, ExportRequest

SETTLING = 80  # milliseconds a bundle must be current before it is read
PANES = "bundles"
EMPTY = (
    "Put passages together for an editor, a court or a colleague: under headings, in your order,"
    " with their citations, page pictures and checksums."
)
NO_PASSAGES = (
    "This bundle is empty. Go through the passages and press B to add one, or select several"
    " and press B."
)


class BundlesView(ListActivityView):
    """Bundles at the left, the bundle as it reads in the middle, what is to settle at the right."""

    placeholder = "Find a bundle"

    model: BundlesModel

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.drafts: list[BundleDraft] = []
        self._entering = False  # Enter was pressed before there was something to enter
        self._wanted = ""  # id of the bundle to go to when it has been read
        self.model = BundlesModel()
        self.list = FaceList(session.theme, "Bundles")
        self.list.setModel(self.model)
        self.rows = BundleRows(session)
        self.rows_model = self.rows.rows_model
        self.title, self.told = QLabel(), QLabel()
        self.settling = Settling(session)
        self.style_box = StyleBox(session.settings.style)
        self.style_box.offer(styles.shipped_names())
        self.check_button = QPushButton("Check")
        self.export_button = QPushButton("Export…")
        self.new_button = QPushButton("+ New")
        self.empty, self.nothing = EmptyState(), EmptyState()
        self.lists, self.pages = QStackedWidget(), QStackedWidget()
        self._reading = QTimer(self, singleShot=True, interval=SETTLING)
        self._actions = self._commands()
        self._lay_out()
        self._connect()
        self.read()

    def tools(self) -> Sequence[QWidget]:
        """Return style, check and export."""
        return (self.style_box, self.check_button, self.export_button)

    def read(self) -> None:
        """Read the bundles again."""
        self.session.jobs.run(
            lambda progress: self.session.library.bundles(),
            done=self._take,
            key="bundles",
            owner=self,
        )

    def refresh(self) -> None:
        """Show the bundles that were read."""
        words = self.typed.casefold().split()
        shown = [
            draft
            for draft in self.drafts
            if all(word in draft.request.title.casefold() for word in words)
        ]
        self.model.show(shown)
        self.head.count.setText(plural(len(self.drafts), "bundle"))
        wanted = self.model.place(self._wanted) if self._wanted else None
        if wanted is not None:
            self._wanted = ""
            self.list.go(wanted)
        elif shown and not self.list.currentIndex().isValid():
            self.list.go(0)
        self._show_state()
        self._read_soon()

    # What the user does to a bundle

    def new(self) -> None:
        """Begin a bundle."""
        from app.views.dialogs.bundle_dialogs import NewBundle

        NewBundle(self.session, self._go_to, parent=self.window()).open()

    def rename(self) -> None:
        """Change the title of the bundle, or the heading that is current."""
        from app.views.dialogs.bundle_dialogs import AskTitle

        draft = self._current()
        if draft is None or (self.rows.hasFocus() and self.rows.rename_heading()):
            return
        request = draft.request
        AskTitle(
            "Rename the bundle",
            "Title",
            request.title,
            lambda title: self._keep(replace(request, title=title)),
            self.window(),
        ).open()

    def remove(self) -> None:
        """Remove the current bundle; its passages stay."""
        draft = self._current()
        if draft is not None:
            bundles.remove(session=self.session, bundle=draft)

    def export(self) -> None:
        """Export the current bundle."""
        from app.views.dialogs.export_dialog import ExportDialog

        draft = self._current()
        if draft is None or not bundle_plan.all_passages(draft.request.sections):
            ExportDialog(self.session, parent=self.window()).open()
            return
        request = bundle_plan.as_export(draft.request)
        ExportDialog(self.session, request, fixed=True, parent=self.window()).open()

    def focus_list(self) -> None:
        """Take the keyboard; where there is no bundle, the button that begins one does."""
        if self.model.rowCount() or not self.nothing.button.isVisibleTo(self.nothing):
            super().focus_list()
        else:
            self.nothing.button.setFocus()

    # Building

    def _commands(self) -> list[QAction]:
        add = partial(self.session.commands.add, owner=self)
        return [
            add("bundle.new", "New bundle…", self.new),
            add("bundle.heading", "New heading…", self.rows.add_section),
            add("bundle.rename", "Rename…", self.rename),
            add("bundle.up", "Move up", partial(self.rows.move_row, -1)),
            add("bundle.down", "Move down", partial(self.rows.move_row, 1)),
            add("bundle.take_out", "Take out of the bundle", self.rows.take_out),
            add("bundle.remove", "Remove the bundle", self.remove),
        ]

    def _lay_out(self) -> None:
        self.new_button.setProperty("link", True)
        self.new_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.export_button.setProperty("primary", True)
        self.head = ListHead((self.new_button,))
        self.lists.addWidget(self.list)
        self.lists.addWidget(self.empty)
        left = stacked(self.head, self.lists)
        self.title.setProperty("title", True)
        self.told.setProperty("dim", True)
        for label in (self.title, self.told):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setMinimumWidth(1)
            label.setWordWrap(True)
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(MARGIN, SPACE * 2, MARGIN, SPACE)
        column.setSpacing(HALF)
        column.addWidget(self.title)
        column.addWidget(self.told)
        self.top = top
        self.pages.addWidget(self.rows)
        self.pages.addWidget(self.nothing)
        self.keys = QLabel(KEYS, wordWrap=True, margin=SPACE)
        for name in ("dim", "small"):
            self.keys.setProperty(name, True)
        middle = stacked(top, self.pages, self.keys, growing=1)
        self.panes = KeptPanes(
            self.session.settings,
            PANES,
            (Pane(left, 190, 240), Pane(middle, 320, 660), Pane(self.settling, 200, 270)),
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panes)

    def _connect(self) -> None:
        session = self.session
        session.changed.connect(self._follow)
        session.look_changed.connect(self.list.relayout)
        self._reading.timeout.connect(self._lay_out_bundle)
        self.list.went.connect(lambda draft: self._read_soon())
        self.list.opened.connect(lambda draft: self._enter())
        self.list.take_keys({Qt.Key.Key_Delete: self.remove, Qt.Key.Key_F2: self.rename})
        self.rows.changed.connect(self._change)
        self.rows.take_keys({Qt.Key.Key_F2: self.rename, Qt.Key.Key_Escape: self.list.setFocus})
        for view in (self.list, self.rows):
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(partial(self._offer, view))
        self.new_button.clicked.connect(self.new)
        self.export_button.clicked.connect(self.export)
        self.check_button.clicked.connect(self._check)
        self.style_box.chosen.connect(self._take_style)
        self.settling.chosen.connect(self._keep)
        self.settling.asked.connect(self._settle)

    def _offer(self, view: FaceList, place: QPoint) -> None:
        menu = QMenu(view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in self._actions:
            menu.addAction(action)
        menu.popup(view.viewport().mapToGlobal(place))

    # Following and showing

    def _take(self, drafts: list[BundleDraft]) -> None:
        self.drafts = drafts
        self.refresh()

    def _follow(self, changes: Changes) -> None:
        if changes:
            self.read()

    def _go_to(self, draft: BundleDraft) -> None:
        self._wanted = draft.id
        self.read()

    def _show_state(self) -> None:
        some = bool(self.model.rowCount())
        self.lists.setCurrentWidget(self.list if some else self.empty)
        self.empty.say("" if not self.drafts else "No bundle matches.")
        for widget in (self.style_box, self.check_button, self.export_button):
            widget.setEnabled(some)
        for action in self._actions[1:]:
            action.setEnabled(some)
        self.settling.setVisible(some)
        self.top.setVisible(some)
        self.keys.setVisible(some and bool(self.rows_model.rowCount()))
        if not some:
            self.pages.setCurrentWidget(self.nothing)
            self.nothing.say(EMPTY, "New bundle…", self.new)
            if self.empty.hasFocus():  # it took the keyboard from the list, and has no use for it
                self.nothing.button.setFocus()

    def _read_soon(self) -> None:
        draft = self._current()
        # A key means the bundle that is current, even where its rows are still to be shown.
        self.rows.sections = draft.request.sections if draft is not None else ()
        self._reading.start()

    def _lay_out_bundle(self) -> None:
        draft = self._current()
        if draft is None:
            self._show_state()
            return
        library, request = self.session.library, draft.request
        self.session.jobs.run(
            lambda progress: lay_out(library, request),
            done=lambda laid: self._show(draft, laid),
            key="bundle laid out",
            owner=self,
        )

    def _show(self, draft: BundleDraft, laid: Laid) -> None:
        self.title.setText(draft.request.title)
        self.told.setText(told(laid.preview))
        self.style_box.show_style(draft.request.style)
        self.rows_model.show(laid.rows)
        self.rows.relayout()
        self.settling.show_bundle(draft.request, laid.preview)
        self.pages.setCurrentWidget(self.rows if laid.rows else self.nothing)
        self.keys.setVisible(bool(laid.rows))
        if self._entering and laid.rows:
            self._enter()
        if not laid.rows:
            self.nothing.say(
                NO_PASSAGES,
                "Show the passages",
                lambda: self.session.activity_requested.emit("passages"),
            )

    def _current(self) -> BundleDraft | None:
        row = self.list.current()
        return row if isinstance(row, BundleDraft) else None

    def _enter(self) -> None:
        # Enter may come before the bundle has been read.
        self._entering = self._reading.isActive() or not self.rows_model.rowCount()
        if self.rows_model.rowCount() and not self._entering:
            self.rows.enter()

    # Changing

    def _change(self, sections: Sections) -> None:
        draft = self._current()
        if draft is not None and sections != draft.request.sections:
            self._keep(replace(draft.request, sections=sections))

    def _keep(self, request: ExportRequest) -> None:
        draft = self._current()
        if draft is not None and request != draft.request:
            # Shown at once, so that the next key finds the order it sees.
            changed = replace(draft, request=request)
            self.drafts = [changed if one.id == draft.id else one for one in self.drafts]
            self.refresh()
            bundles.change(session=self.session, bundle=draft.id, request=request)

    def _take_style(self, style: str) -> None:
        draft = self._current()
        if draft is None or style == draft.request.style:
            return
        self.session.jobs.run(
            lambda progress: styles.find(style),
            done=lambda path: self._keep(replace(draft.request, style=style)),
            owner=self,
        )

    def _check(self) -> None:
        self._lay_out_bundle()
        draft = self._current()
        if draft is not None:
            self.session.notice.emit(f"“{draft.request.title}” is checked: see To settle.")

    def _settle(self, issue: Issue) -> None:
        from app.views.dialogs.document_form import DocumentForm

        if issue.documents:
            document = self.session.catalog.documents.get(issue.documents[0])
            if document is not None:
                DocumentForm(self.session, document, self.window()).open()
        elif issue.passages:
            self.session.activity_requested.emit("passages")
            self.session.passages_requested.emit(list(issue.passages))
