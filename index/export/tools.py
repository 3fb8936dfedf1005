"""What the export asks of the reader processes: marking a copy, drawing a page."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from index.files import AnyFile
from index.model import PaintedPage
from index.reading.painting import Wanted
from index.reading.result import Mark


class Tools(Protocol):
    """The reader processes, as far as a bundle needs them."""

    def annotate(self, path: AnyFile, marks: Sequence[Mark], password: str | None = None) -> bytes:
        """Return a highlighted copy of a PDF."""

    def paint(
        self, path: AnyFile, wanted: Sequence[Wanted], password: str | None = None
    ) -> Iterator[PaintedPage]:
        """Draw pages of a PDF in few colours, one after another."""
