"""The page view: a document's sheets on a grey well, with marks on them and a selection."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from app.theme import Theme
from app.widgets.reader import marks as painting
from app.widgets.reader import selection as selecting
from app.widgets.reader import words
from app.widgets.reader.marks import MentionMark, PassageMark
from app.widgets.reader.scroller import SheetScroller
from app.widgets.reader.selection import Selection
from app.widgets.reader.sheet import Sheet
from app.widgets.reader.stack import SheetStack
from index.model import Span

AUTOSCROLL = 30  # milliseconds between two steps while dragging beyond an edge
FASTEST = 60  # pixels of one such step
LINE_TOP = 24  # pixels from the top of the view where the caret goes after a page key
TRIPLE = 8  # pixels the pointer may wander between the clicks of a triple one


@dataclass
class Marks:
    """Everything painted over the sheets except the selection."""

    passages: Sequence[PassageMark] = ()
    mentions: Sequence[MentionMark] = ()
    matches: Sequence[Span] = ()
    match: int = -1  # index of the current match
    passage: str = ""  # id of the current passage


class PageView(SheetScroller):
    """A `SheetScroller` whose text can be marked, selected and clicked."""

    selection_changed = Signal(object)  # Span or None, when it has settled
    passage_clicked = Signal(str)  # id, or "" for none

    def __init__(
        self, stack: SheetStack[Sheet], text: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(stack, theme, parent)
        self.text = text
        self.marks = Marks()
        self.selection = Selection(text)
        self.by_mouse = False  # whether the selection was made with the mouse
        self._dragging = False
        self._mouse = QPoint()
        self._double_at = QPoint()
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self._autoscroll = QTimer(self, interval=AUTOSCROLL)
        self._autoscroll.timeout.connect(self._scroll_while_dragging)
        self._since_double = QTimer(self, singleShot=True)
        self._since_double.setInterval(QApplication.doubleClickInterval())

    # What is shown

    def set_passages(self, passages: Sequence[PassageMark]) -> None:
        """Show these passages."""
        self.marks.passages = painting.leveled(passages)
        self.viewport().update()

    def set_mentions(self, mentions: Sequence[MentionMark]) -> None:
        """Show these names as not yet reviewed."""
        self.marks.mentions = sorted(mentions, key=lambda mark: mark.start)
        self.viewport().update()

    def set_matches(self, matches: Sequence[Span], current: int = -1) -> None:
        """Show these search matches, in order of their starts, one of them as the current one."""
        self.marks.matches, self.marks.match = matches, current
        self.viewport().update()

    def set_current_passage(self, passage: str) -> None:
        """Outline a passage."""
        self.marks.passage = passage
        self.viewport().update()

    def selected(self) -> Span | None:
        """Return what is selected."""
        return self.selection.span

    def select(self, start: int, end: int) -> None:
        """Select a range and say so."""
        self.selection.select(start, end)
        self.viewport().update()
        self.selection_changed.emit(self.selection.span)

    def clear_selection(self) -> None:
        """Select nothing."""
        if self.selection.span is not None:
            self.selection.clear()
            self.viewport().update()
            self.selection_changed.emit(None)

    def _hit(self, position: QPoint) -> tuple[int, int]:
        """Return sheet index and offset nearest to a point of the viewport."""
        point = QPointF(position) + self._offset()
        index = self.stack.at(point.y())
        local = point - self._sheet_rect(index).topLeft()
        return index, self.stack.sheets[index].offset_at(local)

    def _around(self, index: int, offset: int) -> tuple[int, int]:
        """Return the word or line there, as the drag's unit wants it."""
        if self.selection.unit == "word":
            return words.word_at(self.text, offset)
        line = selecting.line_around(self.stack.sheets[index], offset)
        return (line.start, line.end) if line is not None else (offset, offset)

    def passage_at(self, position: QPoint) -> PassageMark | None:
        """Return the shortest passage under a point of the viewport."""
        found = [
            mark
            for mark in self.marks.passages
            if any(rect.contains(position) for rect in self._near_rects(mark, position))
        ]
        return min(found, key=lambda mark: mark.end - mark.start, default=None)

    def _near_rects(self, mark: PassageMark | MentionMark, position: QPoint) -> list[QRect]:
        index = self.stack.at(position.y() + self.verticalScrollBar().value())
        sheet = self.stack.sheets[index]
        if mark.end <= sheet.start or mark.start >= sheet.end:
            return []
        origin = self._sheet_rect(index).topLeft() - self._offset()
        return [r.translated(origin).toAlignedRect() for r in sheet.rects(mark.start, mark.end)]

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the well, the sheets that are seen, and their marks."""
        painter = QPainter(self.viewport())
        colors = self.theme.colors
        painter.fillRect(event.rect(), QColor(colors.well))
        if self.stack.sheets:
            first, last = self._seen()
            for index in range(first, last + 1):
                self._paint_sheet(painter, index, QRectF(event.rect()))
        painter.end()

    def _paint_sheet(self, painter: QPainter, index: int, exposed: QRectF) -> None:
        sheet = self.stack.sheets[index]
        place = self._sheet_rect(index).translated(-self._offset())
        if not place.intersects(exposed):
            return
        painter.save()
        painter.translate(place.topLeft())
        sheet.paint(painter, exposed.translated(-place.topLeft()), self.theme.colors)
        if sheet.ready:
            self._paint_marks(painter, sheet)
        painter.restore()

    def _paint_marks(self, painter: QPainter, sheet: Sheet) -> None:
        colors, marks = self.theme.colors, self.marks
        here = [mark for mark in marks.passages if _touches(mark.start, mark.end, sheet)]
        for mark in here:
            painting.paint_passage(painter, sheet, mark)
        for number in _within(marks.matches, sheet):
            painting.paint_match(painter, sheet, marks.matches[number], number == marks.match)
        for number in _within(marks.mentions, sheet):
            painting.paint_mention(painter, sheet, marks.mentions[number], colors)
        for mark in here:
            if mark.id == marks.passage:
                painting.paint_outline(painter, sheet, mark, colors)
        span = self.selection.span
        if span is not None and _touches(span.start, span.end, sheet):
            painting.paint_selection(painter, sheet, span, colors)
        elif span is None and self.hasFocus() and sheet.start <= self.selection.caret <= sheet.end:
            edge = sheet.edge(self.selection.caret)
            if edge is not None:
                painter.fillRect(edge.adjusted(-0.75, 0, 0.75, 0), QColor(colors.accent))

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection."""
        if event.button() != Qt.MouseButton.LeftButton or not self.stack.sheets:
            super().mousePressEvent(event)
            return
        position = event.position().toPoint()
        index, offset = self._hit(position)
        if self._clicked_again(position):
            self.selection.unit = "line"
            self.selection.press_range(*self._around(index, offset), "line")
        else:
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.selection.press(offset, extend=extend)
        self._dragging, self._mouse = True, position
        self.viewport().update()

    def _clicked_again(self, position: QPoint) -> bool:
        """Say whether this press makes a double click a triple one."""
        far = (position - self._double_at).manhattanLength() > TRIPLE
        return self._since_double.isActive() and not far

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        if event.button() != Qt.MouseButton.LeftButton or not self.stack.sheets:
            return
        position = event.position().toPoint()
        _, offset = self._hit(position)
        self.selection.press_range(*words.word_at(self.text, offset), "word")
        self._dragging, self._mouse, self._double_at = True, position, position
        self._since_double.start()
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Grow the selection."""
        if not self._dragging:
            return
        position = event.position().toPoint()
        self._mouse = position
        self._drag_to(position)
        outside = not self.viewport().rect().contains(position)
        if outside and not self._autoscroll.isActive():
            self._autoscroll.start()
        elif not outside:
            self._autoscroll.stop()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a selection; a click without one chooses the passage there."""
        if event.button() != Qt.MouseButton.LeftButton or not self._dragging:
            return
        self._dragging = False
        self._autoscroll.stop()
        span = self.selection.span
        self.by_mouse = True
        self.selection_changed.emit(span)
        self.by_mouse = False
        if span is None:
            mark = self.passage_at(event.position().toPoint())
            self.passage_clicked.emit(mark.id if mark is not None else "")

    def _drag_to(self, position: QPoint) -> None:
        index, offset = self._hit(position)
        self.selection.drag(offset, self._around(index, offset))
        self.viewport().update()

    def _scroll_while_dragging(self) -> None:
        rect = self.viewport().rect()
        beyond = min(self._mouse.y() - rect.top(), 0) + max(self._mouse.y() - rect.bottom(), 0)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + max(min(beyond, FASTEST), -FASTEST))
        self._drag_to(self._mouse)

    # Keyboard and the rest

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret, grow the selection with Shift, scroll with the page keys and Space."""
        modifiers = event.modifiers()
        by_word = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        extend = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        target = None
        if self.stack.sheets and not modifiers & Qt.KeyboardModifier.AltModifier:
            target = selecting.moved(self.selection, self.stack, event.key(), by_word=by_word)
        if target is not None:
            self.selection.move(target, extend=extend)
            self.show_offset(self.selection.caret, only_if_hidden=True)
            self.viewport().update()
            self.selection_changed.emit(self.selection.span)
        elif event.key() == Qt.Key.Key_Space:
            self._scroll_by_page(-1 if extend else 1)
        elif event.key() == Qt.Key.Key_PageDown:
            self._scroll_by_page(1)
        elif event.key() == Qt.Key.Key_PageUp:
            self._scroll_by_page(-1)
        elif event.key() == Qt.Key.Key_Escape and self.selection.span is not None:
            self.clear_selection()
        else:
            event.ignore()

    def _scroll_by_page(self, direction: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + direction * bar.pageStep())
        # The caret follows, so that arrows go on from what is read.
        place = self.viewport().rect().center()
        self.selection.move(self._hit(QPoint(place.x(), LINE_TOP))[1], extend=False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say in a tooltip what a passage or a mention is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tooltip(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def _tooltip(self, position: QPoint) -> str:
        passage = self.passage_at(position)
        if passage is not None:
            return passage.tooltip
        if not self.stack.sheets:
            return ""
        index = self.stack.at(position.y() + self.verticalScrollBar().value())
        for number in _within(self.marks.mentions, self.stack.sheets[index]):
            mention = self.marks.mentions[number]
            if any(rect.contains(position) for rect in self._near_rects(mention, position)):
                return mention.tooltip
        return ""


def _within(marks: Sequence[Span] | Sequence[MentionMark], sheet: Sheet) -> range:
    """Return which of many short marks, in order of their starts, are on a sheet."""
    first = bisect_left(marks, sheet.start, key=lambda mark: mark.start)
    last = bisect_left(marks, sheet.end, key=lambda mark: mark.start)
    # One that began on the sheet before may go on here.
    return range(max(first - 1, 0), last)


def _touches(start: int, end: int, sheet: Sheet) -> bool:
    return start < sheet.end and end > sheet.start
