"""Paints search results: titles bold, labels in a narrow column, matches bold and never boxed."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.direction import option_for
from app.icons import pixmap
from app.models.hits import ROW, Found, Heading, Missing
from app.offsets import Utf16
from app.theme import HALF, LINE_HEIGHT, SPACE, Theme
from app.widgets.focus_mark import mark_focus
from index.model import Span

LABEL = 54  # pixels of the label column at text size 13
LINES = 3
BEFORE = 28  # characters of a snippet before its first match
Index = QModelIndex | QPersistentModelIndex


class HitDelegate(QStyledItemDelegate):
    """Draws `Heading`, `Found` and `Missing` rows in the theme's colours."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row = index.data(ROW)
        rect = QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        colors = self._theme.colors
        painter.setClipRect(rect)
        # Columns are placed by hand; the words find their own direction.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.fillRect(rect, QColor(colors.selection if selected else colors.pane))
        if isinstance(row, Heading):
            self._paint_heading(painter, rect, row, first=index.row() == 0)
        elif isinstance(row, Found):
            self._paint_found(painter, rect, row)
        elif isinstance(row, Missing):
            self._paint_missing(painter, rect, row)
        mark_focus(painter, rect, option, colors)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height a row needs in the list's present width."""
        row = index.data(ROW)
        width = self._width(option)
        line = self._line()
        if isinstance(row, Heading):
            return QSize(width, round(line + SPACE * 1.75))
        if isinstance(row, Found):
            text, bold = shortened(row)
            lines = self._lay_out(text, bold, self._room(width)).lineCount()
            return QSize(width, round(lines * line + SPACE * 1.5))
        if isinstance(row, Missing):
            lines = self._lay_out(f"{row.text} {row.link}", (), self._room(width)).lineCount()
            return QSize(width, round(lines * line + SPACE * 2))
        return QSize(width, round(line))

    # Parts

    def _paint_heading(self, painter: QPainter, rect: QRect, row: Heading, *, first: bool) -> None:
        colors = self._theme.colors
        if not first:
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), QColor(colors.line))
        inner = rect.adjusted(SPACE * 3 // 2, HALF, -SPACE * 3 // 2, 0)
        painter.setFont(self._font(small=True))
        painter.setPen(QColor(colors.dim))
        painter.drawText(inner, _RIGHT, row.details)
        used = painter.fontMetrics().horizontalAdvance(row.details) + SPACE
        painter.setFont(self._font(bold=True))
        painter.setPen(QColor(colors.text))
        room = inner.adjusted(0, 0, -used, 0)
        title = painter.fontMetrics().elidedText(
            row.title, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, _LEFT, title)

    def _paint_found(self, painter: QPainter, rect: QRect, row: Found) -> None:
        colors = self._theme.colors
        top = rect.top() + SPACE * 0.75
        painter.setFont(self._font(small=True))
        painter.setPen(QColor(colors.dim))
        label = QRectF(rect.left(), top, self._label(), self._line() * LINES)
        painter.drawText(label, _LABEL, row.place.replace("–", "–\u200b"))
        painter.setPen(QColor(colors.text))
        text, bold = shortened(row)
        layout = self._lay_out(text, bold, self._room(rect.width()))
        self._draw(painter, layout, QPointF(self._indent() + rect.left(), top))

    def _paint_missing(self, painter: QPainter, rect: QRect, row: Missing) -> None:
        colors = self._theme.colors
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), QColor(colors.line))
        top = rect.top() + SPACE
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        sign = pixmap("warning", colors.warning, 14, ratio)
        painter.drawPixmap(QPointF(self._label() - 14 + rect.left(), top + 2), sign)
        painter.setPen(QColor(colors.dim))
        text = f"{row.text} {row.link}"
        link = Span(len(row.text) + 1, len(text)) if row.link else None
        layout = self._broken(text, (), self._room(rect.width()), link)
        self._draw(painter, layout, QPointF(self._indent() + rect.left(), top))

    # Text

    def _lay_out(self, text: str, bold: tuple[Span, ...], room: float) -> QTextLayout:
        """Return the text broken into at most `LINES` lines, cut with an ellipsis."""
        layout = self._broken(text, bold, room)
        if layout.lineCount() <= LINES:
            return layout
        last = layout.lineAt(LINES - 1)
        end = Utf16(text).offset(last.textStart() + last.textLength())
        while True:
            end = max(end - 2, 0)
            cut = text[:end].rstrip(" ,;:-")
            kept = tuple(Span(s.start, min(s.end, len(cut))) for s in bold if s.start < len(cut))
            layout = self._broken(f"{cut}…", kept, room)
            if layout.lineCount() <= LINES or not end:
                return layout

    def _broken(
        self, text: str, bold: tuple[Span, ...], room: float, link: Span | None = None
    ) -> QTextLayout:
        layout = QTextLayout(text, self._font())
        option = option_for(text)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        formats = self._formats(text, bold)
        if link is not None:
            formats += self._formats(text, (link,), underlined=True)
        layout.setFormats(formats)
        layout.beginLayout()
        y = 0.0
        step = self._line()
        # One line more than is shown says that the text goes on; the rest need not be broken.
        while layout.lineCount() <= LINES and (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            line.setPosition(QPointF(0, y))
            y += step
        layout.endLayout()
        return layout

    def _formats(
        self, text: str, spans: tuple[Span, ...], *, underlined: bool = False
    ) -> list[QTextLayout.FormatRange]:
        units = Utf16(text)
        found = []
        for span in spans:
            mark = QTextLayout.FormatRange()
            mark.start = units.units(span.start)
            mark.length = units.units(span.end) - mark.start
            if underlined:
                mark.format.setFontUnderline(True)
            else:
                mark.format.setFontWeight(QFont.Weight.Bold)
            found.append(mark)
        return found

    def _draw(self, painter: QPainter, layout: QTextLayout, place: QPointF) -> None:
        for number in range(min(layout.lineCount(), LINES)):
            layout.lineAt(number).draw(painter, place)

    def _font(self, *, bold: bool = False, small: bool = False) -> QFont:
        font = QFont()
        font.setPixelSize(self._theme.small() if small else self._theme.text_size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _line(self) -> float:
        return round(QFontMetricsF(self._font()).height() * LINE_HEIGHT / 1.2)

    def _label(self) -> int:
        return self._theme.scaled(LABEL)

    def _indent(self) -> int:
        return self._label() + SPACE * 3 // 2

    def _room(self, width: int) -> float:
        return max(width - self._indent() - SPACE * 3 // 2, 60)

    def _width(self, option: QStyleOptionViewItem) -> int:
        widget = option.widget
        viewport = getattr(widget, "viewport", None)
        return int(viewport().width()) if viewport is not None else 300


def shortened(row: Found) -> tuple[str, tuple[Span, ...]]:
    """Return the snippet so that its first match is seen in the few lines there are."""
    text, matches = row.hit.snippet, row.hit.snippet_matches
    if not matches or matches[0].start <= BEFORE * 2:
        return text, matches
    cut = text.rfind(" ", 0, matches[0].start - BEFORE) + 1
    moved = tuple(Span(m.start - cut + 2, m.end - cut + 2) for m in matches)
    return f"… {text[cut:]}", moved


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LABEL = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
