"""What the export asks of the reader processes: marking a copy, drawing a page."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from index.model import PagePicture
from index.reading.result import Mark


class Drawing(Protocol):
    """An opened document whose pages can be drawn."""

    def draw(self, page: int, scale: float) -> PagePicture:
        """Return a page drawn at `scale` pixels a point."""

    def close(self) -> None:
        """Let the reader process go."""


class Tools(Protocol):
    """The reader processes, as far as a bundle needs them."""

    def annotate(self, path: Path, marks: Sequence[Mark], password: str | None = None) -> bytes:
        """Return a highlighted copy of a PDF."""

    def open(self, path: Path, media_type: str, password: str | None = None) -> Drawing:
        """Open a document for drawing."""
