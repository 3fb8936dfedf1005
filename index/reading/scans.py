"""Pages without text in a reading: which are recognised, for how long, and what is said of them."""

import time
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from index.errors import UnreadableFile
from index.files import AnyFile, size_of
from index.model import ImportOptions, PageState, Span
from index.progress import Cancelled
from index.reading import ocr
from index.reading.result import PageText, Reading
from index.reading.view import DocumentView

SECONDS = 11.0
"""How long the recognition of a small file may take when nobody asked for it expressly."""

SECONDS_A_MEGABYTE = 20.0
"""How much longer it may take for every megabyte of a big file, as scans are."""

DRAWING = 4.0
"""How long the drawing of a page for recognition may take."""

LAST_PAGE = 3.0
"""How much longer the last page may take."""

BIG = 1 << 20
Open = Callable[[AnyFile, str, str | None], DocumentView]


def with_recognised(
    reading: Reading,
    path: AnyFile,
    options: ImportOptions,
    view: Open,
    begin: float,
    stopped: Callable[[], bool] = bool,
) -> Reading:
    """Return a reading whose pages without text are recognised, as the options say.

    `begin` is the moment (monotonic) when the reading of the file began;
    `stopped` ends it with `Cancelled` between two pages.
    """
    wanted = _wanted(reading, options.ocr)
    if not wanted or options.ocr == "never":
        return reading
    if not ocr.installed():
        return replace(reading, warnings=(*reading.warnings, ocr.MISSING))
    size = size_of(path)
    seconds = SECONDS + (SECONDS_A_MEGABYTE * size / BIG if size > BIG else 0.0)
    limit = None if options.ocr == "always" else begin + seconds
    found: dict[int, ocr.Recognised] = {}
    try:
        document = _open(path, options.passwords, view)
    except UnreadableFile:
        return reading
    try:
        for index in wanted:
            if stopped():
                raise Cancelled
            if limit is not None and time.monotonic() > limit:
                break
            left = None if limit is None else limit - time.monotonic() + LAST_PAGE
            page = recognise_page(document, index, options.languages, left)
            if page is not None:
                found[index] = page
    finally:
        document.close()
    return merged(reading, found, wanted)


def recognise_page(
    document: DocumentView, index: int, languages: Sequence[str], seconds: float | None = None
) -> ocr.Recognised | None:
    """Recognise one page of an open document; None when it cannot be drawn or recognised."""
    try:
        document.patience = DRAWING
        picture = document.draw_grey(index, ocr.DOTS_PER_INCH / 72)
        width = document.size(index)[0]
        # A huge page comes smaller than it was asked for.
        scale = picture.width / width if width else ocr.DOTS_PER_INCH / 72
        return ocr.recognise(picture, scale, languages, seconds or ocr.SECONDS_A_PAGE)
    except UnreadableFile:
        return None


def _wanted(reading: Reading, mode: str) -> list[int]:
    states = {PageState.NO_TEXT} if mode == "auto" else {PageState.NO_TEXT, PageState.TEXT}
    return [index for index, page in enumerate(reading.pages) if page.state in states]


def _open(path: AnyFile, passwords: Sequence[str], view: Open) -> DocumentView:
    for password in passwords:
        try:
            return view(path, "application/pdf", password)
        except UnreadableFile:
            continue
    return view(path, "application/pdf", None)


def merged(reading: Reading, found: dict[int, ocr.Recognised], wanted: list[int]) -> Reading:
    """Put recognised text in its place and move every offset behind it."""
    pages: list[PageText] = []
    words: dict[str, Any] = {}
    moves: list[tuple[int, int]] = []  # old start of a page, how far it moves
    old = new = 0
    for index, page in enumerate(reading.pages):
        moves.append((old, new - old))
        old += len(page.text) + 1
        recognised = found.get(index)
        if recognised is not None and recognised.text:
            page = replace(page, text=recognised.text, state=PageState.OCR)
            words[str(index)] = ocr.to_details(recognised.words)
        pages.append(page)
        new += len(page.text) + 1
    left = sum(index not in found for index in wanted)
    warnings = list(reading.warnings)
    if left:
        warnings.append(f"Pages still to be recognised: {left} of {len(wanted)}.")
    if not words:
        return replace(reading, warnings=tuple(warnings))
    return replace(
        reading,
        pages=tuple(pages),
        details={**reading.details, "ocr": words},
        warnings=tuple(warnings),
        **_moved(reading, moves, {int(index) for index in words}),
    )


def _moved(reading: Reading, moves: list[tuple[int, int]], redone: set[int]) -> dict[str, Any]:
    """Return notes and highlights moved; those on pages read anew from a picture are dropped."""
    starts = [start for start, _ in moves]

    def page_of(at: int) -> int:
        return max(0, bisect_right(starts, at) - 1)

    def span(old: Span) -> Span:
        by = moves[page_of(old.start)][1]
        return Span(old.start + by, old.end + by)

    notes = []
    for note in reading.notes:
        if page_of(note.start) in redone:
            continue
        place = span(Span(note.start, note.end))
        kept = tuple(span(ref) for ref in note.references if page_of(ref.start) not in redone)
        notes.append(replace(note, start=place.start, end=place.end, references=kept))
    highlights = [
        replace(found, span=span(found.span))
        for found in reading.highlights
        if found.page not in redone
    ]
    return {"notes": tuple(notes), "highlights": tuple(highlights)}
