"""What comes out of a reader process: the values that a read file turns into."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from index.model import Note, PageState, Rect, Section, Span


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page or section, verbatim, without the page break."""

    text: str
    label: str
    state: PageState
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class FoundHighlight:
    """A highlight or comment that another program left in the file."""

    span: Span  # in the canonical text
    page: int
    rects: tuple[Rect, ...]
    comment: str
    author: str
    color: str
    created: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file as canonical text with everything known about it.

    The canonical text is the pages joined by `PAGE_BREAK` when `paged`, else
    by nothing; notes and highlights are offsets into it.
    """

    media_type: str
    extractor: str
    paged: bool
    pages: Sequence[PageText]
    csl: Mapping[str, Any]  # CSL-JSON without id
    origins: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    notes: Sequence[Note] = ()
    outline: Sequence[Section] = ()
    highlights: Sequence[FoundHighlight] = ()
    details: Mapping[str, Any] = field(default_factory=dict)  # JSON: encoding, confidence …
    warnings: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlight to write into a copy of a PDF."""

    id: str
    page: int
    rects: tuple[Rect, ...]
    color: str  # #rrggbb
    title: str  # author
    contents: str


@dataclass(frozen=True, slots=True)
class GreyPicture:
    """A drawn page, one byte a pixel; a row takes `stride` bytes."""

    width: int
    height: int
    stride: int
    pixels: bytes
