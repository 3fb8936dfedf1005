"""Words laid out over as many lines as they need, for delegates that draw them."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from app.theme import LINE_HEIGHT, Theme


class TextBlock:
    """A text in one font, broken into lines of a width; drawn from its upper left corner."""

    def __init__(self, text: str, font: QFont, width: float) -> None:
        self._layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._step = QFontMetricsF(font).height() * LINE_HEIGHT / 1.2
        self._layout.beginLayout()
        y = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y))
            y += self._step
        self._layout.endLayout()

    @property
    def height(self) -> float:
        """How high the lines are together."""
        return self._step * self._layout.lineCount()

    def draw(self, painter: QPainter, left: float, top: float) -> None:
        """Draw the lines in the painter's pen."""
        for number in range(self._layout.lineCount()):
            self._layout.lineAt(number).draw(painter, QPointF(left, top))


def font_of(theme: Theme, larger: int = 0, *, bold: bool = False) -> QFont:
    """Return the theme's font: its small one for a negative step, else so much larger."""
    font = QFont()
    font.setPixelSize(theme.small() if larger < 0 else theme.text_size + larger)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font
