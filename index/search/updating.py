"""Bringing the index up to the record: what has changed, batch after batch."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Protocol

from index.progress import Progress
from index.search import changes as record
from index.search.ahead import Ahead
from index.search.changes import Change
from index.search.folder import IndexFolder, Snapshot, deleted_pages
from index.search.manifest import Manifest, Part
from index.search.pieces import MOST_PAGES, CannotJoin
from index.search.writing import Batch
from index.store.database import Database

TOGETHER = 8  # parts of like size that are written as one
LARGE = 32_000  # pages from which a part stays as it is


class Open(Protocol):
    """Gives the snapshot that belongs to a manifest."""

    def __call__(self, manifest: Manifest) -> Snapshot: ...


class Updater:
    """Writes what has changed into the index of one folder."""

    def __init__(
        self, database: Database, folder: IndexFolder, opened: Open, ahead: Ahead | None = None
    ) -> None:
        self._database = database
        self._folder = folder
        self._opened = opened
        self._ahead = ahead

    def take_in(self, before: Manifest, changes: list[Change], progress: Progress) -> Manifest:
        """Write the changed documents; whatever is finished is committed, even when cancelled."""
        state = before
        done = 0
        for batch, taken in self._batches(changes, progress):
            state = self._commit(state, batch, taken)
            done += len(taken)
            progress.report(done, len(changes), "Indexing")
        return state

    def replace_all(
        self, archive: str, changes: list[Change], newest: int, progress: Progress, floor: int
    ) -> Manifest:
        """Write an index of these documents alone, in the place of whatever is there.

        Its generation is later than that of what is there, and than `floor`.
        """
        parts: list[Part] = []
        for batch, _ in self._batches(changes, progress):
            if len(batch):
                parts.append(self._folder.new_part(batch))
        return self._folder.commit(
            Manifest(archive, 0, max(floor, self._generation())), parts, newest
        )

    def compact(self, state: Manifest, progress: Progress) -> Manifest:
        """Write many small parts of like size as one, and parts mostly deleted without that."""
        for part in state.parts:
            if len(part.deleted) * 2 > part.pages:
                state = self._rewrite(state, {part.name}, progress)
        while names := _alike(state.parts):
            state = self._join(state, names, progress)
        return state

    def _join(self, state: Manifest, names: set[str], progress: Progress) -> Manifest:
        progress.report(0, 0, "Tidying the index")
        try:
            joined = self._folder.joined_part(self._opened(state), names)
        except CannotJoin:
            return self._rewrite(state, names, progress)
        kept = [part for part in state.parts if part.name not in names]
        return self._folder.commit(state, [*kept, joined], state.change)

    def _rewrite(self, state: Manifest, names: set[str], progress: Progress) -> Manifest:
        """Index the documents of some parts again, without what is deleted."""
        snapshot = self._opened(state)
        batch = Batch()
        kept = [part for part in state.parts if part.name not in names]
        for part, segment in zip(snapshot.manifest.parts, snapshot.segments, strict=True):
            if part.name not in names:
                continue
            documents = segment.documents
            if segment.alive is not None:
                documents = documents[segment.alive]
            for document in dict.fromkeys(documents.tolist()):
                self._add(batch, document, lambda: progress.report(0, 0, "Tidying the index"))
                if batch.full:
                    kept.append(self._folder.new_part(batch))
                    batch = Batch()
        if len(batch):
            kept.append(self._folder.new_part(batch))
        return self._folder.commit(state, kept, state.change)

    def _generation(self) -> int:
        from index.errors import IndexDamaged

        try:
            found = self._folder.manifest()
        except IndexDamaged:
            found = None
        return found.generation if found is not None else 0

    def _batches(
        self, changes: Sequence[Change], progress: Progress
    ) -> Iterator[tuple[Batch, list[Change]]]:
        batch = Batch()
        taken: list[Change] = []
        total = len(changes)
        ready, known = self._ahead.claim() if self._ahead is not None else (batch, [])
        done = {document for _, document, _ in known}
        for number, change in enumerate(changes):
            if change[1] in done:
                if known:
                    if taken:
                        yield batch, taken
                    batch, taken, known = ready, known, []
                continue
            progress.report(number, total, "Indexing")
            if not change[2]:
                self._add(batch, change[1], partial(progress.report, number, total, "Indexing"))
            taken.append(change)
            if batch.full:
                yield batch, taken
                batch, taken = Batch(), []
        if taken:
            yield batch, taken

    def _add(self, batch: Batch, document: int, each: Callable[[], None]) -> None:
        for page, text in record.pages_of(self._database.read(), document):
            batch.add(page, document, text)
            if len(batch) % 25 == 0:
                each()

    def _commit(self, state: Manifest, batch: Batch, taken: list[Change]) -> Manifest:
        parts = list(state.parts)
        if parts:
            parts = deleted_pages(self._opened(state), {document for _, document, _ in taken})
        if len(batch):
            parts.append(self._folder.new_part(batch))
        return self._folder.commit(state, parts, taken[-1][0])


def _alike(parts: Iterable[Part]) -> set[str]:
    """Return the names of parts to be written as one, none when there are too few."""
    tiers: dict[int, list[Part]] = {}
    for part in parts:
        if part.pages < LARGE:
            tiers.setdefault(int(math.log(max(1, part.pages), TOGETHER)), []).append(part)
    for alike in tiers.values():
        if len(alike) < TOGETHER:
            continue
        chosen, pages = [], 0
        for part in alike:
            pages += part.pages
            if pages <= MOST_PAGES:
                chosen.append(part.name)
        return set(chosen)
    return set()
