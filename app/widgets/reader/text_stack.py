"""The sections of a text report as one long sheet, of which only what is near the view is made."""

from collections.abc import Callable, Iterable, Sequence
from typing import overload

from PySide6.QtGui import QFont

from app.theme import PAGE_GAP, Colors
from app.widgets.reader.stack import LARGEST_ZOOM, SMALLEST_ZOOM, SheetStack
from app.widgets.reader.text_sheet import MARGIN, TextSheet, TextStyle
from index.model import Page

COLUMN = 44  # widths of the letter x in a line of a text report
EDGE = 0.5  # of the margin at the sides is above the first section and below the last
KEPT = 60  # sections each way around those that are seen


class Sections(Sequence[TextSheet]):
    """The sheets of a text, each made when it is asked for and let go when it is far away."""

    def __init__(self, count: int, make: Callable[[int], TextSheet]) -> None:
        self._count = count
        self._make = make
        self._made: dict[int, TextSheet] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> TextSheet: ...
    @overload
    def __getitem__(self, index: slice) -> list[TextSheet]: ...
    def __getitem__(self, index: int | slice) -> TextSheet | list[TextSheet]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(self._count))]
        if index < 0:
            index += self._count
        if not 0 <= index < self._count:
            raise IndexError(index)
        if index not in self._made:
            self._made[index] = self._make(index)
        return self._made[index]

    def made(self, index: int) -> TextSheet | None:
        """Return a sheet if it is there already."""
        return self._made.get(index)

    def keep(self, first: int, last: int) -> None:
        """Let go of the sheets that are not among these, once there are many."""
        if len(self._made) > 2 * (last - first + 1):
            self._made = {
                index: sheet for index, sheet in self._made.items() if first <= index <= last
            }

    def clear(self) -> None:
        """Let go of every sheet."""
        self._made.clear()


class TextStack(SheetStack[TextSheet]):
    """Lays out what is seen; the heights of the rest are estimated from their lengths."""

    sheets: Sections

    def __init__(
        self, pages: Sequence[Page], text: str, breaks: Sequence[int], font: QFont, colors: Colors
    ) -> None:
        """`breaks` counts the line breaks of each section, which takes a while in long texts."""
        self._pages, self._text, self._breaks = pages, text, breaks
        self._font, self._colors = font, colors
        self._style = TextStyle.of(font, 700, colors)
        self._heights = self._estimates()
        super().__init__(Sections(len(pages), self._make), [page.start for page in pages], 0)

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
            self.sheets.clear()
            self._heights = self._estimates()
            self.measure()
        return zoom

    def prepare(self, first: int, last: int, ratio: float) -> bool:
        """Lay out the sections that are seen; say whether a height has changed."""
        changed = False
        for index in range(max(first - 1, 0), min(last + 2, len(self.sheets))):
            sheet = self.sheets[index]
            if not sheet.ready:
                sheet.lay_out()
                changed = changed or sheet.height != self._heights[index]
                self._heights[index] = sheet.height
        self.sheets.keep(first - KEPT, last + KEPT)
        if changed:
            self.measure()
        return changed

    def is_ready(self, index: int) -> bool:
        """Tell whether a section is laid out, without making it."""
        sheet = self.sheets.made(index)
        return sheet is not None and sheet.ready

    def heights(self) -> Iterable[float]:
        """Return the height of every section, an estimate for those never laid out."""
        return self._heights

    def widest(self) -> float:
        """Return the width of the paper."""
        return self._style.width

    def _make(self, index: int) -> TextSheet:
        page = self._pages[index]
        text = self._text[page.start : page.end]
        return TextSheet(page, text, self._style, self._heights[index], *self._white(index))

    def _white(self, index: int) -> tuple[float, float]:
        """Return the pixels above and below a section: paper begins and ends with some."""
        edge = self._style.margin * EDGE
        return (edge if index == 0 else 0.0, edge if index == len(self._pages) - 1 else 0.0)

    def _estimates(self) -> list[float]:
        style = self._style
        columns = max(style.room / style.letter, 10.0)
        found = [
            max((page.end - page.start) / columns + breaks / 2, 1.0) * style.step
            for page, breaks in zip(self._pages, self._breaks, strict=True)
        ]
        for index in {0, len(found) - 1} if found else ():
            found[index] += sum(self._white(index))
        return found
