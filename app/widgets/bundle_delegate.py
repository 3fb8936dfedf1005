"""Paints a bundle as it will read: numbered headings, quotes with a bar of colour, citations."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.models.bundles_model import BundleRow
from app.models.rows import ROW
from app.theme import LINE_HEIGHT, SPACE, Theme

MARGIN = SPACE * 3
BAR = 3
INDENT = SPACE * 2
GAP = SPACE + 2
Index = QModelIndex | QPersistentModelIndex


class BundleDelegate(QStyledItemDelegate):
    """Draws `BundleRow` rows in the theme's colours, as tall as their words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a heading or a passage."""
        row = index.data(ROW)
        if not isinstance(row, BundleRow):
            return
        colors = self._theme.colors
        rect = QRect(option.rect)
        painter.save()
        painter.setClipRect(rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(colors.selection if selected else colors.pane))
        top = float(rect.top() + (SPACE * 2 if row.is_section else GAP // 2))
        if not row.is_section:
            height = rect.height() - GAP
            bar = QRectF(rect.left() + MARGIN, top, BAR, height)
            painter.fillRect(bar, QColor(row.color))
        left = float(rect.left() + MARGIN + (0 if row.is_section else INDENT))
        for layout, color in self._layouts(row, rect.width()):
            painter.setPen(QColor(color))
            for number in range(layout.lineCount()):
                layout.lineAt(number).draw(painter, QPointF(left, top))
            top += self._height(layout)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height the words need in the present width."""
        row = index.data(ROW)
        viewport = getattr(option.widget, "viewport", None)
        width = int(viewport().width()) if viewport is not None else 400
        if not isinstance(row, BundleRow):
            return QSize(width, 20)
        height = sum(self._height(layout) for layout, _ in self._layouts(row, width))
        return QSize(width, round(height) + (SPACE * 3 if row.is_section else GAP))

    def _layouts(self, row: BundleRow, width: int) -> list[tuple[QTextLayout, str]]:
        colors = self._theme.colors
        room = max(width - MARGIN * 2 - (0 if row.is_section else INDENT), 80)
        if row.is_section:
            return [(self._lay_out(row.title, self._font(1, bold=True), room), colors.text)]
        small = self._font(-1)
        found = [
            (self._lay_out(row.quote, self._font(0), room), colors.text),
            (self._lay_out(row.citation, small, room), colors.dim),
        ]
        if row.note:
            found.append((self._lay_out(f"Note: {row.note}", small, room), colors.text))
        if row.notice:
            found.append((self._lay_out(f"▲ {row.notice}", small, room), colors.warning))
        return found

    def _lay_out(self, text: str, font: QFont, room: float) -> QTextLayout:
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        step = QFontMetricsF(font).height() * LINE_HEIGHT / 1.2
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            line.setPosition(QPointF(0, y))
            y += step
        layout.endLayout()
        return layout

    def _height(self, layout: QTextLayout) -> float:
        step = QFontMetricsF(layout.font()).height() * LINE_HEIGHT / 1.2
        return step * layout.lineCount()

    def _font(self, larger: int, *, bold: bool = False) -> QFont:
        font = QFont()
        size = self._theme.small() if larger < 0 else self._theme.text_size + larger
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font
