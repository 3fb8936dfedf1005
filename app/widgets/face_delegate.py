"""Paints two-line rows: a title, a line under it, dim words at the right, headings between."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.direction import option_for
from app.icons import pixmap
from app.models.faces import Face, Group
from app.models.rows import FACE, GROUP
from app.theme import HALF, LINE_HEIGHT, SPACE, Theme
from app.widgets.focus_mark import mark_focus

EDGE = SPACE * 3 // 2
PLACE = 54  # pixels of the place column at text size 13
MARK = 18  # pixels of the symbol's column at text size 13
Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
TOP_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class FaceDelegate(QStyledItemDelegate):
    """Draws what the `FACE` and `GROUP` roles say, in the theme's colours."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row, and the heading above it where a group begins."""
        face = index.data(FACE)
        if not isinstance(face, Face):
            return
        rect = QRect(option.rect)
        group = heading_above(index)
        colors = self._theme.colors
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, QColor(colors.pane))
        if group is not None:
            height = self._heading_height()
            self._paint_heading(
                painter,
                QRect(rect).adjusted(0, 0, 0, height - rect.height()),
                group,
                first=index.row() == 0,
            )
            rect.setTop(rect.top() + height)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colors.selection))
        mark_focus(painter, rect, option, colors)
        self._paint_face(painter, rect, face)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height a row needs in the list's present width."""
        face = index.data(FACE)
        width = self._width(option)
        if not isinstance(face, Face):
            return QSize(width, self._line())
        lines = self._title_lines(face, width) + bool(face.detail or face.side_detail)
        lines += bool(face.notice) + bool(face.more)
        height = lines * self._line() + SPACE + HALF
        if heading_above(index) is not None:
            height += self._heading_height()
        return QSize(width, height)

    # Parts

    def _paint_heading(self, painter: QPainter, rect: QRect, group: Group, *, first: bool) -> None:
        colors = self._theme.colors
        if not first:
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), QColor(colors.line))
        inner = rect.adjusted(EDGE, HALF, -EDGE, 0)
        used = self._side(painter, inner, group.detail)
        painter.setFont(self._font(bold=True))
        painter.setPen(QColor(colors.text))
        self._words(painter, inner.adjusted(0, 0, -used, 0), group.title)

    def _paint_face(self, painter: QPainter, rect: QRect, face: Face) -> None:
        colors = self._theme.colors
        line = self._line()
        top = rect.top() + (SPACE + HALF) // 2
        left = rect.left() + EDGE
        if face.place:
            self._paint_place(painter, QRect(rect.left(), top, self._place_width(), line * 2), face)
            left = rect.left() + self._place_width() + EDGE
        if face.symbol and not face.place:
            self._paint_symbol(painter, QRect(left, top, self._mark_width() - HALF, line), face)
            left += self._mark_width()
        inner = QRect(left, top, rect.right() - EDGE - left + 1, line)
        painter.setPen(QColor(colors.text))
        if face.lines > 1:
            layout = self._lay_out(face.title, inner.width(), face.lines)
            for number in range(layout.lineCount()):
                layout.lineAt(number).draw(painter, QPointF(inner.left(), inner.top()))
            inner.translate(0, line * layout.lineCount())
        else:
            used = self._side(painter, inner, face.side)
            painter.setFont(self._font(bold=face.strong))
            painter.setPen(QColor(colors.text))
            self._words(painter, inner.adjusted(0, 0, -used, 0), face.title)
            inner.translate(0, line)
        if face.detail or face.side_detail:
            self._paint_detail(painter, inner, face)
            inner.translate(0, line)
        if face.more:
            painter.setFont(self._font(small=True))
            painter.setPen(QColor(colors.text))
            self._words(painter, inner, face.more)
            inner.translate(0, line)
        if face.notice:
            self._paint_notice(painter, inner, face.notice)

    def _paint_detail(self, painter: QPainter, rect: QRect, face: Face) -> None:
        used = self._side(painter, rect, self._beside(rect.width(), face))
        inner = rect.adjusted(0, 0, -used, 0)
        if face.symbol and face.place:
            self._paint_symbol(
                painter, QRect(inner.left(), inner.top(), self._mark_width(), inner.height()), face
            )
            inner.setLeft(inner.left() + self._mark_width() - HALF)
        painter.setFont(self._font(small=True))
        painter.setPen(QColor(self._theme.colors.dim))
        self._words(painter, inner, face.detail)

    def _paint_notice(self, painter: QPainter, rect: QRect, notice: str) -> None:
        colors = self._theme.colors
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        sign = pixmap("warning", colors.warning, 14, ratio)
        painter.drawPixmap(QPointF(rect.left(), rect.top() + (rect.height() - 14) / 2), sign)
        painter.setFont(self._font(small=True))
        painter.setPen(QColor(colors.warning))
        self._words(painter, rect.adjusted(self._mark_width(), 0, 0, 0), notice)

    def _paint_place(self, painter: QPainter, rect: QRect, face: Face) -> None:
        painter.setFont(self._font(small=True))
        painter.setPen(QColor(self._theme.colors.dim))
        painter.drawText(QRectF(rect), int(TOP_RIGHT), face.place.replace("–", "–\u200b"))

    def _paint_symbol(self, painter: QPainter, rect: QRect, face: Face) -> None:
        painter.setFont(self._font())
        painter.setPen(QColor(face.color or self._theme.colors.dim))
        painter.drawText(rect, int(LEFT), face.symbol)

    # Text

    def _side(self, painter: QPainter, rect: QRect, words: str) -> int:
        """Write dim words at the right end; return the room they take."""
        if not words:
            return 0
        painter.setFont(self._font(small=True))
        painter.setPen(QColor(self._theme.colors.dim))
        painter.drawText(rect, int(RIGHT), words)
        return painter.fontMetrics().horizontalAdvance(words) + SPACE

    def _beside(self, room: int, face: Face) -> str:
        """Return the words at the right, unless they would leave the others no room."""
        metrics = QFontMetrics(self._font(small=True))
        words = metrics.horizontalAdvance(face.detail) + self._mark_width()
        left = room - metrics.horizontalAdvance(face.side_detail) - SPACE
        return face.side_detail if left >= min(words, room // 2) else ""

    def _words(self, painter: QPainter, rect: QRect, words: str) -> None:
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(rect.width(), 0))
        painter.drawText(rect, int(LEFT), shown)

    def _lay_out(self, text: str, room: float, most: int) -> QTextLayout:
        """Return the text broken into at most `most` lines, cut with an ellipsis."""
        layout = self._broken(text, room)
        if layout.lineCount() <= most:
            return layout
        last = layout.lineAt(most - 1)
        # Positions of a layout are UTF-16 units, which encoding gives back as characters.
        kept = text.encode("utf-16-le")[: 2 * (last.textStart() + last.textLength())]
        cut = kept.decode("utf-16-le", "ignore").rstrip()
        while layout.lineCount() > most and cut:
            cut = cut[:-1].rstrip(" ,;:")
            layout = self._broken(f"{cut}…", room)
        return layout

    def _broken(self, text: str, room: float) -> QTextLayout:
        layout = QTextLayout(text, self._font())
        option = option_for(text)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(room, 40))
            line.setPosition(QPointF(0, y))
            y += self._line()
        layout.endLayout()
        return layout

    def _title_lines(self, face: Face, width: int) -> int:
        if face.lines == 1:
            return 1
        left = EDGE
        if face.place:
            left += self._place_width()
        elif face.symbol:
            left += self._mark_width()
        return self._lay_out(face.title, width - left - EDGE, face.lines).lineCount()

    def _font(self, *, bold: bool = False, small: bool = False) -> QFont:
        font = QFont()
        font.setPixelSize(self._theme.small() if small else self._theme.text_size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _line(self) -> int:
        return round(QFontMetrics(self._font()).height() * LINE_HEIGHT / 1.2)

    def _heading_height(self) -> int:
        return self._line() + SPACE

    def _place_width(self) -> int:
        return self._theme.scaled(PLACE)

    def _mark_width(self) -> int:
        return self._theme.scaled(MARK)

    def _width(self, option: QStyleOptionViewItem) -> int:
        viewport = getattr(option.widget, "viewport", None)
        return int(viewport().width()) if viewport is not None else 300


def heading_above(index: Index) -> Group | None:
    """Return the group that begins with this row, or None."""
    group = index.data(GROUP)
    if not isinstance(group, Group):
        return None
    if index.row() == 0:
        return group
    before = index.model().index(index.row() - 1, index.column()).data(GROUP)
    return group if before != group else None
