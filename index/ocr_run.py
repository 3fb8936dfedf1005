"""Reading pages without text from their pictures, page by page, so that it can be stopped.

What was recognised is written down every few seconds; a run that was stopped
goes on with the pages that are still without text.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index import anchoring, versions
from index.errors import BadInput
from index.model import Anchor, Changes, Page, PageState, Passage
from index.progress import NullProgress, Progress
from index.reading import ocr, scans
from index.reading.result import PageText, Reading
from index.reading.spawning import cores

if TYPE_CHECKING:
    from index.library import Library

SECONDS = 8.0
"""How long recognised pages wait to be written down."""

Found = dict[int, ocr.Recognised]


@dataclass(frozen=True, slots=True)
class Recognition:
    """What became of the pages without text."""

    documents: int = 0
    pages: int = 0  # now have text
    empty: int = 0  # looked at, with no words to be found
    changes: Changes = field(default_factory=Changes)


def ready() -> str:
    """Return why nothing can be recognised on this machine, as a sentence; empty when it can."""
    return "" if ocr.installed() else ocr.MISSING


def missing_languages(languages: Sequence[str]) -> tuple[str, ...]:
    """Return the wanted languages (ISO 639-1) for which no language data is installed."""
    return tuple(code for code in languages if not ocr.languages((code,)))


def recognise(
    library: Library,
    documents: Iterable[str],
    languages: Sequence[str] = (),
    progress: Progress | None = None,
) -> Recognition:
    """Recognise every page without text of these documents; the search index follows.

    Cancelling keeps what was recognised and raises `Cancelled`. Raises
    `BadInput` when there is nothing to recognise with, and `PasswordNeeded`.
    """
    if reason := ready():
        raise BadInput(reason)
    progress = progress or NullProgress()
    work = {identity: _without_text(library, identity) for identity in documents}
    total = sum(len(pages) for pages in work.values())
    run = _Run(library, languages, progress, total)
    try:
        for identity, wanted in work.items():
            if wanted:
                run.document(identity, wanted)
    finally:
        if run.pages:
            library.follow()
    return Recognition(len(run.touched), run.pages, run.empty, Changes(frozenset(run.touched)))


def _without_text(library: Library, identity: str) -> list[int]:
    return [page.index for page in library.pages(identity) if page.state is PageState.NO_TEXT]


class _Run:
    """One run over some documents."""

    def __init__(
        self, library: Library, languages: Sequence[str], progress: Progress, total: int
    ) -> None:
        self._library, self._languages = library, languages
        self._progress, self._total = progress, total
        self._done = 0
        self.touched: set[str] = set()
        self.pages = self.empty = 0

    def document(self, identity: str, wanted: list[int]) -> None:
        """Recognise pages of a document, several at once, and write them down in turns."""
        title = self._library.document(identity).title
        view = self._library.open_view(identity)
        step = cores()
        found: Found = {}
        written = time.monotonic()
        try:
            with ThreadPoolExecutor(step, thread_name_prefix="recognise") as pool:
                for at in range(0, len(wanted), step):
                    self._progress.report(self._done, self._total, title)
                    some = wanted[at : at + step]
                    read = pool.map(
                        lambda page: scans.recognise_page(view, page, self._languages), some
                    )
                    for page, recognised in zip(some, read, strict=True):
                        self._done += 1
                        if recognised is not None and recognised.text:
                            found[page] = recognised
                        else:
                            self.empty += 1
                    if time.monotonic() - written > SECONDS:
                        self._write(identity, found)
                        found, written = {}, time.monotonic()
                self._progress.report(self._done, self._total, title)
        finally:
            view.close()
            self._write(identity, found)

    def _write(self, identity: str, found: Found) -> None:
        if found:
            put(self._library, identity, found)
            self.touched.add(identity)
            self.pages += len(found)


def put(library: Library, identity: str, found: Found) -> None:
    """Write recognised pages down; passages after them stay on their words."""
    with library.database.write():
        before = library.pages(identity)
        library.documents_store.replace_text(identity, with_pages(stored(library, identity), found))
        after = library.pages(identity)
        text = library.text(identity)
        library.forget_view(identity)
        for passage in library.passages(document=identity):
            anchor = _shifted(library, passage, before, after, text)
            library.passages_store.update(passage.id, anchor=anchor)


def stored(library: Library, identity: str) -> Reading:
    """Return a document of the record as the reading it was made from, without highlights."""
    document = library.document(identity)
    details = library.details(identity)
    warnings = tuple(details.pop("warnings", ()))
    details.pop("outline", None)
    return Reading(
        media_type=document.media_type,
        extractor=document.extractor,
        paged=document.paged,
        pages=[
            PageText(
                library.text(identity, page.number),
                page.label,
                page.state,
                page.width,
                page.height,
            )
            for page in library.pages(identity)
        ],
        csl=document.csl,
        origins=library.origins(identity),
        notes=library.notes(identity),
        outline=library.outline(identity),
        details=details,
        warnings=tuple(w for w in warnings if w != ocr.MISSING and "recognised" not in w),
    )


def with_pages(reading: Reading, found: Found) -> Reading:
    """Return a reading with recognised pages put in, those recognised before kept."""
    merged = scans.merged(reading, found, sorted(found))
    words = {**dict(reading.details.get("ocr", {})), **dict(merged.details.get("ocr", {}))}
    return replace(merged, details={**merged.details, "ocr": words}) if words else merged


def kept(library: Library, identity: str) -> Found:
    """Return what was recognised of a document before, page by page."""
    words = ocr.stored(library.details(identity))
    return {
        page: ocr.Recognised(library.text(identity, page + 1), tuple(found))
        for page, found in words.items()
    }


def _shifted(
    library: Library, passage: Passage, before: list[Page], after: list[Page], text: str
) -> Anchor:
    """Return a passage's anchor in the longer text: the same words, further back."""
    old = passage.anchor
    first = anchoring.page_at(before, old.start).index
    last = anchoring.page_at(before, old.end - 1).index
    start = old.start + after[first].start - before[first].start
    end = old.end + after[last].start - before[last].start
    document = library.document(passage.document)
    if text[start:end] != old.exact:
        # Pages between its first and its last have words now, or it never fitted the text.
        again = anchoring.find_again(text, old, same_text=False)
        return versions.settled(library, passage, again, text, document)
    described = anchoring.describe(text, start, end, document, after)
    return replace(described, rects=old.rects, status=old.status, score=old.score)
