"""The headings and passages of one bundle in their order, and what the user does to them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal

from app.models import bundle_plan
from app.models.bundle_plan import Place, Sections
from app.models.bundles_model import BundleRow, BundleRowsModel
from app.session import Session, Target
from app.widgets.bundle_delegate import BundleDelegate
from app.widgets.face_list import FaceList
from index.model import Passage, Span

Rearrange = Callable[[str], Sections]
KEYS = (
    "Alt+↑ Alt+↓ move   H heading above   F2 rename   Del take out   Space open the page"
    "   Esc back to the list"
)


class BundleRows(FaceList):
    """Shows a bundle's rows; every change is told as the sections that it leads to."""

    changed = Signal(object)  # Sections

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme, "Passages of the bundle")
        self._session = session
        self.sections: Sections = ()  # of the current bundle
        self.rows_model = BundleRowsModel()
        self.setItemDelegate(BundleDelegate(session.theme, self))
        self.setModel(self.rows_model)
        self.opened.connect(lambda row: self.jump())
        self.take_keys(
            {
                Qt.Key.Key_Delete: self.take_out,
                Qt.Key.Key_H: self.add_section,
                Qt.Key.Key_Space: self.jump,
            }
        )
        self.take_keys(
            {Qt.Key.Key_Up: partial(self.move_row, -1), Qt.Key.Key_Down: partial(self.move_row, 1)},
            Qt.KeyboardModifier.AltModifier,
        )
        session.look_changed.connect(self.relayout)

    @property
    def row(self) -> BundleRow | None:
        """The current row."""
        row = self.current()
        return row if isinstance(row, BundleRow) else None

    def enter(self) -> None:
        """Take the keyboard, at the first row unless there is a current one."""
        self.setFocus()
        if not self.currentIndex().isValid():
            self.go(0)

    def rename_heading(self) -> bool:
        """Ask for other words for the current heading; return whether there is one."""
        row = self.row
        if row is None or not row.is_section:
            return False
        section = row.place.section
        self._ask(
            "Heading",
            self.sections[section].title,
            lambda title: bundle_plan.renamed(self.sections, section, title),
        )
        return True

    def add_section(self) -> None:
        """Put a heading above the current passage."""
        place = self.row.place if self.row is not None else None
        self._ask(
            "New heading", "", lambda title: bundle_plan.with_section(self.sections, title, place)
        )

    def _ask(self, title: str, text: str, then: Rearrange) -> None:
        from app.views.dialogs.bundle_dialogs import AskTitle

        AskTitle(
            title, "Heading", text, lambda typed: self.changed.emit(then(typed)), self.window()
        ).open()

    def move_row(self, step: int) -> None:
        """Move the current passage, or the current section, up or down."""
        if self.row is not None:
            self.changed.emit(bundle_plan.moved(self.sections, self.row.place, step))

    def take_out(self) -> None:
        """Take the selected passages out of the bundle; a heading alone goes without them."""
        chosen: list[BundleRow] = self.chosen()
        passages = [row.place.passage for row in chosen if not row.is_section]
        if passages:
            self.changed.emit(bundle_plan.without(self.sections, passages))
        elif chosen:
            place: Place = chosen[0].place
            self.changed.emit(bundle_plan.without_section(self.sections, place.section))

    def jump(self) -> None:
        """Show the current passage in its document."""
        row = self.row
        if row is None or row.is_section:
            return
        library, passage = self._session.library, row.place.passage
        self._session.jobs.run(
            lambda progress: library.passage(passage), done=self._open_passage, owner=self
        )

    def _open_passage(self, passage: Passage) -> None:
        span = Span(passage.anchor.start, passage.anchor.end)
        self._session.activity_requested.emit("passages")
        self._session.open(Target(passage.document, span=span, passage=passage.id))
