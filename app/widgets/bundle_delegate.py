"""Paints a bundle as it will read: numbered headings, quotes with a bar of colour, citations."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.models.bundles_model import BundleRow
from app.models.rows import ROW
from app.theme import SPACE, Theme
from app.widgets.focus_mark import mark_focus
from app.widgets.text_block import TextBlock, font_of

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
        for block, color in self._blocks(row, rect.width()):
            painter.setPen(QColor(color))
            block.draw(painter, left, top)
            top += block.height
        mark_focus(painter, rect, option, colors)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height the words need in the present width."""
        row = index.data(ROW)
        viewport = getattr(option.widget, "viewport", None)
        width = int(viewport().width()) if viewport is not None else 400
        if not isinstance(row, BundleRow):
            return QSize(width, 20)
        height = sum(block.height for block, _ in self._blocks(row, width))
        return QSize(width, round(height) + (SPACE * 3 if row.is_section else GAP))

    def _blocks(self, row: BundleRow, width: int) -> list[tuple[TextBlock, str]]:
        colors = self._theme.colors
        room = max(width - MARGIN * 2 - (0 if row.is_section else INDENT), 80)
        if row.is_section:
            return [(TextBlock(row.title, font_of(self._theme, 1, bold=True), room), colors.text)]
        small = font_of(self._theme, -1)
        found = [
            (TextBlock(row.quote, font_of(self._theme), room), colors.text),
            (TextBlock(row.citation, small, room), colors.dim),
        ]
        if row.note:
            found.append((TextBlock(f"Note: {row.note}", small, room), colors.text))
        if row.notice:
            found.append((TextBlock(f"▲ {row.notice}", small, room), colors.warning))
        return found
