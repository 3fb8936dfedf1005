"""What the inspector adds about a passage that was carried over or came with its file."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.operations import passages
from app.session import Session
from app.theme import HALF
from index.model import AnchorStatus, Passage


class PassageCare(QWidget):
    """Confirms the place of a passage that was moved, or leads to the places it may have."""

    def __init__(self, session: Session, passage: Passage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, HALF)
        self._column.setSpacing(HALF)
        self.links: list[QPushButton] = []
        if passage.anchor.status in (AnchorStatus.MOVED, AnchorStatus.UNCERTAIN):
            self._link("It is right", lambda: passages.confirm(session=session, passage=passage))
        repair = session.commands.get("passages.repair")
        if repair is not None and passage.anchor.status is not AnchorStatus.MOVED:
            self._link("Find its place…", repair.trigger)

    def _link(self, text: str, act: Callable[[], object]) -> None:
        link = QPushButton(text)
        link.setProperty("link", True)
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.clicked.connect(lambda: act())
        self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.links.append(link)


def found_by(passage: Passage) -> str:
    """Return where a highlight that another program made comes from."""
    by = f", made by {passage.creator}" if passage.creator else ""
    return f"A highlight found in the file{by}."
