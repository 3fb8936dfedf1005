"""The scrolling half of the page view: where sheets lie, zoom, and the place that is read."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.theme import PAGE_GAP, Theme
from app.widgets.reader.lines import PageBoxes
from app.widgets.reader.sheet import PictureSheet, Sheet
from app.widgets.reader.stack import SheetStack

ZOOM_STEP = 1.15
LINE_STEP = 48  # pixels an arrow of the scroll bar moves
CONTEXT = 0.3  # share of the view above what is scrolled to


class SheetScroller(QAbstractScrollArea):
    """Scrolls a `SheetStack`; offsets in and out are code points of the canonical text."""

    page_changed = Signal(int)  # index of the page that is read
    zoom_changed = Signal(float)
    scrolled = Signal()

    def __init__(
        self, stack: SheetStack[Sheet], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.stack = stack
        self.zoom: float | None = None  # None: as wide as the view
        self.theme = theme
        self._page = -1
        self._pending: tuple[int, bool] | None = None  # an offset to scroll to when it is known
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Document")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(LINE_STEP)
        self.horizontalScrollBar().setSingleStep(LINE_STEP)
        self._rescale()

    def set_zoom(self, zoom: float | None) -> None:
        """Zoom to a factor, or None for the width of the view."""
        place = self._place()
        self.zoom = zoom
        self._rescale()
        self._return_to(place)

    def actual_zoom(self) -> float:
        """Return the factor the sheets are shown at now."""
        return self._actual

    def zoom_in(self) -> None:
        """Zoom in by one step."""
        self.set_zoom(self._actual * ZOOM_STEP)

    def zoom_out(self) -> None:
        """Zoom out by one step."""
        self.set_zoom(self._actual / ZOOM_STEP)

    def restyle(self) -> None:
        """Lay everything out again after colours or text size changed."""
        place = self._place()
        self._rescale()
        self._return_to(place)

    # Where we are

    @property
    def page(self) -> int:
        """The index of the page that is read."""
        return max(self._page, 0)

    def show_page(self, index: int) -> None:
        """Scroll to the top of a page."""
        index = min(max(index, 0), len(self.stack.sheets) - 1)
        self._pending = None
        self.verticalScrollBar().setValue(int(self.stack.tops[index] - PAGE_GAP))
        self._moved()

    def show_offset(self, offset: int, *, only_if_hidden: bool = False) -> None:
        """Scroll so that an offset is seen with some text above it."""
        index = self.stack.of(offset)
        sheet = self.stack.sheets[index]
        if not sheet.ready:
            self.stack.prepare(index, index, self.devicePixelRatioF())
            self._update_bars()
        edge = sheet.edge(offset) if sheet.ready else None
        if edge is None:
            if not (only_if_hidden and self._visible(index)):
                self.show_page(index)
            self._pending = None if sheet.ready else (offset, only_if_hidden)
            return
        self._pending = None
        self._scroll_to(self._sheet_rect(index).topLeft() + edge.topLeft(), edge, only_if_hidden)

    def range_rects(self, start: int, end: int) -> list[QRect]:
        """Return where a range is on the viewport, as far as it is known, a rectangle a line."""
        found = []
        for index in range(self.stack.of(start), self.stack.of(max(end - 1, start)) + 1):
            if not self.stack.is_ready(index):
                continue
            origin = self._sheet_rect(index).topLeft() - self._offset()
            for rect in self.stack.sheets[index].rects(start, end):
                found.append(rect.translated(origin).toAlignedRect())
        return found

    def take_picture(self, index: int, scale: float, picture: QImage) -> None:
        """Take a picture of a page that was asked for at `scale` device pixels a point."""
        sheet = self.stack.sheets[index]
        if isinstance(sheet, PictureSheet):
            ratio = self.devicePixelRatioF()
            if scale == sheet.scale * ratio:
                picture.setDevicePixelRatio(picture.width() / max(sheet.width, 1.0))
            sheet.picture, sheet.drawn_at, sheet.failure = picture, scale / ratio, ""
            self.viewport().update()

    def take_boxes(self, index: int, boxes: PageBoxes) -> None:
        """Take the boxes of a page's characters."""
        sheet = self.stack.sheets[index]
        if isinstance(sheet, PictureSheet):
            sheet.set_boxes(boxes)
            if self._pending is not None and self.stack.of(self._pending[0]) == index:
                offset, only_if_hidden = self._pending
                self.show_offset(offset, only_if_hidden=only_if_hidden)
            self.viewport().update()
            self.scrolled.emit()

    def take_failure(self, index: int, sentence: str) -> None:
        """Show why a page could not be drawn."""
        sheet = self.stack.sheets[index]
        if isinstance(sheet, PictureSheet):
            sheet.failure = sentence
            self.viewport().update()

    # Geometry

    def _rescale(self) -> None:
        self._actual = self.stack.rescale(self.viewport().width(), self.zoom)
        self._update_bars()
        self._prepare()
        self.viewport().update()
        self.zoom_changed.emit(self._actual)

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _sheet_rect(self, index: int) -> QRectF:
        """Return where a sheet lies, from the top left of the whole document."""
        sheet = self.stack.sheets[index]
        room = max(self.viewport().width(), self.stack.width + 2 * PAGE_GAP)
        left = round((room - sheet.width) / 2)
        return QRectF(left, self.stack.tops[index], sheet.width, sheet.height)

    def _update_bars(self) -> None:
        view = self.viewport().size()
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(int(self.stack.height) - view.height(), 0))
        vertical.setPageStep(view.height() - LINE_STEP)
        horizontal.setRange(0, max(int(self.stack.width) + 2 * PAGE_GAP - view.width(), 0))
        horizontal.setPageStep(view.width())

    def _seen(self) -> tuple[int, int]:
        top = self.verticalScrollBar().value()
        return self.stack.at(top), self.stack.at(top + self.viewport().height())

    def _visible(self, index: int) -> bool:
        first, last = self._seen()
        return first <= index <= last

    def _place(self) -> tuple[int, float]:
        """Return what stands at the top of the view: a sheet and how far down in it."""
        top = self.verticalScrollBar().value()
        index = self.stack.at(top)
        height = max(self.stack.sheets[index].height, 1.0) if self.stack.sheets else 1.0
        return index, (top - self.stack.tops[index]) / height if self.stack.tops else 0.0

    def _return_to(self, place: tuple[int, float]) -> None:
        index, share = place
        if self.stack.sheets:
            top = self.stack.tops[index] + share * self.stack.sheets[index].height
            self.verticalScrollBar().setValue(int(top))
        self._moved()

    def _prepare(self) -> None:
        if not self.stack.sheets:
            return
        place = self._place()
        if self.stack.prepare(*self._seen(), self.devicePixelRatioF()):
            self._update_bars()
            top = self.stack.tops[place[0]] + place[1] * self.stack.sheets[place[0]].height
            self.verticalScrollBar().setValue(int(top))

    def _scroll_to(self, point: QPointF, edge: QRectF, only_if_hidden: bool) -> None:
        top, view = self.verticalScrollBar().value(), self.viewport().size()
        hidden = not top <= point.y() <= top + view.height() - edge.height() - 8
        if hidden or not only_if_hidden:
            self.verticalScrollBar().setValue(int(point.y() - CONTEXT * view.height()))
        left = self.horizontalScrollBar().value()
        if not left <= point.x() <= left + view.width():
            self.horizontalScrollBar().setValue(int(point.x() - view.width() / 2))
        self._moved()

    def _moved(self) -> None:
        self._prepare()
        top = self.verticalScrollBar().value()
        page = self.stack.at(top + self.viewport().height() * CONTEXT)
        if page != self._page and self.stack.sheets:
            self._page = page
            self.page_changed.emit(page)
        self.scrolled.emit()

    # Events

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint the new place and make its sheets ready."""
        self.viewport().update()
        self._moved()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the sheets into the new width and stay at the same words."""
        place = self._place()
        self._rescale()
        self._return_to(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or zoom with Ctrl held."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y() > 0:
                self.zoom_in()
            elif event.angleDelta().y() < 0:
                self.zoom_out()
            event.accept()
            return
        super().wheelEvent(event)
