"""Which way a text reads, for what Qt aligns to the left unless it is told."""

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextOption

MOST = 400  # characters looked at


def reads_leftward(text: str) -> bool:
    """Tell whether a text begins in a script that is written from right to left."""
    for character in text[:MOST]:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return False
        if kind in ("R", "AL"):
            return True
    return False


def option_for(text: str) -> QTextOption:
    """Return the direction of a text, and the side at which its lines begin."""
    leftward = reads_leftward(text)
    option = QTextOption(Qt.AlignmentFlag.AlignRight if leftward else Qt.AlignmentFlag.AlignLeft)
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if leftward else Qt.LayoutDirection.LeftToRight
    )
    return option
