"""Going on with what is being typed: fields, entities, facts of the record, words."""

import re
import sqlite3

from index.model import Completion
from index.search.analysis import fold, normal, plain, simplified
from index.search.folder import Snapshot
from index.search.parsing import FIELDS
from index.search.termfile import TermFile

_TYPED = re.compile(r"(?:(?P<field>[a-z]+):)?(?P<quote>\")?(?P<value>[^\"()\s]*)$", re.IGNORECASE)
_QUOTED = re.compile(r"(?P<field>[a-z]+):\"(?P<value>[^\"]*)$", re.IGNORECASE)

_VALUES = {
    "entity": "SELECT name FROM entity UNION SELECT name FROM alias",
    "tag": "SELECT name FROM entity UNION SELECT name FROM alias",
    "collection": "SELECT DISTINCT collection FROM document WHERE collection IS NOT NULL",
    "language": "SELECT DISTINCT language FROM document WHERE language IS NOT NULL",
    "title": "SELECT DISTINCT title FROM document",
}


def complete(
    connection: sqlite3.Connection, snapshot: Snapshot, query: str, position: int, limit: int
) -> list[Completion]:
    """Return ways to go on at `position` of a query, the likeliest first."""
    before = query[:position]
    match = _QUOTED.search(before) or _TYPED.search(before)
    if match is None:
        return []
    field, value = match["field"], match["value"]
    if field is not None:
        start = match.start("field")
        return _values(connection, field.lower(), value, (start, position))[:limit]
    if not value:
        return []
    start = match.start("value")
    fields = [
        Completion(f"{name}:", start, position, "field")
        for name in FIELDS
        if name.startswith(value.lower()) and match["quote"] is None
    ]
    return [*fields, *_words(snapshot, value, (start, position), limit)][:limit]


def _values(
    connection: sqlite3.Connection, field: str, value: str, span: tuple[int, int]
) -> list[Completion]:
    """Return the values of a field that begin so, then those that have it in them."""
    statement = _VALUES.get(field)
    if statement is None:
        return []
    wanted = fold(value.casefold())
    found = []
    for (name,) in connection.execute(statement):
        at = fold(name.casefold()).find(wanted)
        if at >= 0:
            found.append((at > 0, len(name), name))
    quoted = {name: f'{field}:"{name}"' if re.search(r"\W", name) else f"{field}:{name}"
              for _, _, name in found}  # fmt: skip
    return [Completion(quoted[name], *span, field) for _, _, name in sorted(found)]


def _words(snapshot: Snapshot, value: str, span: tuple[int, int], limit: int) -> list[Completion]:
    """Return the commonest words of the index that begin so."""
    counts: dict[str, int] = {}
    for segment in snapshot.segments:
        for form, pages in _commonest(segment.terms, simplified(normal(value)), limit):
            counts[form] = counts.get(form, 0) + pages
    best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return [Completion(form, *span, "word", pages) for form, pages in best]


def _commonest(terms: TermFile, beginning: str, limit: int) -> list[tuple[str, int]]:
    import numpy as np

    from index.search.termfile import ROW

    numbers = np.array(terms.prefixed(beginning), np.int64)
    if not len(numbers):
        return []
    df = terms.rows(numbers).view(ROW).reshape(-1)["df"]
    chosen = np.argsort(-df.astype(np.int64), kind="stable")[:limit]
    return [(plain(terms.form(int(numbers[at]))), int(df[at])) for at in chosen]
