"""The texts of documents gone through already, whole or only the pages that are wanted."""

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
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


def known_texts(
    connection: sqlite3.Connection, pages: Sequence[int] | None, version: int
) -> Iterator[tuple[int, str, KnownText]]:
    """Yield documents that version `version` went through: number, id, and text.

    With `pages`, only documents that have some of them, and only those pages.
    """
    documents = connection.execute(
        "SELECT d.number, d.id, d.paged FROM document d"
        " JOIN claimed_document c ON c.document = d.number"
        " WHERE c.text_sha256 = ? || d.text_sha256 ORDER BY d.number",
        (f"{version}:",),
    ).fetchall()
    wanted = None if pages is None else _by_document(connection, pages)
    for number, identity, paged in documents:
        glue = PAGE_BREAK if paged else ""
        if wanted is None:
            rows = connection.execute(
                "SELECT text FROM page WHERE document = ? ORDER BY idx", (number,)
            )
            yield number, identity, KnownText(glue.join(row[0] for row in rows))
        elif number in wanted:
            yield number, identity, _partly(connection, wanted[number], glue)


def _by_document(connection: sqlite3.Connection, pages: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for page, document in connection.execute(
        "SELECT id, document FROM page WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(pages)),),
    ):
        found.setdefault(document, []).append(page)
    return found


def _partly(connection: sqlite3.Connection, pages: Sequence[int], glue: str) -> KnownText:
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
