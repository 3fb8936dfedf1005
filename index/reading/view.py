"""A document that is open to be drawn and measured, in a reader process of its own."""

import array
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from index.errors import PasswordNeeded, UnreadableFile
from index.files import AnyFile
from index.model import PagePicture, Rect
from index.reading import encode, ocr
from index.reading.frames import BrokenChannel, receive, send
from index.reading.result import GreyPicture
from index.reading.spawning import Reader, Spawner
from index.reading.watch import Watchdog

PAGED = "application/pdf"
SECONDS = 15.0
"""How long one request may take."""


class DocumentView:
    """Draws and measures the pages of one document; thread-safe; outlives its process.

    A document without pages of its own (a text) has a `page_count` of 0, and
    nothing of it is drawn or measured.
    """

    def __init__(
        self,
        spawner: Spawner,
        path: AnyFile,
        media_type: str,
        password: str | None = None,
        recognised: Mapping[int, Sequence[ocr.Word]] | None = None,
    ) -> None:
        self._spawner, self._path, self._password = spawner, path, password
        self._recognised = recognised or {}
        self._lock = threading.Lock()
        self._reader: Reader | None = None
        self._watchdog: Watchdog | None = None
        self._sizes: dict[int, tuple[float, float]] = {}
        self._closed = False
        self.patience = SECONDS
        self.page_count = 0
        if media_type == PAGED:
            with self._lock:
                self._start()

    def size(self, page: int) -> tuple[float, float]:
        """Return width and height of a page in points, as it is seen."""
        if page not in self._sizes:
            width, height = self._ask({"do": "size", "page": page})[0]["size"]
            self._sizes[page] = (float(width), float(height))
        return self._sizes[page]

    def draw(self, page: int, scale: float) -> PagePicture:
        """Draw a page at so many pixels a point; a huge page comes smaller than asked."""
        header, pixels = self._ask({"do": "draw", "page": page, "scale": scale})
        width, height, stride = (int(number) for number in header["picture"])
        if not 0 < 4 * width <= stride or len(pixels) != stride * height:
            raise UnreadableFile("The page was drawn wrongly.")
        return PagePicture(width, height, stride, pixels)

    def draw_grey(self, page: int, scale: float) -> GreyPicture:
        """Draw a page in greys, to be recognised; a huge page comes smaller than asked."""
        header, pixels = self._ask({"do": "draw grey", "page": page, "scale": scale})
        width, height, stride = (int(number) for number in header["picture"])
        if not 0 < width <= stride or len(pixels) != stride * height:
            raise UnreadableFile("The page was drawn wrongly.")
        return GreyPicture(width, height, stride, pixels)

    def boxes(self, page: int) -> tuple[Rect, ...]:
        """Return the box of every code point of a page's canonical text."""
        if not self.page_count:
            return ()
        if page in self._recognised:
            words = self._recognised[page]
            return tuple(ocr.letter_boxes(max((word.end for word in words), default=0), words))
        numbers = array.array("d")
        numbers.frombytes(self._ask({"do": "boxes", "page": page})[1])
        sides = iter(numbers)
        return tuple(Rect(*box) for box in zip(sides, sides, sides, sides, strict=True))

    def rects(self, page: int, start: int, end: int) -> tuple[Rect, ...]:
        """Return the line rectangles of a range of a page's canonical text."""
        if not self.page_count:
            return ()
        if page in self._recognised:
            return tuple(ocr.line_rects(self._recognised[page], start, end))
        request = {"do": "rects", "page": page, "start": start, "end": end}
        return tuple(encode.to_rect(values) for values in self._ask(request)[0]["rects"])

    def close(self) -> None:
        """End the process; the view cannot be used afterwards."""
        with self._lock:
            self._closed = True
            self._stop()

    def _ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Send a request; when the process dies over it, start it anew and say so."""
        if not self.page_count:
            raise UnreadableFile("This document has no pages to draw.")
        with self._lock:
            for attempt in range(2):
                reader = self._reader
                try:
                    if reader is None:
                        reader = self._start()
                    header, body = self._exchange(reader, request)
                    break
                except BrokenChannel as error:
                    hung = self._watchdog is not None and self._watchdog.fired
                    self._stop()
                    if hung or attempt:
                        page = int(request["page"]) + 1
                        raise UnreadableFile(f"Page {page} cannot be shown.") from error
        if "error" in header:
            raise UnreadableFile(str(header.get("text", "")))
        return header, body

    def _exchange(self, reader: Reader, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        assert self._watchdog is not None
        self._watchdog.allow(self.patience)
        send(reader.sending, request)
        answer = receive(reader.receiving)
        self._watchdog.allow(None)
        return answer

    def _start(self) -> Reader:
        if self._closed:
            raise UnreadableFile("The document is closed.")
        reader = self._spawner.open(self._path)
        self._reader, self._watchdog = reader, self._spawner.watch.over(reader.kill)
        job = {"kind": "view", "passwords": [self._password] if self._password else []}
        try:
            self._watchdog.allow(SECONDS)
            send(reader.sending, job, reader.file)
            header, _ = receive(reader.receiving)
            self._watchdog.allow(None)
        except BrokenChannel as error:
            self._stop()
            raise UnreadableFile("The document cannot be opened.") from error
        if "error" in header:
            self._stop()
            kind = PasswordNeeded if header["error"] == "password" else UnreadableFile
            raise kind(str(header.get("text", "")))
        self.page_count = int(header["pages"])
        return reader

    def _stop(self) -> None:
        if self._watchdog is not None:
            self._watchdog.close()
        if self._reader is not None:
            self._reader.close()
        self._reader = self._watchdog = None
