"""Reading a PDF inside a reader: page after page, then what holds them together."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from index.errors import UnreadableFile
from index.model import PAGE_BREAK, Note, PageState
from index.reading import notes, pdf_marks, pdf_sizes, pdf_structure, running_heads, xmp
from index.reading.note_markers import Marker, shifted
from index.reading.notes_pdf import PageNotes
from index.reading.pdf_file import PdfFile, sheet, text_of
from index.reading.pdf_text import letters
from index.reading.result import FoundHighlight, PageText, Reading
from index.reading.source import Source
from index.reading.versions import EXTRACTOR

MEDIA_TYPE = "application/pdf"
MAX_CHARACTERS = 60_000_000
ENOUGH = 50
"""After how many pages that cannot be opened a file is given up."""


OnPage = Callable[[int, int, PageText], None]
"""Called with the page's index, the number of pages, and the page, as each is ready."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page with what was seen on it; offsets count from its own beginning."""

    text: PageText
    markers: Sequence[Marker] = ()
    breaks: Sequence[int] = ()
    highlights: Sequence[FoundHighlight] = ()
    title: str = ""  # looked for on the first page only


def read(
    source: Source,
    passwords: tuple[str, ...],
    skip: frozenset[int],
    at_page: Callable[[int], None],
    on_page: OnPage,
) -> Reading:
    """Read a whole PDF; pages in `skip` (they ended a reader before) are marked as failed.

    `at_page` is called before a page is begun, and after the last one with their number.
    """
    file = PdfFile(source.address, source.size, passwords)
    labels = pdf_structure.labels(file)
    pages: list[PageText] = []
    markers: list[Marker] = []
    breaks: list[int] = []
    highlights: list[FoundHighlight] = []
    title = ""
    total = 0
    on_pages: list[int] = []
    referred: set[int] = set()
    for index in range(file.page_count):
        label = labels[index]
        page = PageText("", label, PageState.FAILED)
        if index not in skip:
            at_page(index)
            seen = _page(file, index, label, total, referred)
            page = seen.text
            markers += [shifted(marker, total) for marker in seen.markers]
            on_pages += [index] * len(seen.markers)
            referred.update(marker.number for marker in seen.markers if marker.refers)
            breaks += [total + at for at in seen.breaks]
            highlights += seen.highlights
            title = title or seen.title
        total += len(page.text) + len(PAGE_BREAK)
        if total > MAX_CHARACTERS:
            raise UnreadableFile("The PDF holds more text than a report can have.")
        pages.append(page)
        if index == ENOUGH and all(page.state is PageState.FAILED for page in pages):
            raise UnreadableFile("The PDF has no pages that can be found.")
        on_page(index, file.page_count, page)
    at_page(file.page_count)
    return Reading(
        media_type=MEDIA_TYPE,
        extractor=EXTRACTOR,
        paged=True,
        pages=pages,
        csl={"type": "report"},
        details={
            "facts": [*pdf_structure.facts(file), *xmp.facts(source), *_titled(title)],
            **_numbering(pages),
        },
        highlights=highlights,
        outline=pdf_structure.outline(file),
        notes=_notes(PAGE_BREAK.join(page.text for page in pages), markers, on_pages, breaks),
    )


def _page(file: PdfFile, index: int, label: str, start: int, referred: Collection[int]) -> _Page:
    """Read one page; one that cannot be opened is a failed page and no failed file."""
    try:
        with file.page(index) as page, text_of(page) as text_page:
            on = sheet(page)
            width, height = (round(side, 2) for side in on.size)
            found = letters(text_page)
            text = found.text
            if not text or text.isspace():
                return _Page(PageText("", label, _state_without_text(page), width, height))
            looker = PageNotes(text_page, found, on)
            markers = looker.markers(referred)
            first = min((marker.start for marker in markers if marker.defines), default=None)
            return _Page(
                PageText(text, label, PageState.TEXT, width, height),
                markers,
                [len(text)] if first is None else looker.breaks(first),
                pdf_marks.marks(page, text_page, found, on, index, start),
                pdf_sizes.title(text_page, found) if index == 0 else "",
            )
    except UnreadableFile:
        return _Page(PageText("", label, PageState.FAILED))


def _notes(
    text: str, markers: Sequence[Marker], on_pages: Sequence[int], breaks: Sequence[int]
) -> Sequence[Note]:
    """Return the notes that markers make, when any of them refers to one."""
    if not any(marker.refers for marker in markers):
        return ()
    return notes.resolve(text, running_heads.without_heads(markers, on_pages, text), breaks)


def _titled(title: str) -> list[tuple[str, str, str, float]]:
    return [("title", title, "the largest words of the first page", 0.6)] if title else []


def _numbering(pages: Sequence[PageText]) -> dict[str, Any]:
    """Return the page labels that printed numbers suggest, where the file has none of its own."""
    if any(page.label != str(index + 1) for index, page in enumerate(pages)):
        return {}
    texts = [page.text for page in pages]
    numberings = running_heads.guess(texts)
    guessed = running_heads.labels(texts, numberings)
    if not numberings or guessed == [page.label for page in pages]:
        return {}
    return {
        "guessed_labels": guessed,
        "guessed_labels_agreeing": sum(numbering.agreeing for numbering in numberings),
    }


def _state_without_text(page: Any) -> PageState:
    """Tell an empty page from one with something to see."""
    shown = raw.FPDFPage_CountObjects(page) > 0 or raw.FPDFPage_GetAnnotCount(page) > 0
    return PageState.NO_TEXT if shown else PageState.EMPTY
