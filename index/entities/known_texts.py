"""The texts of documents gone through already, whole or only the pages that are wanted."""

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from index.model import PAGE_BREAK, Mention

APART = "\n\n\f\n\n"  # between pages that do not follow one another: no name goes on there


@dataclass(frozen=True, slots=True)
class KnownText:
    """Pieces of a document's text as one, and where each stands in the whole."""

    text: str
    places: tuple[tuple[int, int], ...] = ((0, 0),)  # offsets here and in the document

    def placed(self, mentions: Iterable[Mention]) -> Iterator[Mention]:
        """Yield mentions in this text with the offsets of the document."""
        for mention in mentions:
            here, there = self.places[bisect_right(self.places, (mention.start + 1,)) - 1]
            shift = there - here
            if shift:
                mention = replace(mention, start=mention.start + shift, end=mention.end + shift)
            yield mention


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document that was gone through already."""

    number: int
    id: str
    glue: str  # between its pages

    def text(self, connection: sqlite3.Connection) -> KnownText:
        """Return the whole text."""
        rows = connection.execute(
            "SELECT text FROM page WHERE document = ? ORDER BY idx", (self.number,)
        )
        return KnownText(self.glue.join(row[0] for row in rows))

    def pages(self, connection: sqlite3.Connection, wanted: Iterable[int]) -> KnownText:
        """Return some pages as one text."""
        return _partly(connection, wanted, self.glue)


def known_documents(connection: sqlite3.Connection, version: int) -> Iterator[KnownDocument]:
    """Yield the documents that version `version` went through."""
    rows = connection.execute(
        "SELECT d.number, d.id, d.paged FROM document d"
        " JOIN claimed_document c ON c.document = d.number"
        " WHERE c.text_sha256 = ? || d.text_sha256 ORDER BY d.number",
        (f"{version}:",),
    ).fetchall()
    for number, identity, paged in rows:
        yield KnownDocument(number, identity, PAGE_BREAK if paged else "")


def _partly(connection: sqlite3.Connection, pages: Iterable[int], glue: str) -> KnownText:
    rows = connection.execute(
        "SELECT start, text FROM page WHERE id IN (SELECT value FROM json_each(?)) ORDER BY start",
        (json.dumps(list(pages)),),
    )
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    here, end = 0, -1
    for start, text in rows:
        between = (glue if start == end + len(glue) else APART) if parts else ""
        here += len(between)
        places.append((here, start))
        parts += (between, text)
        here, end = here + len(text), start + len(text)
    return KnownText("".join(parts), tuple(places))
