"""New documents cut into words before the index takes them in, while others are still read."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from index.search import changes
from index.search.changes import Change
from index.store.database import Database

if TYPE_CHECKING:
    from index.search.writing import Batch


class Ahead:
    """A batch of what has come into the record since this was made."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._guard = threading.Lock()
        self._begin = changes.newest_change(database.read())
        self._batch: Batch | None = None
        self._taken: list[Change] = []

    def take(self) -> bool:
        """Cut what is new into words; return whether the batch is full."""
        with self._guard, self._database.reading() as connection:
            if self._batch is None:
                self._batch = _new_batch()
            seen = self._taken[-1][0] if self._taken else self._begin
            for change in changes.changes_since(connection, seen):
                if self._batch.full:
                    break
                if not change[2]:
                    for page, text in changes.pages_of(connection, change[1]):
                        self._batch.add(page, change[1], text)
                self._taken.append(change)
            return self._batch.full

    def claim(self) -> tuple[Batch, list[Change]]:
        """Hand over what was cut, nothing if the record has changed its mind about any of it."""
        with self._guard:
            batch, taken = self._batch or _new_batch(), self._taken
            self._batch, self._taken = None, []
            if not taken:
                return batch, []
            self._begin = taken[-1][0]
            since = taken[0][0] - 1
            newest = set(changes.changes_since(self._database.read(), since))
            return (batch, taken) if newest.issuperset(taken) else (_new_batch(), [])


def _new_batch() -> Batch:
    """Import what indexing needs, which takes a while, and return an empty batch."""
    import whoosh.codec.whoosh3
    import whoosh.index  # noqa: F401

    from index.search.writing import Batch

    return Batch()
