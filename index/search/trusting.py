"""Which index may be opened: one of this archive, in step with its record, and no old copy."""

from __future__ import annotations

import contextlib
import sqlite3

from index.errors import ArchiveUnavailable, IndexDamaged
from index.search import changes
from index.search import manifest as manifests
from index.search.manifest import Manifest
from index.search.shelf import Shelf
from index.store.database import Database


class Trust:
    """Reads the manifest of an index and holds it against the record.

    With `guarded` the record keeps the generation of the index, as that of an encrypted
    archive does: the files of an old copy are all as they were sealed, and only this
    tells that they are old.
    """

    def __init__(self, database: Database, shelf: Shelf, *, guarded: bool) -> None:
        self._database, self._shelf, self._guarded = database, shelf, guarded
        self._read: tuple[tuple[int, int, int], Manifest] | None = None

    def manifest(self) -> Manifest | None:
        """Return the manifest if the index may be used, else None."""
        try:
            found = self._as_it_is()
        except IndexDamaged:
            return None
        connection = self._database.read()
        if found is None or found.archive != changes.archive_of(connection):
            return None
        if found.change > changes.newest_change(connection):
            return None  # the record was put back to an earlier state
        if found.generation < self.floor(connection):
            return None  # an old copy of the index was put back
        return found

    def _as_it_is(self) -> Manifest | None:
        """Return the manifest as it is on the disk, read again only when it has changed."""
        try:
            state = self._shelf.state(manifests.NAME)
        except FileNotFoundError:
            return None
        held = self._read
        if held is None or held[0] != state:
            found = manifests.read(self._shelf)
            if found is None:
                return None
            held = self._read = (state, found)
        return held[1]

    def current(self) -> bool:
        """Whether everything in the record can be found."""
        found = self.manifest()
        return found is not None and found.change == changes.newest_change(self._database.read())

    def floor(self, connection: sqlite3.Connection) -> int:
        """Return the generation below which an index is an old copy."""
        return changes.generation(connection) if self._guarded else 0

    def note(self) -> None:
        """Keep in the record which generation of the index is in force now.

        While another program writes, nothing is noted: an older generation is then taken
        for good, until the next time.
        """
        found = self.manifest() if self._guarded else None
        if found is not None:
            with contextlib.suppress(ArchiveUnavailable), self._database.write() as connection:
                changes.note_generation(connection, found.generation)
