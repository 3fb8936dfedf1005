"""A PDF opened by PDFium: pages, sizes and the way from page points to what is seen."""

import contextlib
import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from index.errors import PasswordNeeded, UnreadableFile
from index.model import Rect

MAX_PAGES = 100_000
WRONG_PASSWORD, WRONG_SECURITY = 4, 5


@dataclass(frozen=True, slots=True)
class Sheet:
    """The visible box of a page in its own points, and how it is turned (quarters, clockwise)."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """Turn a point of the page into one of the seen page, origin top left."""
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        if self.turns == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def unseen(self, x: float, y: float) -> tuple[float, float]:
        """Turn a point of the seen page into one of the page; the reverse of `seen`."""
        if self.turns == 1:
            return y + self.left, x + self.bottom
        if self.turns == 2:
            return self.right - x, y + self.bottom
        if self.turns == 3:
            return self.right - y, self.top - x
        return x + self.left, self.top - y

    def rect(self, left: float, bottom: float, right: float, top: float) -> Rect:
        """Turn a box of the page into a rectangle of the seen page."""
        x1, y1 = self.seen(left, bottom)
        x2, y2 = self.seen(right, top)
        return Rect(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


class PdfFile:
    """One PDF, opened from bytes that stay where they are as long as it is open."""

    def __init__(self, address: int, size: int, passwords: tuple[str, ...] = ()) -> None:
        self.handle = self._load(address, size, passwords)
        self.page_count = min(raw.FPDF_GetPageCount(self.handle), MAX_PAGES)
        if self.page_count < 1:
            raise UnreadableFile("The PDF has no pages that can be found.")

    @staticmethod
    def _load(address: int, size: int, passwords: tuple[str, ...]) -> Any:
        tries: list[bytes | None] = [None]
        for password in passwords:
            tries += [password.encode("utf-8"), password.encode("latin-1", "replace")]
        error = 0
        for password_bytes in tries:
            handle = raw.FPDF_LoadMemDocument64(ctypes.c_void_p(address), size, password_bytes)
            if handle:
                return handle
            error = raw.FPDF_GetLastError()
            if error != WRONG_PASSWORD:
                break
        if error == WRONG_PASSWORD:
            wanted = "None of the passwords given opens it." if passwords else "Give its password."
            raise PasswordNeeded(f"The PDF is encrypted. {wanted}")
        if error == WRONG_SECURITY:
            raise UnreadableFile("The PDF is encrypted in a way that cannot be read.")
        raise UnreadableFile("The PDF is damaged and cannot be opened.")

    def close(self) -> None:
        """Close the file; pages of it must be closed before."""
        raw.FPDF_CloseDocument(self.handle)

    @contextlib.contextmanager
    def page(self, index: int) -> Iterator[Any]:
        """Open a page and close it again; raise `UnreadableFile` when it cannot be."""
        page = raw.FPDF_LoadPage(self.handle, index)
        if not page:
            raise UnreadableFile(f"Page {index + 1} cannot be opened.")
        try:
            yield page
        finally:
            raw.FPDF_ClosePage(page)


@contextlib.contextmanager
def text_of(page: Any) -> Iterator[Any]:
    """Open the text of a page and close it again."""
    text_page = raw.FPDFText_LoadPage(page)
    if not text_page:
        raise UnreadableFile("The text of a page cannot be read.")
    try:
        yield text_page
    finally:
        raw.FPDFText_ClosePage(text_page)


def sheet(page: Any) -> Sheet:
    """Return the visible box of an open page and its rotation."""
    box = raw.FS_RECTF()
    turns = raw.FPDFPage_GetRotation(page) % 4
    if raw.FPDF_GetPageBoundingBox(page, box):
        return Sheet(box.left, box.bottom, box.right, box.top, turns)
    width, height = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
    across, up = (height, width) if turns % 2 else (width, height)
    return Sheet(0.0, 0.0, across, up, turns)
