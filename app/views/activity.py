"""What an activity is: a widget of the window's frame, with its own use of the top field."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, Signal
from PySide6.QtWidgets import QWidget

from app.session import Session
from app.widgets.empty_state import EmptyState
from app.widgets.face_list import FaceList


class ActivityView(QWidget):
    """The base of the five activities.

    An activity that shares the reader (`uses_reader`) is the list at the left
    of reader and inspector; another one fills the whole work area. The frame
    gives the text of the top field to `find_text` at every change and calls
    `submit` at Enter; `tools` stand to the right of that field while the
    activity is shown.
    """

    uses_reader = False
    placeholder = "Search"

    query_changed = Signal(str)  # puts a text into the top field

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session

    def tools(self) -> Sequence[QWidget]:
        """Return the buttons that stand beside the top field."""
        return ()

    def find_text(self, text: str) -> None:
        """Take the text of the top field as it is typed."""

    def submit(self) -> None:
        """Act on Enter in the top field."""

    def focus_list(self) -> None:
        """Take the keyboard: Down in the top field, or the activity was just chosen."""
        self.setFocus()


class ListActivityView(ActivityView):
    """An activity around one list, narrowed by what is typed in the top field.

    A subclass has the model, the list and its empty state before it is shown,
    and `refresh` shows what `typed` leaves.
    """

    model: QAbstractItemModel
    list: FaceList
    empty: EmptyState

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.typed = ""

    def refresh(self) -> None:
        """Show the list as chosen, typed and sorted."""

    def find_text(self, text: str) -> None:
        """Show what has every typed word."""
        self.typed = text
        self.refresh()

    def submit(self) -> None:
        """Go to the list."""
        self.focus_list()

    def focus_list(self) -> None:
        """Take the keyboard; without a row, the button of the empty state does."""
        if self.model.rowCount():
            if not self.list.currentIndex().isValid():
                self.list.go(0)
            self.list.setFocus()
        elif self.empty.button.isVisibleTo(self.empty):
            self.empty.button.setFocus()
        else:
            self.list.setFocus()  # the rows are still being read
