"""Tagging: make a passage of a range of a document, with everything needed to find it again."""

import getpass
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace

from index import anchoring, graphemes
from index.errors import Ambiguous, BadInput, NotFound
from index.model import Anchor, Document, Page, Passage, Rect
from index.store.history import now

Measure = Callable[[int, int, int], tuple[Rect, ...]]
"""Returns the rectangles of page-local offsets: (page index, start, end)."""


def anchor_of(
    text: str,
    start: int,
    end: int,
    document: Document,
    pages: Sequence[Page],
    measure: Measure | None,
) -> Anchor:
    """Return the anchor of a range with its rectangles; raise `BadInput` for a bad range."""
    _check_range(text, start, end)
    anchor = anchoring.describe(text, start, end, document, pages)
    if measure is None:
        return anchor
    rects = {}
    for page in anchoring.pages_of(pages, start, end):
        low, high = max(start, page.start) - page.start, min(end, page.end) - page.start
        if low < high:
            rects[page.index] = measure(page.index, low, high)
    return replace(anchor, rects={page: found for page, found in rects.items() if found})


def _check_range(text: str, start: int, end: int) -> None:
    if not 0 <= start < end <= len(text):
        raise BadInput(
            f"There is no passage from {start} to {end}: the document has {len(text)} characters."
        )
    if not text[start:end].strip():
        raise BadInput("The passage holds no words.")
    for name, offset in (("begin", start), ("end", end)):
        if not graphemes.is_boundary(text, offset):
            raise BadInput(
                f"The passage would {name} inside a character, at {offset}; "
                f"use {graphemes.snap_back(text, offset)}."
            )


def place_of_quote(text: str, quote: str) -> tuple[int, int]:
    """Return the only place of a quote; raise `NotFound` or `Ambiguous`."""
    if not quote.strip():
        raise BadInput("The quote is empty.")
    places = anchoring.find_quote(text, quote)
    if len(places) > 1:
        raise Ambiguous(f"The quote occurs {len(places)} times; give more of it, or offsets.")
    if not places:
        raise NotFound("The quote does not occur in the document.")
    start, end = places[0]
    return start, graphemes.snap_forward(text, end)


def new_passage(
    document: str,
    anchor: Anchor,
    entities: Sequence[str],
    note: str,
    *,
    origin: str = "tag",
    creator: str | None = None,
) -> Passage:
    """Return a new passage with an id and the time of its making."""
    moment = now()
    return Passage(
        id=uuid.uuid4().hex,
        document=document,
        anchor=anchor,
        entities=tuple(dict.fromkeys(entities)),
        note=note,
        created=moment,
        modified=moment,
        creator=_user() if creator is None else creator,
        origin=origin,
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
