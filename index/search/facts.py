"""What the record knows of documents and passages, as tables to filter and to sort by.

Tags, collections and titles change every day, and the index does not: it holds
words only. These facts are read from SQLite, kept until the record changes, and
laid over what the index found.
"""

import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.model import SearchRequest
from index.search.analysis import fold
from index.search.query import Field
from index.store.database import Database

Table = NDArray[np.bool_]
UNSEARCHABLE = "state IN ('no_text', 'failed')"  # as the partial index has it


@dataclass(frozen=True, slots=True)
class Facts:
    """One row a document; every table is indexed by the document's number."""

    present: Table
    ids: list[str]
    titles: list[str]
    collections: list[str | None]
    languages: list[str | None]
    issued: list[str | None]
    publishers: list[str | None]
    kinds: list[str]
    unsearchable: NDArray[np.int64]  # pages that cannot be searched
    noted: Table  # whether it has footnotes
    by_date: NDArray[np.int64]  # rank, newest first, those without a date last
    by_title: NDArray[np.int64]

    def numbers(self, wanted: Iterable[int]) -> Table:
        """Return a table that is true for these documents."""
        table = np.zeros(len(self.present), bool)
        table[list(wanted)] = True
        return table

    def where(self, values: list[str | None], wanted: str) -> Table:
        """Return a table of the documents of which a fact has a value, whatever its case."""
        lowered = wanted.casefold()
        return self.numbers(
            n for n, value in enumerate(values) if value is not None and value.casefold() == lowered
        )

    def between(self, since: str | None, until: str | None) -> Table:
        """Return a table of the documents issued in a time, borders included."""
        return self.numbers(
            n
            for n, issued in enumerate(self.issued)
            if issued
            and (not since or issued[: len(since)] >= since[: len(issued)])
            and (not until or issued[: len(until)] <= until)
        )

    def titled(self, words: str) -> Table:
        """Return a table of the documents whose title has all these words in it."""
        wanted = [fold(word) for word in words.casefold().split()]
        return self.numbers(
            n
            for n, title in enumerate(self.titles)
            if title and all(word in fold(title.casefold()) for word in wanted)
        )


class FactKeeper:
    """Reads the facts again when the record has changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._local = threading.local()

    def current(self) -> Facts:
        """Return the facts as this thread sees the record now."""
        connection = self._database.read()
        state = (self._database.data_version(), connection.total_changes)
        if getattr(self._local, "state", None) != state:
            self._local.facts = read(connection)
            self._local.state = state
        facts: Facts = self._local.facts
        return facts


def read(connection: sqlite3.Connection) -> Facts:
    """Read the facts of every document."""
    rows = connection.execute(
        "SELECT number, id, title, collection, language, issued, publisher, media_type"
        " FROM document"
    ).fetchall()
    size = max((row[0] for row in rows), default=0) + 1
    present = np.zeros(size, bool)
    columns: list[list[str | None]] = [[None] * size for _ in range(7)]
    for row in rows:
        present[row[0]] = True
        for column, value in zip(columns, row[1:], strict=False):
            column[row[0]] = value
    unsearchable = np.zeros(size, np.int64)
    for number, pages in connection.execute(
        f"SELECT document, count(*) FROM page WHERE {UNSEARCHABLE} GROUP BY document"
    ):
        unsearchable[number] = pages
    noted = np.zeros(size, bool)
    noted[[row[0] for row in connection.execute("SELECT DISTINCT document FROM note")]] = True
    ids, titles, collections, languages, issued, publishers, kinds = columns
    return Facts(
        present=present,
        ids=[value or "" for value in ids],
        titles=[value or "" for value in titles],
        collections=collections,
        languages=languages,
        issued=issued,
        publishers=publishers,
        kinds=[value or "" for value in kinds],
        unsearchable=unsearchable,
        noted=noted,
        by_date=_ranks([value or "" for value in issued], newest_first=True),
        by_title=_ranks([(value or "").casefold() for value in titles]),
    )


def _ranks(values: list[str], *, newest_first: bool = False) -> NDArray[np.int64]:
    distinct = sorted(set(values), reverse=newest_first)
    rank = {value: number for number, value in enumerate(distinct)}
    return np.array([rank[value] for value in values], np.int64)


def scope(facts: Facts, request: SearchRequest) -> Table | None:
    """Return the documents that the filters of a request let through; None means all."""
    tables = []
    if request.collection is not None:
        tables.append(facts.where(facts.collections, request.collection))
    if request.language is not None:
        tables.append(facts.where(facts.languages, request.language))
    if request.document is not None:
        tables.append(facts.where(list(facts.ids), request.document))
    if request.since or request.until:
        tables.append(facts.between(request.since, request.until))
    if request.publisher is not None:
        tables.append(facts.where(facts.publishers, request.publisher))
    if request.kind is not None:
        tables.append(facts.where(list(facts.kinds), request.kind))
    if request.year is not None:
        tables.append(facts.between(request.year, request.year))
    if request.noted is not None:
        tables.append(facts.noted == request.noted)
    if request.unsearchable is not None:
        tables.append((facts.unsearchable > 0) == request.unsearchable)
    if request.newer_than:
        tables.append(np.arange(len(facts.present)) > request.newer_than)
    return np.logical_and.reduce(tables) if tables else None


PASSAGE_PAGES = (
    "SELECT DISTINCT p.id FROM passage s JOIN document d ON d.id = s.document"
    " JOIN page p INDEXED BY page_extent"
    " ON p.document = d.number AND p.start < s.end AND p.end > s.start"
)


def tagged_pages(connection: sqlite3.Connection, entity: str | None = None) -> list[int]:
    """Return the pages with passages, all or those of one entity."""
    if entity is None:
        return [row[0] for row in connection.execute(PASSAGE_PAGES)]
    clause = (
        " WHERE EXISTS (SELECT 1 FROM passage_entity e WHERE e.passage = s.id AND e.entity = ?)"
    )
    return [row[0] for row in connection.execute(PASSAGE_PAGES + clause, (entity,))]


def field_documents(facts: Facts, field: Field) -> Table:
    """Return the documents that a field of a query stands for."""
    match field.name:
        case "title":
            return facts.titled(field.value)
        case "language":
            return facts.where(facts.languages, field.value)
        case "collection":
            return facts.where(facts.collections, field.value)
        case _:
            since, _, until = field.value.partition("..")
            return facts.between(since or None, (until if ".." in field.value else since) or None)


def field_pages(connection: sqlite3.Connection, field: Field) -> list[int]:
    """Return the pages with passages that `tag:` or `note:` stands for."""
    wanted = fold(field.value.casefold())
    if field.name == "note":
        rows = connection.execute("SELECT id, note FROM passage WHERE note <> ''")
        passages = [row[0] for row in rows if wanted in fold(row[1].casefold())]
    else:
        entities = [
            row[0]
            for row in connection.execute(
                "SELECT id, name FROM entity UNION ALL SELECT entity, name FROM alias"
            )
            if wanted in (fold(row[1].casefold()), row[0])
        ]
        rows = connection.execute(
            "SELECT DISTINCT passage FROM passage_entity"
            f" WHERE entity IN ({', '.join('?' * len(entities))})",
            entities,
        )
        passages = [row[0] for row in rows]
    pages: set[int] = set()
    for passage in passages:
        pages.update(
            row[0] for row in connection.execute(PASSAGE_PAGES + " WHERE s.id = ?", (passage,))
        )
    return sorted(pages)
