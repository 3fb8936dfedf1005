"""Finding a page by what a reader types: its printed label first, then its number."""

import re
from collections.abc import Sequence

from index.model import Page

PREFIX = re.compile(r"^\s*(?:pages?|pp?\.|с\.|стр\.|¶|#)\s*", re.IGNORECASE)
RANGE = re.compile(r"(\d+)\s*[-–—]\s*(\d+)")


def page_index(pages: Sequence[Page], typed: str) -> int | None:
    """Return the index of the page a typed label or number means, or None."""
    wanted = PREFIX.sub("", typed).strip().casefold()
    if not wanted:
        return None
    for page in pages:
        if PREFIX.sub("", page.label).strip().casefold() == wanted:
            return page.index
    if not wanted.isdecimal():
        return None
    number = int(wanted)
    for page in pages:
        paragraphs = RANGE.search(page.label) if page.label.startswith("¶") else None
        if paragraphs and int(paragraphs[1]) <= number <= int(paragraphs[2]):
            return page.index
    # A number that is printed nowhere is taken as counted from the first page.
    return number - 1 if 1 <= number <= len(pages) else None
