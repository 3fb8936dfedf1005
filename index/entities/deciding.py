"""Deciding about mentions: accepted ones become passages, the others are remembered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from razdel import sentenize

from index import graphemes
from index.entities.review import exclude
from index.model import Alias, Mention, Passage, Span
from index.store.history import now

if TYPE_CHECKING:
    import sqlite3

    from index.library import Library

AROUND = 800  # code points on each side in which a sentence is looked for
LONGEST = 700  # code points of a passage that is made of a mention
ACCEPTED, REJECTED, SOMEBODY_ELSE = "accepted", "rejected", "somebody else"
_BREAK = re.compile(r"\f|\r?\n[ \t]*\r?\n")

Decided = tuple[str, int, int, str]  # document, start, end, entity


def sentence_around(text: str, start: int, end: int) -> Span:
    """Return the sentence in which a range stands, never beyond its paragraph or page."""
    low, high = max(0, start - AROUND), min(len(text), end + AROUND)
    for found in _BREAK.finditer(text, low, start):
        low = found.end()
    after = _BREAK.search(text, end, high)
    high = after.start() if after else high
    first, last = start, end
    for sentence in sentenize(text[low:high]):
        begin, stop = low + sentence.start, low + sentence.stop
        if begin < end and stop > start:
            first, last = min(first, begin), max(last, stop)
    if last - first > LONGEST:
        first, last = start, end
    return Span(graphemes.snap_back(text, first), graphemes.snap_forward(text, last))


def decided(connection: sqlite3.Connection, document: str) -> set[Decided]:
    """Return what was decided about the mentions in a document."""
    return {
        (row[0], row[1], row[2], row[3])
        for row in connection.execute(
            "SELECT document, start, end, entity FROM decision WHERE document = ?", (document,)
        )
    }


def accept(library: Library, mentions: Sequence[Mention]) -> None:
    """Make passages of mentions; one that stands there already gains the entity."""
    by_document: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_document.setdefault(mention.document, []).append(mention)
    for document, found in by_document.items():
        text = library.text(document)
        standing = {
            (passage.anchor.start, passage.anchor.end): passage
            for passage in library.passages(document=document)
        }
        for mention in found:
            span = sentence_around(text, mention.start, mention.end)
            passage = _tagged(library, mention, standing.get((span.start, span.end)), span)
            standing[span.start, span.end] = passage
    remember(library, mentions, ACCEPTED)


def _tagged(library: Library, mention: Mention, passage: Passage | None, span: Span) -> Passage:
    if passage is None:
        entities = [mention.entity]
        return library.tag(mention.document, span.start, span.end, entities, origin="review")
    if mention.entity not in passage.entities:
        entities = [*passage.entities, mention.entity]
        library.set_passage(passage.id, entities=entities)
        return replace(passage, entities=tuple(entities))
    return passage


def remember(library: Library, mentions: Iterable[Mention], verdict: str) -> None:
    """Write down what was decided, so that it is not proposed again."""
    taken = list(mentions)
    with library.database.write() as connection:
        if verdict == SOMEBODY_ELSE:
            exclude(connection, taken)
        connection.executemany(
            "INSERT OR REPLACE INTO decision (document, start, end, entity, verdict, decided)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [(m.document, m.start, m.end, m.entity, verdict, now()) for m in taken],
        )


def add_alias(library: Library, mention: Mention) -> None:
    """Put the words of a mention among the names of its entity."""
    entity = library.entity(mention.entity)
    name = " ".join(mention.text.split())
    if name not in entity.names:
        aliases = [*entity.aliases, Alias(name, source="review")]
        library.entities_store.update(entity.id, aliases=aliases)
