"""The parts of an opened archive, which the methods of a library work on."""

from __future__ import annotations

import threading
import uuid
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.progress import NullProgress, Progress
from index.reading import DocumentView, Readers
from index.search import SearchService
from index.store import driver
from index.store.blobs import BlobStore
from index.store.database import RECORD, Database
from index.store.documents import DocumentStore
from index.store.entities import EntityStore
from index.store.history import History
from index.store.locking import FileLock
from index.store.passages import PassageStore

if TYPE_CHECKING:
    from index.crypto.keys import Keys
    from index.entities.mentions import MentionCache
    from index.entities.review import Review


class Opened:
    """The record, the originals, the readers and the search index of one archive."""

    def __init__(self, folder: Path, keys: Keys | None = None) -> None:
        self.folder = folder
        lock = FileLock(folder / "archive.lock")
        self.database = Database(folder / RECORD, lock, driver.of(keys))
        self._name_archive()
        self.documents_store = DocumentStore(self.database)
        self.passages_store = PassageStore(self.database)
        self.entities_store = EntityStore(self.database)
        self.history = History(self.database)
        self.blobs = _blobs(folder, keys)
        self.readers = Readers()
        self.search_service = SearchService(
            self.database, folder / "search", FileLock(folder / "search.lock"), keys
        )
        self.encrypted = keys is not None
        self._views: dict[str, DocumentView] = {}
        self._passwords: dict[str, None] = {}  # in the order given, never written down
        self._views_lock = threading.Lock()

    @cached_property
    def mention_cache(self) -> MentionCache:
        """The mentions found so far, kept per document."""
        from index.entities.mentions import MentionCache

        return MentionCache(self.database)

    @cached_property
    def review(self) -> Review:
        """The queue of mentions that nobody has decided about."""
        from index.entities.review import Review

        return Review(self.database, self.mention_cache)

    def _name_archive(self) -> None:
        with self.database.reading() as connection:
            named = connection.execute("SELECT 1 FROM meta WHERE key = 'uuid'").fetchone()
        if not named:
            with self.database.write() as connection:
                connection.execute(
                    "INSERT OR IGNORE INTO meta VALUES ('uuid', ?)", (uuid.uuid4().hex,)
                )

    def identity(self) -> str:
        """Return the archive's own id, which a copy of it shares."""
        row = self.database.read().execute("SELECT value FROM meta WHERE key = 'uuid'").fetchone()
        return str(row[0])

    def follow(self, progress: Progress | None = None) -> None:
        """Bring the search index up to the record."""
        self.search_service.follow(progress or NullProgress())

    def close(self) -> None:
        """Close everything; the library cannot be used afterwards."""
        with self._views_lock:
            for view in self._views.values():
                view.close()
            self._views.clear()
        self.readers.close()
        self.search_service.close()
        self.database.close()


def _blobs(folder: Path, keys: Keys | None) -> BlobStore:
    if keys is None:
        return BlobStore(folder / "originals")
    from index.store.sealed_blobs import SealedBlobs

    return SealedBlobs(folder / "originals", keys)
