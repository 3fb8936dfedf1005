"""Answering a query by reading every page: slow, plain, and what the index is checked against."""

import math
import sqlite3
from collections import Counter

from index.model import Hit, PageState, SearchRequest, Span
from index.search.analysis import Token, tokens
from index.search.matching import Finder
from index.search.query import (
    And,
    Everything,
    Field,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Word,
    leaves,
)
from index.search.snippets import snippet

_UNSEARCHABLE = tuple(state.value for state in PageState if not state.searchable)


def scan(
    connection: sqlite3.Connection, request: SearchRequest, node: Node
) -> list[tuple[int, float, int]]:
    """Return (page id, score, document number) of every page that matches, best first."""
    where, values = scope(request)
    fields = {field: pages_of(connection, field) for field in _fields(node)}
    finder = Finder(())
    rows = []
    wanted = leaves(node)
    frequencies: list[list[int]] = []
    for identity, document, text, issued, title in connection.execute(
        "SELECT p.id, p.document, p.text, d.issued, d.title FROM page p"
        f" JOIN document d ON d.number = p.document WHERE {where} ORDER BY p.id",
        values,
    ):
        found = list(tokens(text))
        if _matches(node, identity, found, finder, fields):
            frequencies.append([_count(leaf, found, finder) for leaf in wanted])
            rows.append((identity, document, issued or "", title))
    present = [sum(1 for counts in frequencies if counts[n]) for n in range(len(wanted))]
    scored = [
        (
            row[0],
            sum(
                math.log(1 + len(rows) / (1 + present[n])) * count / (count + 1.2)
                for n, count in enumerate(counts)
                if count
            ),
            row[1],
            row[2],
            row[3],
        )
        for row, counts in zip(rows, frequencies, strict=True)
    ]
    if request.sort == "date":
        scored.sort(key=lambda row: row[3], reverse=True)
    elif request.sort == "title":
        scored.sort(key=lambda row: row[4].casefold())
    else:
        scored.sort(key=lambda row: -row[1])
    return [(row[0], row[1], row[2]) for row in scored]


def _fields(node: Node) -> Counter[Field]:
    match node:
        case Field():
            return Counter([node])
        case And(parts) | Or(parts):
            return sum((_fields(part) for part in parts), Counter())
        case Not(part):
            return _fields(part)
        case _:
            return Counter()


def _matches(
    node: Node, page: int, found: list[Token], finder: Finder, fields: dict[Field, set[int]]
) -> bool:
    match node:
        case And(parts):
            return all(_matches(part, page, found, finder, fields) for part in parts)
        case Or(parts):
            return any(_matches(part, page, found, finder, fields) for part in parts)
        case Not(part):
            return not _matches(part, page, found, finder, fields)
        case Field():
            return page in fields[node]
        case Everything():
            return True
        case Nothing():
            return False
        case Word() | Phrase():
            return _count(node, found, finder) > 0


def _count(leaf: Word | Phrase, found: list[Token], finder: Finder) -> int:
    if isinstance(leaf, Word):
        return len(finder.places(leaf, found))
    if leaf.slop is None:
        return len(finder.runs(leaf, found))
    return len(finder.windows(leaf, found))


def scope(request: SearchRequest) -> tuple[str, list[object]]:
    """Return the SQL condition and its values for the filters of a request."""
    parts: list[str] = ["1"]
    values: list[object] = []
    for column, value in (
        ("d.collection", request.collection),
        ("d.language", request.language),
        ("d.id", request.document),
    ):
        if value is not None:
            parts.append(f"{column} = ?")
            values.append(value)
    if request.since:
        parts.append("d.issued >= ?")
        values.append(request.since)
    if request.until:
        parts.append("substr(d.issued, 1, ?) <= ?")
        values += [len(request.until), request.until]
    passages = (
        "SELECT 1 FROM passage s WHERE s.document = d.id AND s.start < p.end AND s.end > p.start"
    )
    if request.tagged is not None:
        parts.append(f"{'' if request.tagged else 'NOT '}EXISTS ({passages})")
    if request.entity is not None:
        parts.append(
            f"EXISTS ({passages} AND EXISTS"
            " (SELECT 1 FROM passage_entity e WHERE e.passage = s.id AND e.entity = ?))"
        )
        values.append(request.entity)
    return " AND ".join(parts), values


def pages_of(connection: sqlite3.Connection, field: Field) -> set[int]:
    """Return the ids of the pages that a field of the record answers with."""
    like = f"%{field.value}%"
    clauses: dict[str, tuple[str, list[object]]] = {
        "title": ("d.title LIKE ?", [like]),
        "language": ("d.language = ?", [field.value.lower()]),
        "collection": ("d.collection = ?", [field.value]),
        "date": ("d.issued LIKE ?", [f"{field.value}%"]),
    }
    clause, values = clauses.get(field.name, ("0", []))
    return {
        row[0]
        for row in connection.execute(
            f"SELECT p.id FROM page p JOIN document d ON d.number = p.document WHERE {clause}",
            values,
        )
    }


def hit(connection: sqlite3.Connection, page: int, score: float, finder: Finder) -> Hit:
    """Return one page as a hit."""
    row = connection.execute(
        "SELECT d.id, d.title, p.idx, p.label, p.start, p.text FROM page p"
        " JOIN document d ON d.number = p.document WHERE p.id = ?",
        (page,),
    ).fetchone()
    spans = finder.spans(row["text"])
    text, marks = snippet(row["text"], spans)
    start = row["start"]
    return Hit(
        document=row["id"],
        title=row["title"],
        page=row["idx"] + 1,
        label=row["label"],
        score=score,
        snippet=text,
        snippet_matches=marks,
        matches=tuple(Span(span.start + start, span.end + start) for span, _ in spans),
    )


def unsearchable(connection: sqlite3.Connection, request: SearchRequest) -> tuple[int, int]:
    """Return how many documents in scope have pages that cannot be searched, and how many pages."""
    where, values = scope(request)
    marks = ", ".join("?" * len(_UNSEARCHABLE))
    row = connection.execute(
        "SELECT count(DISTINCT p.document), count(*) FROM page p"
        f" JOIN document d ON d.number = p.document WHERE {where} AND p.state IN ({marks})",
        [*values, *_UNSEARCHABLE],
    ).fetchone()
    return int(row[0]), int(row[1])
