"""The door to every foreign file: what is behind it happens in processes without rights."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from index.errors import PasswordNeeded, UnreadableFile
from index.files import AnyFile, size_of
from index.model import ImportOptions, PageState, PaintedPage
from index.reading import encode, ocr, painting, scans
from index.reading.batches import pages_of
from index.reading.frames import BrokenChannel, receive, send
from index.reading.preload import ANY, PDF
from index.reading.result import Mark, PageText, Reading
from index.reading.spawning import Reader, Spawner, cores
from index.reading.view import DocumentView
from index.reading.watch import Watchdog

SECONDS = 17.0
"""What a file may take by itself; a big one that goes on giving pages may take longer."""

SECONDS_A_MEGABYTE = 2.0
SECONDS_A_PAGE = 0.05
STALL = 9.0
"""How long a single page may take before it is given up."""

TEXT_NAMES = (".txt", ".text", ".md", ".xml", ".csv")
MAX_TRIES = 4
MAX_OUTPUT = 512 << 20


class Readers:
    """Reads, draws and marks foreign files in reader processes; every method is thread-safe."""

    def __init__(self, jobs: int = 0) -> None:
        self._spawner = Spawner()
        self._places = threading.BoundedSemaphore(jobs or cores())

    def read(
        self, path: AnyFile, options: ImportOptions, stopped: Callable[[], bool] = bool
    ) -> Reading:
        """Read a whole file; raise `UnreadableFile` or `PasswordNeeded`.

        `stopped` is asked between the pages that are recognised, which take
        seconds each; where it says yes, `Cancelled` is raised.
        """
        begin = time.monotonic()
        with self._places:
            if not _is_pdf(path):
                return _Attempt(self._spawner, path, options, ANY).read()
            try:
                reading = _Attempt(self._spawner, path, options, PDF).read()
                return scans.with_recognised(reading, path, options, self.open, begin, stopped)
            except PasswordNeeded:
                raise
            except UnreadableFile:
                if path.suffix.lower() not in TEXT_NAMES:
                    raise
                # It begins as a PDF does, and is named and can be read as a text.
                return _Attempt(self._spawner, path, options, ANY).read()

    def open(
        self,
        path: AnyFile,
        media_type: str,
        password: str | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> DocumentView:
        """Open a document to be drawn and measured; the view is the caller's to close.

        `details` are those of its `Reading`: without them recognised pages have no boxes.
        """
        words = ocr.stored(details or {})
        return DocumentView(self._spawner, path, media_type, password, words)

    def annotate(self, path: AnyFile, marks: Sequence[Mark], password: str | None = None) -> bytes:
        """Return a copy of a PDF with highlights; the file itself stays as it is."""
        job = {
            "kind": "annotate",
            "marks": [encode.from_mark(mark) for mark in marks],
            "passwords": [password] if password else [],
        }
        return self._once(path, job)[1]

    def paint(
        self, path: AnyFile, wanted: Sequence[painting.Wanted], password: str | None = None
    ) -> Iterator[PaintedPage]:
        """Draw pages of a PDF in few colours, one after another; the reader draws ahead."""
        passwords = [password] if password else []
        job = painting.job_of(wanted) | {"passwords": passwords, "cpu": int(SECONDS * len(wanted))}
        reader = self._spawner.open(path, ANY)
        watchdog = self._spawner.watch.over(reader.kill)
        try:
            send(reader.sending, job, reader.file)
            for one in wanted:
                watchdog.allow(SECONDS)
                header, body = receive(reader.receiving)
                watchdog.allow(None)
                raise_error(header)
                yield painting.page_of(header, body, one)
        except BrokenChannel as error:
            raise UnreadableFile("The reader of this file broke off.") from error
        finally:
            watchdog.close()
            reader.close()

    def probe(self, path: AnyFile) -> dict[str, Any]:
        """Return the layers of the lock-down and what a locked reader is refused."""
        done = self._once(path, {"kind": "probe"})[0]["done"]
        return dict(done)

    def _once(self, path: AnyFile, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Do a job with one answer."""
        seconds = SECONDS + SECONDS_A_MEGABYTE * size_of(path) / (1 << 20)
        reader = self._spawner.open(path, ANY)
        watchdog = self._spawner.watch.over(reader.kill)
        try:
            watchdog.allow(seconds)
            send(reader.sending, job | {"cpu": int(seconds) + 1}, reader.file)
            header, body = receive(reader.receiving)
        except BrokenChannel as error:
            raise UnreadableFile("The reader of this file broke off.") from error
        finally:
            watchdog.close()
            reader.close()
        raise_error(header)
        return header, body

    @property
    def peak_memory(self) -> int:
        """The most memory that any reader has held, in bytes, as far as it is known."""
        return self._spawner.peak_memory

    def close(self) -> None:
        """End every reader process."""
        self._spawner.close()


class _Attempt:
    """Reading one file, again without the page that ended the reader before."""

    def __init__(self, spawner: Spawner, path: AnyFile, options: ImportOptions, kind: str) -> None:
        self._spawner, self._path, self._options, self._kind = spawner, path, options, kind
        self._begin = time.monotonic()
        self._size = _size(path)
        if self._size == 0:
            raise UnreadableFile("The file is empty.")
        self._pages: dict[int, PageText] = {}
        self._current: dict[int, PageText] = {}
        self._count = self._texts = 0
        self._skip: set[int] = set()
        self._broken: int | None = None

    def read(self) -> Reading:
        reason = ""
        for _ in range(MAX_TRIES):
            self._current = {}
            self._texts = 0
            reading, reason = self._try()
            if reading is not None:
                return reading
            self._pages |= self._current
            broken = self._broken
            if broken is None:
                broken = max(self._current, default=-1) + 1
            if self._left() < 2.0 or not 0 <= broken < self._count or broken in self._skip:
                break
            self._skip.add(broken)
        if not any(page.text for page in self._pages.values()):
            raise UnreadableFile(reason)
        return self._what_there_is(reason)

    def _try(self) -> tuple[Reading | None, str]:
        """Read once; return the reading, or None and why there is none."""
        reader = self._spawner.open(self._path, self._kind)
        watchdog = self._spawner.watch.over(reader.kill)
        reading: Reading | None = None
        try:
            self._allow(watchdog)
            send(reader.sending, self._job(), reader.file)
            reading = self._collect(reader, watchdog)
            return reading, ""
        except BrokenChannel:
            self._broken = reader.page()
            return None, _why(reader, watchdog)
        finally:
            watchdog.close()
            reader.close(finished=reading is not None)

    def _job(self) -> dict[str, Any]:
        return {
            "kind": "read",
            "format": self._kind,
            "name": self._path.name,
            "encoding": self._options.encoding,
            "passwords": list(self._options.passwords),
            "languages": list(self._options.languages),
            "skip": sorted(self._skip),
            "cpu": int(self._allowed()) + 1,
        }

    def _collect(self, reader: Reader, watchdog: Watchdog) -> Reading:
        output = 0
        while True:
            header, body = receive(reader.receiving)
            raise_error(header)
            output += len(body)
            if output > MAX_OUTPUT:
                raise UnreadableFile("The file holds more text than a report can have.")
            if "done" in header:
                pages = [self._current[index] for index in sorted(self._current)]
                return encode.reading_of(header, pages)
            self._count, arrived = pages_of(header, body)
            for index, page in arrived:
                self._texts += bool(page.text)
                self._current[index] = page
            if self._left() <= 0:
                reader.kill()
                watchdog.fired = True
                raise BrokenChannel("out of time")
            self._allow(watchdog)

    def _allowed(self) -> float:
        """Return how long the whole file may take at most: longer when it is big."""
        may_grow = self._kind == PDF or self._path.suffix.lower() in TEXT_NAMES
        return SECONDS + (SECONDS_A_MEGABYTE * self._size / (1 << 20) if may_grow else 0.0)

    def _left(self) -> float:
        """Return how long is left; a PDF earns more time only by pages with text."""
        allowed = self._allowed()
        if self._kind == PDF:
            allowed = min(allowed, SECONDS + SECONDS_A_PAGE * self._texts)
        return allowed - (time.monotonic() - self._begin)

    def _allow(self, watchdog: Watchdog) -> None:
        watchdog.allow(max(0.1, min(self._left(), STALL if self._count > 1 else 1e9)))

    def _what_there_is(self, reason: str) -> Reading:
        """Make a reading of the pages that came; the others are failed ones."""
        pages = [
            self._pages.get(index, PageText("", str(index + 1), PageState.FAILED))
            for index in range(self._count)
        ]
        from index.reading.versions import EXTRACTOR

        return Reading(
            media_type="application/pdf",
            extractor=EXTRACTOR,
            paged=True,
            pages=pages,
            csl={"type": "report", "title": PurePath(self._path.name).stem},
            warnings=(f"Some pages could not be read: {reason}",),
        )


def _is_pdf(path: AnyFile) -> bool:
    """Say whether a file is to be read as a PDF, from its first bytes and its name."""
    try:
        with path.open("rb") as file:
            return b"%PDF-" in file.read(1024) or path.suffix.lower() == ".pdf"
    except OSError as error:
        raise UnreadableFile(f"The file could not be read: {error.strerror}.") from error


def _size(path: AnyFile) -> int:
    try:
        return size_of(path)
    except OSError as error:
        raise UnreadableFile(f"The file could not be read: {error.strerror}.") from error


def raise_error(header: dict[str, Any]) -> None:
    """Raise what a reader reports as an error."""
    if "error" in header:
        text = str(header.get("text", ""))[:500]
        raise (PasswordNeeded if header["error"] == "password" else UnreadableFile)(text)


def _why(reader: Reader, watchdog: Watchdog) -> str:
    """Say as a sentence why a reader broke off."""
    if watchdog.fired:
        return "The file takes too long to read."
    ending = reader.ending()
    if ending is not None and ending.code in (-5, -6, -4, -11) and ending.kilobytes > 400_000:
        return "The file needs more memory than a reader may use."
    return "The file is damaged in a way that broke the reader off."
