"""Formatted citations of documents in one style, through citeproc-py.

A citation is rendered once for each document and position (first, subsequent,
ibid.) with a mark where the page goes, and the page is put in afterwards: the
processor needs milliseconds a citation, and a bundle has thousands. A range of
pages is rendered as it is, for styles shorten ranges. Each document is cited
with the words of its own language.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.citing import styles
from index.citing.locators import Place
from index.citing.positions import Position, position_of, sharing_authors, year_suffixes
from index.citing.processor import Processor
from index.citing.rich import (
    FIRST_NOTE,
    GAP,
    IN_QUOTE,
    LOCATOR,
    Rich,
    parse,
    to_html,
    to_markdown,
    to_text,
    without_marks,
)
from index.model import Document

# What is left where a date or a place is missing: “, ,” and “. ,” and “. .”.
_EMPTY_PART = re.compile(
    r"([,;])(?:\s*\1)+|(\.)\s+[,:](?=\s)|[,;]\s+(:)(?=\s)|(?<![.\s])(\.)\s\.(?!\s?\.)(?=\s|$)|\s(\.)$"
)
_FORMAT = "[\ue100-\ue10b]*"
_GAP = re.compile(rf"([\s{GAP}]*{GAP}[\s{GAP}\ue100-\ue10b]*)(?=([.,;:]?))")
_IN_QUOTE = re.compile(rf"(.?)({_FORMAT}){IN_QUOTE}([”’\"'»]*)({_FORMAT})([.,]?)")


@dataclass(frozen=True, slots=True)
class Citation:
    """One formatted citation and the entry of its document in the bibliography."""

    citation: str
    bibliography: str
    citation_rich: Rich = ()
    bibliography_rich: Rich = ()

    @property
    def html(self) -> str:
        """The citation as HTML."""
        return to_html(self.citation_rich)

    @property
    def markdown(self) -> str:
        """The citation as Markdown."""
        return to_markdown(self.citation_rich)


class Citer:
    """Cites documents in one style; may be used from any thread."""

    def __init__(self, style: str = styles.DEFAULT, documents: Iterable[Document] = ()) -> None:
        self.style = style
        xml = styles.load(style)
        self.notes = styles.is_note_style(xml)
        self._looks_back = self.notes and b'variable="first-reference-note-number"' in xml
        self._processor = Processor(style, xml)
        self._lock = threading.RLock()
        self._cache: dict[tuple[str, Position, str, str, bool], str] = {}
        self._listed: list[tuple[str, Rich]] = []
        documents = list(documents)
        self._processor.suffixes = year_suffixes(documents)
        self._processor.ambiguous = sharing_authors(documents)
        for document in documents:
            self._processor.add(document)

    def cite(
        self,
        document: Document,
        place: Place | None = None,
        position: Position = Position.FIRST,
    ) -> Citation:
        """Return the citation of a place in a document, and the document's bibliography entry."""
        with self._lock:
            self._add(document)
            cited = parse(self._citation(document, place, position))
            listed = parse(self._entry(document))
        return Citation(to_text(cited), to_text(listed), cited, listed)

    def sequence(self, cites: Sequence[tuple[Document, Place | None]]) -> list[Rich]:
        """Return the citations as they read one after another, with ibid. and short forms."""
        found = []
        last: dict[str, int] = {}
        first: dict[str, int] = {}
        with self._lock:
            for document, _ in cites:
                self._add(document)
            for n, (document, place) in enumerate(cites):
                position = position_of(cites, n, last)
                last[document.id] = n
                note = str(first.setdefault(document.id, n) + 1)
                again = position is not Position.FIRST
                text = self._citation(document, place, position, noted=self._looks_back and again)
                found.append(parse(text.replace(FIRST_NOTE, note)))
        return found

    def bibliography(self) -> list[tuple[str, Rich]]:
        """Return the id and the entry of every document cited so far, in the style's order."""
        with self._lock:
            if not self._listed:
                self._listed = [
                    (document.id, parse(self._entry(document)))
                    for document in self._processor.in_order()
                ]
            return list(self._listed)

    def _add(self, document: Document) -> None:
        if self._processor.add(document):
            self._listed = []
            for key in [key for key in self._cache if key[0] == document.id]:
                del self._cache[key]

    def _citation(
        self, document: Document, place: Place | None, position: Position, noted: bool = False
    ) -> str:
        value = without_marks(place.value) if place else ""
        single = bool(place) and not any(sign in value for sign in "-–—,&;")
        shown = LOCATOR if single else value
        key = (document.id, position, place.label if place else "", shown, noted)
        if key not in self._cache:
            cited = self._processor.cite(document, place, shown, position, noted)
            self._cache[key] = _tidied(cited)
        return self._cache[key].replace(LOCATOR, value) if single else self._cache[key]

    def _entry(self, document: Document) -> str:
        key = (document.id, Position.FIRST, "bibliography", "", False)
        if key not in self._cache:
            self._cache[key] = _tidied(self._processor.entry(document))
        return self._cache[key]


def _tidied(marked: str) -> str:
    """Return a citation without what missing parts leave, its full stops inside quotes."""
    text = _GAP.sub(_parted, marked)
    text = _IN_QUOTE.sub(_stop_inside, text)
    return _EMPTY_PART.sub(lambda found: next(filter(None, found.groups())), text).strip()


def _parted(found: re.Match[str]) -> str:
    space = "" if found[2] else " "
    return space + re.sub(rf"[\s{GAP}]", "", found[1])


def _stop_inside(found: re.Match[str]) -> str:
    last, closed, quote, outer, stop = found.groups()
    needless = last == stop or (stop == "." and last in "?!")
    return f"{last}{'' if needless else stop}{closed}{quote}{outer}"
