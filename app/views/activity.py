"""What an activity is: a widget of the window's frame, with its own use of the top field."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.session import Session


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
