"""Entities as rows: kind by symbol and colour, what waits for review, how much is tagged."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

from app.models.faces import Face, plural
from app.models.rows import RowsModel
from app.theme import KIND_SYMBOLS, KIND_WORDS, entity_color
from index.model import Entity


class EntityColumn(IntEnum):
    """The columns, in order."""

    NAME = 0
    KIND = 1
    ALIASES = 2
    PASSAGES = 3
    TO_REVIEW = 4


class EntitiesModel(RowsModel[Entity]):
    """Holds entities, and how many proposals wait for each."""

    columns = EntityColumn
    titles = ("Name", "Kind", "Also called", "Passages", "To review")

    def __init__(self) -> None:
        super().__init__()
        self._waiting: Mapping[str, int] = {}

    def show_waiting(self, waiting: Mapping[str, int]) -> None:
        """Take in how many proposals wait, by entity id."""
        self._waiting = dict(waiting)
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def waiting(self, identity: str) -> int:
        """Return how many proposals wait for an entity."""
        return self._waiting.get(identity, 0)

    def key(self, row: Entity) -> str:
        """Return the entity's id."""
        return row.id

    def value(self, row: Entity, column: int) -> Any:
        """Return the native value of a cell."""
        match column:
            case EntityColumn.NAME:
                return row.name.casefold()
            case EntityColumn.KIND:
                return row.kind
            case EntityColumn.ALIASES:
                return len(row.aliases)
            case EntityColumn.PASSAGES:
                return row.passage_count
        return self._waiting.get(row.id, 0)

    def text(self, row: Entity, column: int) -> str:
        """Return a cell as it is read."""
        if column == EntityColumn.NAME:
            waiting = self._waiting.get(row.id, 0)
            parts = (row.name, self.face(row).detail, f"{waiting:,} to review" if waiting else "")
            return ", ".join(part for part in parts if part)
        return super().text(row, column)

    def face(self, row: Entity) -> Face:
        """Return how the list shows an entity."""
        waiting = self._waiting.get(row.id, 0)
        return Face(
            title=row.name,
            detail=KIND_WORDS.get(row.kind, row.kind),
            side=f"{waiting:,}" if waiting else "",
            side_detail=plural(row.passage_count, "passage") if row.passage_count else "",
            symbol=KIND_SYMBOLS.get(row.kind, "●"),
            color=entity_color(row),
        )

    def tip(self, row: Entity) -> str:
        """Return every name, and the description."""
        waiting = self._waiting.get(row.id, 0)
        count = f"{waiting:,} to review" if waiting else ""
        parts = (" · ".join(row.names), row.description, count)
        return "\n".join(part for part in parts if part)


def matching(entities: Sequence[Entity], typed: str) -> list[Entity]:
    """Return the entities with a name or alias that has every typed word in it."""
    words = typed.casefold().split()
    return [
        entity
        for entity in entities
        if all(word in " ".join(entity.names).casefold() for word in words)
    ]
