"""The mark of the row that has the keyboard, the same in every list."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.theme import Colors

BAR = 2  # pixels


def mark_focus(
    painter: QPainter, rect: QRect, option: QStyleOptionViewItem, colors: Colors
) -> None:
    """Paint a bar at the left of a row if it is the current one of the list with the keyboard."""
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.fillRect(QRect(rect.left(), rect.top(), BAR, rect.height()), QColor(colors.accent))
