"""The folder of an index: opening it, and adding to it one durable commit at a time."""

import contextlib
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import IndexDamaged
from index.search import joining
from index.search import manifest as manifests
from index.search.manifest import Manifest, Part, Written
from index.search.segment import Segment
from index.search.shelf import Shelf, Stem
from index.search.writing import Batch

NAME = "MAIN"  # Whoosh's own name for the index of a folder


@dataclass(slots=True)
class Snapshot:
    """One state of the index, open for reading."""

    manifest: Manifest
    segments: tuple[Segment, ...]

    @property
    def pages(self) -> int:
        """How many pages there are, with those deleted."""
        return sum(segment.size for segment in self.segments)

    @property
    def tokens(self) -> int:
        """How many words there are in all."""
        return sum(part.tokens for part in self.manifest.parts)


class IndexFolder:
    """The files of one index."""

    def __init__(self, place: Shelf | Path) -> None:
        self._shelf = Shelf(place) if isinstance(place, Path) else place

    def manifest(self) -> Manifest | None:
        """Return the manifest, None when there is no index; raise `IndexDamaged`."""
        return manifests.read(self._shelf)

    def open(self, checked: Iterable[str] = ()) -> Snapshot:
        """Open the index after checking every small file not in `checked`; raise `IndexDamaged`.

        The large ones are checked chunk by chunk when they are read.
        """
        for attempt in range(3):
            found = self.manifest()
            if found is None:
                raise IndexDamaged("There is no search index yet.")
            known = set(checked)
            wrong = manifests.problems(
                self._shelf, found, [name for name in found.small_files if name not in known]
            )
            if not wrong:
                return Snapshot(found, tuple(self._segments(found)))
            if attempt == 2 or self.manifest() == found:
                break
        raise IndexDamaged(wrong[0])

    def _segments(self, manifest: Manifest) -> Iterable[Segment]:
        base = 0
        for part in manifest.parts:
            segment = Segment(Stem(self._shelf, part.name), base, part.deleted, manifest.files)
            base += segment.size
            yield segment

    def new_part(self, batch: Batch) -> Part:
        """Write a batch as a segment that does not count until it is committed."""
        self._shelf.make()
        name = self.new_name()
        tokens = batch.write(Stem(self._shelf, name))
        return Part(name, len(batch), tokens)

    def joined_part(self, snapshot: Snapshot, names: Collection[str]) -> Part:
        """Write some parts of a snapshot as one that does not count until it is committed.

        Deleted pages stay in it, marked as such. Raises `CannotJoin`.
        """
        pairs = [
            (part, segment)
            for part, segment in zip(snapshot.manifest.parts, snapshot.segments, strict=True)
            if part.name in names
        ]
        name = self.new_name()
        joining.join([segment for _, segment in pairs], Stem(self._shelf, name))
        deleted: list[int] = []
        pages = 0
        for part, _ in pairs:
            deleted += [pages + number for number in part.deleted]
            pages += part.pages
        return Part(name, pages, sum(part.tokens for part, _ in pairs), tuple(deleted))

    @staticmethod
    def new_name() -> str:
        """Return a name for a new segment."""
        letters = "abcdefghijklmnopqrstuvwxyz0123456789"
        return f"{NAME}_" + "".join(secrets.choice(letters) for _ in range(16))

    def commit(self, before: Manifest, parts: Iterable[Part], change: int) -> Manifest:
        """Make these parts the index: on the disk first, then in force, then tidied up."""
        self._shelf.make()  # an archive may have no page to index
        kept = tuple(parts)
        after = replace(before, parts=kept, change=change, generation=before.generation + 1)
        names = self._files_of(kept)
        if self._shelf.readable_elsewhere:
            names.append(self._write_toc(after))
        files: dict[str, Written] = {}
        for name in names:
            if name in before.files:
                files[name] = before.files[name]
            else:
                self._shelf.sync(name)
                files[name] = manifests.digest(self._shelf, name)
        self._shelf.sync()
        after = replace(after, files=files)
        manifests.write(self._shelf, after)
        self._tidy(after)
        return after

    def _files_of(self, parts: Iterable[Part]) -> list[str]:
        wanted = {part.name for part in parts}
        return [name for name in self._shelf.names() if name.split(".", 1)[0] in wanted]

    def _write_toc(self, manifest: Manifest) -> str:
        """Write Whoosh's own table of contents and return its name."""
        from whoosh.codec.whoosh3 import W3Codec, W3Segment
        from whoosh.filedb.filestore import FileStorage
        from whoosh.index import TOC

        codec = W3Codec()
        segments: list[Any] = []
        for part in manifest.parts:
            segment = W3Segment(
                codec, NAME, part.pages, part.name.removeprefix(f"{NAME}_"),
                set(part.deleted) or None,
            )  # fmt: skip
            segment._fieldlengths = {"text": part.tokens}
            segments.append(segment)
        table = f"_{NAME}_{manifest.generation}.toc"
        self._shelf.remove(table)  # left by a commit that was cut off, or by another version
        storage = FileStorage(str(self._shelf.folder))
        TOC(schema(), segments, manifest.generation).write(storage, NAME)
        return table

    def _tidy(self, manifest: Manifest) -> None:
        """Remove what no longer belongs to the index; what is in use goes another time."""
        for name in self._shelf.names():
            if name not in manifest.files and name != manifests.NAME:
                with contextlib.suppress(OSError):
                    self._shelf.remove(name)


def schema() -> Any:
    """Return the Whoosh schema, of Whoosh's own classes so that any Whoosh can open it."""
    from whoosh import analysis, columns, fields

    analyzer = analysis.RegexTokenizer() | analysis.LowercaseFilter()
    return fields.Schema(
        text=fields.TEXT(analyzer=analyzer, phrase=True),
        page=fields.COLUMN(columns.NumericColumn("I")),
        document=fields.COLUMN(columns.NumericColumn("I")),
    )


def deleted_pages(snapshot: Snapshot, documents: Iterable[int]) -> list[Part]:
    """Return the parts of a snapshot with the pages of these documents deleted."""
    wanted = np.fromiter(set(documents), np.int64)
    parts = []
    for part, segment in zip(snapshot.manifest.parts, snapshot.segments, strict=True):
        gone = np.flatnonzero(np.isin(segment.documents, wanted)).tolist()
        deleted = tuple(sorted({*part.deleted, *gone}))
        if len(deleted) < part.pages:
            parts.append(replace(part, deleted=deleted))
    return parts
