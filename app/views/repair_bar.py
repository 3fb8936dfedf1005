"""The line that says how many passages wait for a place, and leads to them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.session import Session
from app.theme import HALF, SPACE
from index.model import Changes, Passage
from index.versions import to_repair


class RepairBar(QWidget):
    """Takes no room while every passage has its place."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.link = QPushButton()
        self.link.setProperty("link", True)
        self.link.setCursor(Qt.CursorShape.PointingHandCursor)
        self.link.clicked.connect(self._go)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 3 // 2, 0, SPACE, HALF + HALF)
        row.addWidget(self.link)
        row.addStretch(1)
        self.hide()
        session.changed.connect(self._follow)
        self.read()

    def read(self) -> None:
        """Count again."""
        self._session.jobs.run(
            lambda progress: to_repair(self._session.library),
            done=self._show,
            key="passages to repair",
            owner=self,
        )

    def _follow(self, changes: Changes) -> None:
        if changes.everything or changes.passages or changes.documents:
            self.read()

    def _show(self, waiting: list[Passage]) -> None:
        count = len(waiting)
        noun = "passage needs" if count == 1 else "passages need"
        self.link.setText(f"{count:,} {noun} a place…")
        self.setVisible(count > 0)

    def _go(self) -> None:
        action = self._session.commands.get("passages.repair")
        if action is not None:
            action.trigger()
