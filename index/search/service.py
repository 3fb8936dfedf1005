"""The search of one archive: an index that follows the record, and what is asked of it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from index.errors import ArchiveUnavailable, BadInput, IndexDamaged
from index.model import Completion, QueryAnswer, Results, SavedSearch, SearchRequest
from index.progress import NullProgress, Progress
from index.store.database import Database
from index.store.locking import FileLock

if TYPE_CHECKING:
    from index.crypto.keys import Keys
    from index.search import updating
    from index.search.ahead import Ahead
    from index.search.facts import FactKeeper
    from index.search.folder import IndexFolder, Snapshot
    from index.search.manifest import Manifest
    from index.search.searching import Searcher
    from index.search.shelf import Shelf
    from index.search.trusting import Trust

Answer = TypeVar("Answer")

REBUILT = "The next search builds it from the record, or “muniment reindex”."


class SearchService:
    """Answers queries from the record and the index beside it.

    The index is opened with the first search, and only after every file of it
    proved to be what was written. An index that is missing, damaged or of
    another archive is built again from the record.
    """

    def __init__(
        self, database: Database, folder: Path, lock: FileLock, keys: Keys | None = None
    ) -> None:
        self._database = database
        self._path = folder
        self._lock = lock
        self._keys = keys
        self._snapshot: Snapshot | None = None
        self._keeper: FactKeeper | None = None
        self._guard = threading.Lock()
        self._ahead: Ahead | None = None

    @property
    def _folder(self) -> IndexFolder:
        from index.search.folder import IndexFolder

        return IndexFolder(self._shelf)

    @cached_property
    def _shelf(self) -> Shelf:
        if self._keys is None:
            from index.search.shelf import Shelf

            return Shelf(self._path)
        from index.search.sealed_shelf import SealedShelf

        return SealedShelf(self._path, self._keys)

    @cached_property
    def _trust(self) -> Trust:
        from index.search.trusting import Trust

        return Trust(self._database, self._shelf, guarded=self._keys is not None)

    def _usable(self) -> Manifest | None:
        """Return the manifest if it belongs to this archive, else None."""
        return self._trust.manifest()

    def is_current(self) -> bool:
        """Whether everything in the record can be found."""
        return self._trust.current()

    def _opened(self, manifest: Manifest) -> Snapshot:
        """Return the snapshot of a manifest; only files not checked before are checked."""
        with self._guard:
            held = self._snapshot
            if held is None or held.manifest != manifest:
                known = held.manifest.files if held is not None else {}
                same = [name for name, file in manifest.files.items() if known.get(name) == file]
                held = self._snapshot = self._checked(manifest, same)
            return held

    def _checked(self, found: Manifest, same: list[str]) -> Snapshot:
        """Open a snapshot; while its files are checked, what reads them is imported."""
        from index.search import manifest

        rest = [name for name in found.small_files if name not in same]
        with ThreadPoolExecutor(1) as pool:
            wrong = pool.submit(manifest.problems, self._shelf, found, rest)
            from index.search import searching  # noqa: F401  # numpy takes its time

            if not wrong.result():
                same = list(found.files)
        return self._folder.open(same)

    def prepare(self) -> bool:
        """Cut what is new in the record into words; return whether it is time to `follow`.

        The first call only notes where the record stands; the second, with nothing new,
        loads what indexing needs.
        """
        if self._ahead is None:
            from index.search.ahead import Ahead

            self._ahead = Ahead(self._database)
            return False
        return self._ahead.take()

    def follow(self, progress: Progress | None = None) -> None:
        """Take in what has changed in the record; build the index anew if that is needed."""
        from index.search import changes

        if self.is_current():
            return
        progress = progress or NullProgress()
        with self._writing():
            found = self._usable()
            if found is not None:
                try:
                    self._opened(found)
                except IndexDamaged:
                    found = None
            if found is None:
                self._build(progress)
                return
            changed = changes.changes_since(self._database.read(), found.change)
            updater = self._updater()
            try:
                updater.compact(updater.take_in(found, changed, progress), progress)
            finally:  # a run that was cancelled has committed parts
                self._trust.note()

    def _updater(self) -> updating.Updater:
        from index.search import updating

        return updating.Updater(self._database, self._folder, self._opened, self._ahead)

    def _build(self, progress: Progress) -> None:
        from index.search import changes

        with self._database.reading() as connection:
            archive = changes.archive_of(connection)
            documents = changes.everything(connection)
            newest = changes.newest_change(connection)
            floor = self._trust.floor(connection)
            self._updater().replace_all(archive, documents, newest, progress, floor)
        self._trust.note()

    def rebuild(self, progress: Progress | None = None) -> None:
        """Build the index from the record alone."""
        with self._writing():
            self._build(progress or NullProgress())

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Keep other processes from writing, and say in our own words what the disk refuses."""
        from index.store.blobs import space_error

        try:
            with self._lock.held():
                yield
        except OSError as error:
            raise space_error(error) or ArchiveUnavailable(
                f"The folder {self._path} of the search index cannot be written to."
            ) from error

    def check(self) -> list[str]:
        """Return what is wrong with the index, a sentence each."""
        from index.search import changes, manifest

        try:
            found = manifest.read(self._shelf)
        except IndexDamaged as error:
            return [str(error)]
        if found is None:
            newest = changes.newest_change(self._database.read())
            return [f"The search index is missing. {REBUILT}"] if newest else []
        if self._usable() is None:
            return [f"The search index is of another archive or another state of it. {REBUILT}"]
        problems = manifest.problems(self._shelf, found)
        if not self.is_current():
            problems.append(
                "The search index has not taken in the newest documents yet."
                " The next search does so, or “muniment reindex”."
            )
        return problems

    def close(self) -> None:
        """Let go of every file."""
        with self._guard:
            self._snapshot = None
            self._keeper = None

    def _current(self) -> Snapshot:
        """Return the newest snapshot, built first when there is none that can be used."""
        for _ in range(3):
            found = self._usable()
            if found is None:
                self.follow()
                continue
            try:
                return self._opened(found)
            except IndexDamaged:
                self.rebuild()
        raise IndexDamaged("The search index cannot be built. Run “muniment check”.")

    def search(
        self, request: SearchRequest, should_stop: Callable[[], bool] | None = None
    ) -> Results:
        """Answer one query; raise `BadQuery`, or `Cancelled` once `should_stop` says so."""
        return self._asked(lambda searcher: searcher.search(request, should_stop))

    def rank(self, request: SearchRequest) -> tuple[int, list[int]]:
        """Return how many pages match and the page ids of those wanted, without their texts."""
        return self._asked(lambda searcher: searcher.rank(request))

    def complete(self, query: str, position: int, limit: int = 8) -> list[Completion]:
        """Return ways to go on where the cursor is in a query, the likeliest first."""
        from index.search import completing

        def ask(snapshot: Snapshot) -> list[Completion]:
            with self._database.reading() as connection:
                return completing.complete(connection, snapshot, query, position, limit)

        return self._from_sound(ask)

    def new_pages(self, saved: SavedSearch) -> int:
        """Return how many pages of documents newer than its last look a saved search finds."""
        return self.rank(replace(saved.request, newer_than=saved.seen, limit=1, offset=0))[0]

    def _asked(self, ask: Callable[[Searcher], Answer]) -> Answer:
        """Return what a searcher over the newest snapshot answers."""

        def with_searcher(snapshot: Snapshot) -> Answer:
            from index.search.facts import FactKeeper
            from index.search.searching import Searcher

            if self._keeper is None:
                self._keeper = FactKeeper(self._database)
            with self._database.reading() as connection:
                return ask(Searcher(snapshot, connection, self._keeper.current()))

        return self._from_sound(with_searcher)

    def _from_sound(self, ask: Callable[[Snapshot], Answer]) -> Answer:
        """Ask the newest snapshot; if a part of it proves damaged, build the index and ask again.

        Large files are checked while they are read, so damage may show here first.
        """
        snapshot = self._current()
        try:
            return ask(snapshot)
        except IndexDamaged:
            self._replace(snapshot)
        return ask(self._current())

    def _replace(self, damaged: Snapshot) -> None:
        """Build the index anew unless somebody else has done so since."""
        with self._writing():
            found = self._usable()
            if found is None or found.generation == damaged.manifest.generation:
                self._build(NullProgress())

    def search_many(
        self, queries: Iterable[str], limit: int = 0, request: SearchRequest | None = None
    ) -> Iterator[QueryAnswer]:
        """Answer queries one by one, each as soon as it is given; `limit` 0 gives no hits.

        All are narrowed as `request` is.
        """
        request = replace(request or SearchRequest(query=""), limit=max(1, limit))
        for query in queries:
            try:
                results = self.search(replace(request, query=query))
            except BadInput as error:
                yield QueryAnswer(query=query, error=str(error))
                continue
            yield QueryAnswer(
                query=query,
                pages=results.pages,
                documents=results.documents,
                unsearchable_documents=results.unsearchable_documents,
                seconds=results.seconds,
                hits=results.hits[:limit],
            )
