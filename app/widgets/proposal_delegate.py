"""Paints proposals: two lines a cell, the found words bold in their context, two signs to click."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.models.mentions_model import Proposal, ProposalColumn
from app.models.rows import ROW
from app.offsets import Utf16
from app.theme import HALF, LINE_HEIGHT, SPACE, Theme
from app.widgets.focus_mark import mark_focus
from app.widgets.text_block import font_of

Index = QModelIndex | QPersistentModelIndex
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
CENTER = int(Qt.AlignmentFlag.AlignCenter)
SIGN = 26  # pixels of a sign that can be clicked


class ProposalDelegate(QStyledItemDelegate):
    """Draws `Proposal` rows in the theme's colours."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def height(self) -> int:
        """Return the height of every row."""
        return self._line() * 2 + SPACE * 3 // 2

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        row = index.data(ROW)
        if not isinstance(row, Proposal):
            return
        colors = self._theme.colors
        rect = QRect(option.rect)
        painter.save()
        painter.setClipRect(rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(colors.selection if selected else colors.pane))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(colors.line))
        inner = rect.adjusted(SPACE * 3 // 2, SPACE * 3 // 4, -SPACE, -SPACE * 3 // 4)
        match index.column():
            case ProposalColumn.FOUND:
                self._paint_found(painter, inner, row)
            case ProposalColumn.CONTEXT:
                before = self._fitting(row.before, len(row.words), inner.width())
                bold = (len(before), len(before) + len(row.words))
                self._paint_text(painter, inner, f"{before}{row.words}{row.after}", bold)
            case ProposalColumn.WHY:
                self._paint_why(painter, inner, row)
        mark_focus(painter, rect, option, colors)
        painter.restore()

    def signs(self, rect: QRect) -> tuple[QRect, QRect]:
        """Return where the signs for accept and reject stand in the last column's cell."""
        top, right = rect.top() + HALF, rect.right() - HALF
        return (
            QRect(right - SIGN * 2, top, SIGN, SIGN),
            QRect(right - SIGN, top, SIGN, SIGN),
        )

    def _paint_found(self, painter: QPainter, rect: QRect, row: Proposal) -> None:
        line = self._line()
        painter.setFont(self._font(bold=True))
        painter.setPen(QColor(self._theme.colors.text))
        self._words(painter, QRect(rect.left(), rect.top(), rect.width(), line), row.words)
        painter.setFont(self._font(small=True))
        painter.setPen(QColor(self._theme.colors.dim))
        place = painter.fontMetrics().horizontalAdvance(f", {row.place}")
        title = painter.fontMetrics().elidedText(
            row.second, Qt.TextElideMode.ElideRight, max(rect.width() - place, 30)
        )
        second = QRect(rect.left(), rect.top() + line, rect.width(), line)
        painter.drawText(second, LEFT, f"{title}, {row.place}")

    def _paint_why(self, painter: QPainter, rect: QRect, row: Proposal) -> None:
        colors = self._theme.colors
        accept, reject = self.signs(rect.adjusted(0, -SPACE * 3 // 4, SPACE, 0))
        painter.setFont(self._font())
        painter.setPen(QColor(colors.text))
        painter.drawText(accept, CENTER, "✓")
        painter.drawText(reject, CENTER, "✕")
        sure = row.mention.score >= 0.8 and not row.others
        painter.setPen(QColor(colors.dim if sure else colors.warning))
        room = rect.adjusted(0, 0, -SIGN * 2, 0)
        self._paint_text(painter, room, row.why, None, small=True)

    def _fitting(self, before: str, words: int, width: int) -> str:
        """Return the end of what stands before the words, so that two lines show the words."""
        fits = 2 * width // max(QFontMetrics(self._font()).averageCharWidth(), 1)
        room = max((fits - words) // 2, 0)
        if len(before) <= room:
            return before
        kept = before[len(before) - room :]
        return f"…{kept.partition(' ')[2] or kept}"

    def _paint_text(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        bold: tuple[int, int] | None,
        *,
        small: bool = False,
    ) -> None:
        """Paint at most two lines of a text, a range of it bold."""
        if bold is not None:
            painter.setPen(QColor(self._theme.colors.text))
        layout = QTextLayout(text, self._font(small=small))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        if bold is not None:
            units = Utf16(text)
            mark = QTextLayout.FormatRange()
            mark.start = units.units(bold[0])
            mark.length = units.units(bold[1]) - mark.start
            mark.format.setFontWeight(QFont.Weight.Bold)
            layout.setFormats([mark])
        layout.beginLayout()
        end = 0
        for number in range(2):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(rect.width(), 40))
            line.setPosition(QPointF(0, number * self._line()))
            end = line.textStart() + line.textLength()
        layout.endLayout()
        cut = bold is None and end < len(text)
        for number in range(layout.lineCount() - cut):
            layout.lineAt(number).draw(painter, QPointF(rect.left(), rect.top()))
        if cut:
            start = layout.lineAt(layout.lineCount() - 1).textStart()
            second = QRect(rect.left(), rect.top() + self._line(), rect.width(), self._line())
            painter.setFont(self._font(small=small))
            rest = painter.fontMetrics().elidedText(
                text[start:], Qt.TextElideMode.ElideRight, rect.width()
            )
            painter.drawText(second, int(Qt.AlignmentFlag.AlignLeft), rest)

    def _words(self, painter: QPainter, rect: QRect, words: str) -> None:
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, rect.width())
        painter.drawText(rect, LEFT, shown)

    def _font(self, *, bold: bool = False, small: bool = False) -> QFont:
        return font_of(self._theme, -1 if small else 0, bold=bold)

    def _line(self) -> int:
        return round(QFontMetrics(self._font()).height() * LINE_HEIGHT / 1.2)
