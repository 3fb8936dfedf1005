"""Text to read and to copy that is as high as it needs to be and breaks long words."""

import re
from html import escape
from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

NARROW = 200  # pixels; what is measured before a width is known
_ITALIC = re.compile(r"<i>(.*?)</i>", re.DOTALL)
_SLANTED = re.compile("[A-Za-z\u00c0-\u058f\u1c80-\u1fff]")  # Latin, Greek, Cyrillic, Armenian


class Prose(QTextEdit):
    """Unlike a label, it cuts no file name or address that is wider than the pane."""

    def __init__(self, html: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setHtml(f"<div style='line-height:130%'>{html}</div>")

    @classmethod
    def plain(cls, text: str) -> "Prose":
        """Return prose of a text that is not HTML."""
        return cls(escape(text))

    def text(self) -> str:
        """Return the words without their form."""
        return self.toPlainText()

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the text is when its lines are `width` pixels long."""
        measured = self.document().clone()
        measured.setDefaultFont(self.font())
        measured.setTextWidth(width)
        return ceil(measured.size().height())

    def sizeHint(self) -> QSize:
        """Return the size in a narrow pane."""
        return QSize(NARROW, self.heightForWidth(NARROW))

    def minimumSizeHint(self) -> QSize:
        """Let the pane be as narrow as it is."""
        return QSize(1, self.fontMetrics().height())


def upright(html: str) -> str:
    """Take the slant from words in scripts that have none, whose fonts often lack it too."""
    return _ITALIC.sub(lambda found: found[0] if _SLANTED.search(found[1]) else found[1], html)
