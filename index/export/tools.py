"""What the export asks of the reader processes: marking a copy, drawing a page."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from index.model import PaintedPage
from index.reading.painting import Wanted
from index.reading.result import Mark


class Tools(Protocol):
    """The reader processes, as far as a bundle needs them."""

    def annotate(self, path: Path, marks: Sequence[Mark], password: str | None = None) -> bytes:
        """Return a highlighted copy of a PDF."""

    def paint(
        self, path: Path, wanted: Sequence[Wanted], password: str | None = None
    ) -> Iterator[PaintedPage]:
        """Draw pages of a PDF in few colours, one after another."""
