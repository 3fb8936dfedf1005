"""What the record makes of a query: entities become their names, facts become tables."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.errors import BadQuery
from index.model import Expansion
from index.search import facts as record
from index.search.analysis import fold, tokens
from index.search.facts import Facts
from index.search.lexicon import Switches
from index.search.query import And, Field, Kind, Node, Not, Nothing, Or, Phrase, Word
from index.search.segment import Segment

Table = NDArray[np.bool_]


def over(table: Table, numbers: NDArray[np.int64]) -> Table:
    """Return the values of a table for some numbers, false for those it does not reach."""
    if len(numbers) and int(numbers.max()) >= len(table):
        inside = numbers < len(table)
        found = np.zeros(len(numbers), bool)
        found[inside] = table[numbers[inside]]
        return found
    return np.asarray(table[numbers])


def table_of(numbers: Sequence[int]) -> Table:
    """Return a table that is true at these numbers."""
    table = np.zeros(max(numbers, default=-1) + 1, bool)
    table[list(numbers)] = True
    return table


def switches(without: Sequence[str]) -> Switches:
    """Return which expansions stay on."""
    return Switches(
        stem="stem" not in without,
        fold="fold" not in without,
        script="script" not in without,
        alias="alias" not in without,
    )


@dataclass(slots=True)
class Resolver:
    """Resolves the fields of one query against one view of the record."""

    connection: sqlite3.Connection
    facts: Facts
    without: Sequence[str] = ()
    lenient: bool = False
    widened: list[Expansion] = field(default_factory=list)
    _tables: dict[Field, Callable[[Segment], Table]] = field(default_factory=dict)

    def tree(self, node: Node) -> Node:
        """Return the tree with every entity replaced by its names."""
        match node:
            case Field(name="entity"):
                return self._entity(node)
            case And(parts):
                return And(tuple(self.tree(part) for part in parts))
            case Or(parts):
                return Or(tuple(self.tree(part) for part in parts))
            case Not(part):
                return Not(self.tree(part))
            case _:
                return node

    def table(self, wanted: Field, segment: Segment) -> Table:
        """Return which pages of a segment a field stands for."""
        found = self._tables.get(wanted)
        if found is None:
            found = self._tables[wanted] = self._resolve(wanted)
        return found(segment)

    def _resolve(self, wanted: Field) -> Callable[[Segment], Table]:
        if wanted.name in ("tag", "note"):
            pages = table_of(record.field_pages(self.connection, wanted))
            return lambda segment: over(pages, segment.pages)
        documents = record.field_documents(self.facts, wanted)
        return lambda segment: over(documents, segment.documents)

    def names_of(self, identity: str) -> list[str]:
        """Return the name and the aliases of an entity by its id."""
        rows = self.connection.execute(
            "SELECT name, 0, 0 FROM entity WHERE id = ?1"
            " UNION SELECT name, 1, position FROM alias WHERE entity = ?1 ORDER BY 2, 3, 1",
            (identity,),
        )
        return list(dict.fromkeys(row[0] for row in rows))

    def _entity(self, wanted: Field) -> Node:
        sought = fold(" ".join(wanted.value.casefold().split()))
        found = {
            row[0]
            for row in self.connection.execute(
                "SELECT id, name FROM entity UNION ALL SELECT entity, name FROM alias"
            )
            if sought in (row[0], fold(" ".join(row[1].casefold().split())))
        }
        if not found:
            if self.lenient:
                return named([wanted.value])
            raise BadQuery(
                f"There is no entity “{wanted.value}” on the list"
                f" (character {wanted.position + 1}).",
                wanted.position,
            )
        names = [name for identity in sorted(found) for name in self.names_of(identity)]
        return named(self.switched(wanted.value, names))

    def switched(self, shown: str, names: Sequence[str]) -> list[str]:
        """Return the names of an entity that are not switched off, and say which there are."""
        others = [name for name in names if name.casefold() != shown.casefold()]
        for name in others:
            self.widened.append(Expansion(shown, "alias", (name,), f"alias:{name}"))
        off = set(self.without)
        kept = [
            name
            for name in names
            if name not in others or ("alias" not in off and f"alias:{name}" not in off)
        ]
        return kept or [shown]


def named(names: Sequence[str]) -> Node:
    """Return the query for any of these names, whatever their endings."""
    parts: list[Node] = []
    for name in names:
        words = tuple(Word(token.form, Kind.STEM) for token in tokens(name))
        if words:
            parts.append(words[0] if len(words) == 1 else Phrase(words))
    if not parts:
        return Nothing()
    return parts[0] if len(parts) == 1 else Or(tuple(dict.fromkeys(parts)))
