"""Passages by year, as bars."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import HALF, Theme

HEIGHT = 28  # pixels of the tallest bar
WIDEST = 10
YEAR = 34  # pixels of a written year
MOST = 40  # years that are drawn


class YearBars(QWidget):
    """One bar a year, the number of passages as its height; what it says is also its tooltip."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._years: list[tuple[int, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_years(self, years: Sequence[tuple[int, int]]) -> None:
        """Show how many passages there are for each year."""
        self._years = list(years)[-MOST:]
        words = ", ".join(f"{year}: {count}" for year, count in self._years if count)
        self.setToolTip(words)
        self.setAccessibleName(f"Passages by year: {words}")
        self.setVisible(bool(self._years))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of bars and years."""
        return QSize(120, HEIGHT + self._theme.text_size + HALF * 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars."""
        if not self._years:
            return
        colors = self._theme.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont()
        font.setPixelSize(max(self._theme.text_size - 2, 9))
        painter.setFont(font)
        room = self.width() / len(self._years)
        step = min(room, YEAR if len(self._years) * YEAR <= self.width() else WIDEST + HALF)
        most = max(count for _, count in self._years) or 1
        every = max(1, round(YEAR / step))
        for number, (year, count) in enumerate(self._years):
            left = number * step
            height = max(HEIGHT * count / most, 3 if count else 0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.accent))
            bar = QRectF(left, HEIGHT - height, min(max(step - HALF, 1), WIDEST), height)
            painter.drawRoundedRect(bar, 1, 1)
            if number % every == 0:
                painter.setPen(QColor(colors.dim))
                words = str(year) if number == 0 or step >= YEAR else f"{year % 100:02}"
                place = QRectF(left, HEIGHT + 2, step * every + HALF, self._theme.text_size + HALF)
                painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft), words)
        painter.end()
