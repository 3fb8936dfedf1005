"""The import as a list of named steps: gather, copy in, read, write down, index.

A file is “added” only after its original is synced to the disk and its
transaction is committed; the search index follows, and may be behind.
"""

import gc
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path

from index import tagging
from index.errors import BadInput, DiskFull, MunimentError, PasswordNeeded, UnreadableFile
from index.files import AnyFile
from index.model import (
    Document,
    ImportOptions,
    ImportResult,
    ImportStatus,
    Page,
)
from index.progress import Cancelled, NullProgress, Progress
from index.reading import Readers
from index.reading.result import FoundHighlight, Reading
from index.search import SearchService
from index.store import driver
from index.store.blobs import BlobStore, space_error
from index.store.database import RECORD, Database
from index.store.documents import DocumentStore, Source, canonical
from index.store.passages import PassageStore

PAGES_BETWEEN_INDEXING = 20_000
NEVER_READ = frozenset(
    (
        ".7z .avi .bmp .bz2 .class .db .dll .dylib .exe .gif .gz .heic .ico .iso .jar .jpeg .jpg "
        ".m4a .mkv .mov .mp3 .mp4 .o .ogg .otf .png .psd .pyc .rar .so .sqlite .sqlite3 .svg .tar "
        ".tif .tiff .ttf .wav .webm .webp .woff .woff2 .xz .zip .zst"
    ).split()
)

OnResult = Callable[[ImportResult], None]


@dataclass(frozen=True, slots=True)
class Found:
    """A file to import, and whether it was named or met in a folder."""

    file: AnyFile
    named: bool

    @property
    def path(self) -> Path:
        """Where it is, or what it is called."""
        return self.file if isinstance(self.file, Path) else Path(self.file.name)


def gather(paths: Iterable[AnyFile]) -> Iterator[Found]:
    """Yield the files to import in a stable order, folders recursively; links are not followed."""
    for path in paths:
        if isinstance(path, Path) and path.is_dir():
            yield from (Found(found, False) for found in _walk(path))
        else:
            yield Found(path, True)


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        if RECORD in names:
            folders.clear()  # an archive, perhaps this one: its files are nobody's reports
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if Path(root, name).is_symlink()]
        for name in sorted([*names, *links]):
            if not name.startswith((".", "~$")):
                yield Path(root, name)


class Importer:
    """Takes files into an archive, several at once."""

    def __init__(
        self,
        database: Database,
        blobs: BlobStore,
        readers: Readers,
        search: SearchService,
    ) -> None:
        self._database = database
        self._documents = DocumentStore(database)
        self._passages = PassageStore(database)
        self._blobs = blobs
        self._readers = readers
        self._search = search
        self._stop = threading.Event()
        self._reading = threading.BoundedSemaphore(1)

    def run(
        self,
        paths: Iterable[AnyFile],
        options: ImportOptions,
        progress: Progress | None = None,
        on_result: OnResult | None = None,
    ) -> list[ImportResult]:
        """Import every file; report each as it ends.

        Cancelling keeps what is finished and raises `Cancelled`; a full disk
        raises `DiskFull` and keeps what is finished. Nothing else stops the rest.
        """
        progress = progress or NullProgress()
        files = list(gather(paths))
        results: list[ImportResult] = []
        unindexed = 0
        self._search.prepare()
        gc.freeze()  # what is there now is looked through for cycles no more, time and again
        try:
            for result in self._results(files, options, progress):
                results.append(result)
                if on_result is not None:
                    on_result(result)
                if result.status is not ImportStatus.ADDED:
                    continue
                unindexed += result.pages
                if self._search.prepare() or unindexed > PAGES_BETWEEN_INDEXING:
                    self._search.follow()
                    unindexed = 0
        finally:
            gc.unfreeze()
            if any(result.status is ImportStatus.ADDED for result in results):
                self._search.follow()
        return results

    def _results(
        self, files: list[Found], options: ImportOptions, progress: Progress
    ) -> Iterator[ImportResult]:
        """Yield results as files end, with a few files in work at a time."""
        jobs = max(1, options.jobs or os.cpu_count() or 1)
        self._reading = threading.BoundedSemaphore(jobs)
        # While some files are read, others are copied or written down and wait for the disk.
        pool = ThreadPoolExecutor(2 * jobs, thread_name_prefix="import")
        waiting = iter(files)
        running: set[Future[ImportResult]] = set()
        done = 0
        progress.report(0, len(files))
        try:
            while True:
                for found in waiting:
                    running.add(pool.submit(self._one, found, options))
                    if len(running) >= 3 * jobs:
                        break
                if not running:
                    return
                if not done:
                    self._search.prepare()  # while the first reader is still starting
                finished, running = wait(running, 0.1, FIRST_COMPLETED)
                for future in finished:
                    done += 1
                    yield future.result()
                progress.report(done, len(files))
        finally:
            self._stop.set()
            pool.shutdown(wait=False, cancel_futures=True)

    def _one(self, found: Found, options: ImportOptions) -> ImportResult:
        """Import one file; every trouble but a full disk becomes its result."""
        begin = time.monotonic()
        try:
            result = self._take_in(found, options)
        except (DiskFull, Cancelled):
            raise
        except MunimentError as error:
            locked = isinstance(error, PasswordNeeded)
            result = ImportResult(
                found.path, ImportStatus.FAILED, reason=str(error), password_needed=locked
            )
        except OSError as error:
            if full := space_error(error):
                raise full from error
            reason = f"The file could not be read: {error.strerror or error}."
            result = ImportResult(found.path, ImportStatus.FAILED, reason=reason)
        except Exception as error:
            # A fault of ours costs this file, not the rest of the import.
            logging.getLogger(__name__).exception("import of %r", str(found.path))
            reason = f"Muniment failed at this file through a fault of its own ({error!r})."
            result = ImportResult(found.path, ImportStatus.FAILED, reason=reason)
        return _timed(result, begin)

    def _take_in(self, found: Found, options: ImportOptions) -> ImportResult:
        if reason := _why_skipped(found):
            return ImportResult(found.path, ImportStatus.SKIPPED, reason=reason)
        if isinstance(found.file, Path):
            _require_file(found.file)
        staged = self._blobs.stage(found.file)
        try:
            known = self._documents.by_sha256(staged.sha256)
            if known is not None:
                return self._known(found.path, known)
            with self._reading:
                reading = self._readers.read(staged.file, options, self._stop.is_set)
            if self._stop.is_set():
                raise Cancelled
            self._blobs.keep(staged)
            source = Source(
                _readable(found.path.name), staged.sha256, staged.size, options.collection
            )
            return self._write_down(found.path, reading, source)
        finally:
            self._blobs.discard(staged)

    def _known(self, path: Path, identity: str) -> ImportResult:
        document = self._documents.get(identity)
        return ImportResult(
            path,
            ImportStatus.KNOWN,
            identity,
            document.page_count,
            document.characters,
            document.unsearchable_pages,
            reason=f"The same file is in the archive as “{document.title}”.",
        )

    def _write_down(self, path: Path, reading: Reading, source: Source) -> ImportResult:
        try:
            with self._database.write():
                identity = self._documents.add(reading, source)
                self._add_highlights(identity, reading)
        except driver.integrity_errors():
            known = self._documents.by_sha256(source.sha256)
            if known is None:
                raise
            return self._known(path, known)
        return ImportResult(
            path,
            ImportStatus.ADDED,
            identity,
            len(reading.pages),
            sum(len(page.text) for page in reading.pages)
            + (max(0, len(reading.pages) - 1) if reading.paged else 0),
            tuple(
                number for number, page in enumerate(reading.pages, 1) if not page.state.searchable
            ),
            reason=" ".join(reading.warnings),
        )

    def _add_highlights(self, identity: str, reading: Reading) -> None:
        """Make passages of the highlights that other programs left in the file."""
        if not reading.highlights:
            return
        text = canonical(reading)
        document = self._documents.get(identity)
        pages = self._documents.pages(identity)
        for highlight in reading.highlights:
            self._add_highlight(highlight, text, document, pages)

    def _add_highlight(
        self, highlight: FoundHighlight, text: str, document: Document, pages: list[Page]
    ) -> None:
        start, end = highlight.span.start, highlight.span.end
        try:
            anchor = tagging.anchor_of(
                text, start, end, document, pages, lambda *_: highlight.rects
            )
        except BadInput:
            return  # a mark over no words; the file still shows it
        passage = tagging.new_passage(
            document.id,
            anchor,
            (),
            highlight.comment,
            origin="annotation",
            creator=highlight.author,
        )
        self._passages.add(passage)


def _readable(name: str) -> str:
    """Return a file name as text, with marks in the place of bytes that are none."""
    return os.fsencode(name).decode("utf-8", "replace")


def _require_file(path: Path) -> None:
    if not path.is_file():
        why = "This is not a file that can be read." if path.exists() else "There is no such file."
        raise UnreadableFile(why)


def _why_skipped(found: Found) -> str:
    if not found.named and found.path.is_symlink():
        return "This is a link, and links are not followed. Import what it points to."
    if not found.named and found.path.suffix.lower() in NEVER_READ:
        return "Files of this kind hold no text that Muniment reads."
    return ""


def _timed(result: ImportResult, begin: float) -> ImportResult:
    return replace(result, seconds=round(time.monotonic() - begin, 3))
