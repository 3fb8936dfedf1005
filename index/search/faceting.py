"""How a whole result divides by what is known of its documents."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from index.search.facts import Facts, tagged_pages
from index.search.resolving import over, table_of

MOST = 50  # values of one facet

Counts = tuple[tuple[str, int], ...]


def count(
    connection: sqlite3.Connection,
    facts: Facts,
    documents: NDArray[np.int64],
    pages: NDArray[np.int64],
) -> Mapping[str, Counts]:
    """Return the pages of a result for each value of each facet, the largest first."""
    per_document = np.bincount(documents, minlength=len(facts.present))
    present = np.flatnonzero(per_document).tolist()
    weights = per_document[present].tolist()

    def by(values: list[str | None]) -> Counts:
        return _sorted((values[n] for n in present), weights)

    tagged = int(np.count_nonzero(over(table_of(tagged_pages(connection)), pages)))
    noted = facts.noted[present]
    unsearchable = facts.unsearchable[present] > 0
    return {
        "collection": by(facts.collections),
        "language": by(facts.languages),
        "year": _sorted(((facts.issued[n] or "")[:4] or None for n in present), weights),
        "publisher": by(facts.publishers),
        "kind": by(list(facts.kinds)),
        "entity": _entities(connection, pages),
        "tagged": (("yes", tagged), ("no", len(pages) - tagged)),
        "noted": _yes_no(noted, np.array(weights)),
        "unsearchable": _yes_no(unsearchable, np.array(weights)),
    }


def _sorted(values: Iterable[str | None], weights: list[int]) -> Counts:
    counts: Counter[str] = Counter()
    for value, weight in zip(values, weights, strict=True):
        counts[value or ""] += weight
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST])


def _yes_no(flags: NDArray[np.bool_], weights: NDArray[np.int64]) -> Counts:
    yes = int(weights[flags].sum()) if len(weights) else 0
    return (("yes", yes), ("no", int(weights.sum()) - yes))


def _entities(connection: sqlite3.Connection, pages: NDArray[np.int64]) -> Counts:
    """Return how many pages of the result have passages of each entity, by the entity's id."""
    table = table_of(pages.tolist())
    counts: Counter[str] = Counter()
    for entity, page in connection.execute(
        "SELECT DISTINCT e.entity, p.id FROM passage_entity e JOIN passage s ON s.id = e.passage"
        " JOIN document d ON d.id = s.document JOIN page p INDEXED BY page_extent"
        " ON p.document = d.number AND p.start < s.end AND p.end > s.start"
    ):
        if page < len(table) and table[page]:
            counts[entity] += 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST])
