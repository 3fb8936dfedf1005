"""How the sheets of a document lie under each other, and how pictures of pages do."""

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

from app.theme import PAGE_GAP
from app.widgets.reader.sheet import PictureSheet, Sheet
from app.widgets.reader.source import PictureSource
from index.model import Page

S = TypeVar("S", bound=Sheet, covariant=True)

POINTS_AN_INCH, PIXELS_AN_INCH = 72.0, 96.0
SMALLEST_ZOOM, LARGEST_ZOOM = 0.2, 6.0
PICTURES_KEPT = 2  # sheets each way around those that are seen
BOXES_KEPT = 20


class SheetStack(ABC, Generic[S]):
    """Sheets and where each begins, in view pixels from the top of the document."""

    sheets: Sequence[S]

    def __init__(self, sheets: Sequence[S], starts: Sequence[int], gap: float) -> None:
        self.sheets = sheets
        self.gap = gap
        self.tops: list[float] = []
        self._starts = starts
        self.measure()

    def measure(self) -> None:
        """Add the heights up again."""
        steps = (round(height + self.gap) for height in self.heights())
        *self.tops, end = accumulate(steps, initial=float(PAGE_GAP))
        self.height = end - self.gap + PAGE_GAP
        self.width = self.widest()

    def heights(self) -> Iterable[float]:
        """Return the height of every sheet."""
        return (sheet.height for sheet in self.sheets)

    def widest(self) -> float:
        """Return the width of the widest sheet."""
        return max((sheet.width for sheet in self.sheets), default=0.0)

    def is_ready(self, index: int) -> bool:
        """Tell whether ranges and points of a sheet can be asked for."""
        return self.sheets[index].ready

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
        super().__init__(sheets, [page.start for page in pages], PAGE_GAP)

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
