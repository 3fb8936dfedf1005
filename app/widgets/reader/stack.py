"""How the sheets of a document lie under each other, as pictures of pages or as one long text."""

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtGui import QFont

from app.theme import PAGE_GAP, Colors
from app.widgets.reader.sheet import PictureSheet, Sheet
from app.widgets.reader.source import PictureSource
from app.widgets.reader.text_sheet import MARGIN, TextSheet, TextStyle
from index.model import Page

S = TypeVar("S", bound=Sheet, covariant=True)

POINTS_AN_INCH, PIXELS_AN_INCH = 72.0, 96.0
SMALLEST_ZOOM, LARGEST_ZOOM = 0.2, 6.0
PICTURES_KEPT = 2  # sheets each way around those that are seen
BOXES_KEPT = 20
COLUMN = 44  # widths of the letter x in a line of a text report


class SheetStack(ABC, Generic[S]):
    """Sheets and where each begins, in view pixels from the top of the document."""

    def __init__(self, sheets: Sequence[S], gap: float) -> None:
        self.sheets: Sequence[S] = list(sheets)
        self.gap = gap
        self.tops: list[float] = []
        self._starts = [sheet.start for sheet in self.sheets]
        self.measure()

    def measure(self) -> None:
        """Add the heights up again."""
        top = float(PAGE_GAP)
        self.tops = []
        for sheet in self.sheets:
            self.tops.append(top)
            top += round(sheet.height + self.gap)
        self.height = top - self.gap + PAGE_GAP
        self.width = max((sheet.width for sheet in self.sheets), default=0.0)

    def at(self, y: float) -> int:
        """Return the index of the sheet at a height, or of the one above the gap there."""
        return max(bisect_right(self.tops, y) - 1, 0)

    def of(self, offset: int) -> int:
        """Return the index of the sheet an offset is on."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    @abstractmethod
    def rescale(self, room: float, zoom: float | None) -> float:
        """Fit the sheets into a view `room` pixels wide, filling it without `zoom`; return it."""

    @abstractmethod
    def prepare(self, first: int, last: int, ratio: float) -> bool:
        """Make the sheets that are seen ready; say whether a height has changed."""


class PictureStack(SheetStack[PictureSheet]):
    """Pages as pictures, with gaps between them."""

    def __init__(self, pages: Sequence[Page], texts: Sequence[str], source: PictureSource) -> None:
        self._source = source
        sheets = [PictureSheet(page, text) for page, text in zip(pages, texts, strict=True)]
        super().__init__(sheets, PAGE_GAP)

    def rescale(self, room: float, zoom: float | None) -> float:
        """Fit the pages into a view `room` pixels wide, filling it without `zoom`; return it."""
        widest = max((sheet.page.width or 595.0 for sheet in self.sheets), default=595.0)
        per_point = PIXELS_AN_INCH / POINTS_AN_INCH
        if zoom is None:
            zoom = (room - 2 * PAGE_GAP) / (widest * per_point)
        zoom = min(max(zoom, SMALLEST_ZOOM), LARGEST_ZOOM)
        for sheet in self.sheets:
            sheet.scale = zoom * per_point
        self.measure()
        return zoom

    def prepare(self, first: int, last: int, ratio: float) -> bool:
        """Ask for the pictures and boxes of the pages that are seen, and forget those far away."""
        for index, sheet in enumerate(self.sheets):
            near = first - 1 <= index <= last + 1
            if near and sheet.drawn_at != sheet.scale and not sheet.failure:
                page = sheet.page
                self._source.want(index, sheet.scale * ratio, page.width, page.height)
            if near and not sheet.ready:
                self._source.want_boxes(index)
            if not near:
                self._source.forget(index)
            if not first - PICTURES_KEPT <= index <= last + PICTURES_KEPT:
                sheet.picture, sheet.drawn_at = None, 0.0
            if not first - BOXES_KEPT <= index <= last + BOXES_KEPT:
                sheet.set_boxes(None)
        return False


class TextStack(SheetStack[TextSheet]):
    """The sections of a text report as one long sheet."""

    def __init__(
        self, pages: Sequence[Page], texts: Sequence[str], font: QFont, colors: Colors
    ) -> None:
        self._font = font
        self._colors = colors
        self._style: TextStyle | None = None
        style = TextStyle.of(font, 700, colors)
        sheets = [TextSheet(page, text, style) for page, text in zip(pages, texts, strict=True)]
        super().__init__(sheets, 0)

    def restyle(self, font: QFont, colors: Colors) -> None:
        """Take another font and other colours; `rescale` must follow."""
        self._font, self._colors = font, colors

    def rescale(self, room: float, zoom: float | None) -> float:
        """Choose font size and column width for a view `room` pixels wide; return the zoom."""
        zoom = min(max(zoom or 1.0, SMALLEST_ZOOM), LARGEST_ZOOM)
        font = QFont(self._font)
        font.setPixelSize(max(round(self._font.pixelSize() * zoom), 4))
        column = COLUMN * font.pixelSize() + 2 * MARGIN
        width = max(min(room - 2 * PAGE_GAP, column), 2 * MARGIN + 80)
        style = TextStyle.of(font, float(round(width)), self._colors)
        if style != self._style:
            self._style = style
            for sheet in self.sheets:
                sheet.reset(style)
        self.measure()
        return zoom

    def prepare(self, first: int, last: int, ratio: float) -> bool:
        """Lay out the sections that are seen; say whether a height has changed."""
        changed = False
        for sheet in self.sheets[max(first - 1, 0) : last + 2]:
            if not sheet.ready:
                before = sheet.height
                sheet.lay_out()
                changed = changed or sheet.height != before
        if changed:
            self.measure()
        return changed
