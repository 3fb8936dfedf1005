"""Pages on their way to the library: many in one frame, since a frame costs as much as a page."""

import time
from collections.abc import Mapping
from typing import Any, BinaryIO

from index.model import PageState
from index.reading.frames import BrokenChannel, decode_text, encode_text, send
from index.reading.place import Pointer
from index.reading.result import PageText

MOST_PAGES = 64
MOST_CHARACTERS = 1 << 18
_STATES = {state.value: state for state in PageState}

SECONDS = 0.2
"""How long finished pages wait for company."""


class PageSender:
    """Gathers pages in a reader and sends them; without a shared place every page by itself."""

    def __init__(self, writing: BinaryIO, pointer: Pointer) -> None:
        self._writing, self._alone = writing, not pointer.shared
        self._pages: list[list[Any]] = []
        self._texts: list[str] = []
        self._characters = 0
        self._since = time.monotonic()

    def add(self, index: int, count: int, page: PageText) -> None:
        """Take a page; the first one says how many there are, so it is not kept back."""
        text = page.text
        self._pages.append(
            [index, page.label, page.state.value, page.width, page.height, len(text)]
        )
        self._texts.append(text)
        self._characters += len(text)
        if (
            self._alone
            or index in (0, count - 1)
            or len(self._pages) >= MOST_PAGES
            or self._characters >= MOST_CHARACTERS
            or time.monotonic() - self._since > SECONDS
        ):
            self.flush(count)

    def flush(self, count: int) -> None:
        """Send what was gathered."""
        send(self._writing, {"of": count, "pages": self._pages}, encode_text("".join(self._texts)))
        self._pages, self._texts, self._characters = [], [], 0
        self._since = time.monotonic()


def pages_of(header: Mapping[str, Any], body: bytes) -> tuple[int, list[tuple[int, PageText]]]:
    """Return how many pages there are, and those of a frame with their indexes.

    Raise `BrokenChannel` when the frame is not as it should be.
    """
    text = decode_text(body)
    at = 0
    pages: list[tuple[int, PageText]] = []
    try:
        count = int(header["of"])
        for index, label, state, width, height, length in header["pages"]:
            if not 0 <= length <= len(text) - at or not 0 <= index < count:
                raise BrokenChannel("a page is not where it should be")
            content = text[at : at + length]
            size = float(width), float(height)
            pages.append((int(index), PageText(content, label[:64], _STATES[state], *size)))
            at += length
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenChannel("a page is not as it should be") from error
    if at != len(text):
        raise BrokenChannel("a text belongs to no page")
    return count, pages
