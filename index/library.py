"""One opened archive: short methods that delegate to the rooms of the library.

Every method may be called from any thread. Methods that write return what they
made, or `Changes`; long ones take a `Progress`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import archives
from index.archives import default_folder as default_folder
from index.errors import ArchiveDamaged, NotFound
from index.methods.bundles import BundleMethods
from index.model import (
    ArchiveInfo,
    BundleSummary,
    Changes,
    ExportRequest,
    Results,
    SearchRequest,
    Verdict,
)
from index.progress import NullProgress, Progress
from index.store import custody
from index.store.database import RECORD, advice
from index.store.documents import UNSEARCHABLE

if TYPE_CHECKING:
    from index.citing import Citation
    from index.crypto.header import Header
    from index.crypto.keys import Keys
    from index.exchange import Taken
    from index.exchange.hand_over import HandedOver
    from index.exchange.merging import Merged
    from index.export import Preview
    from index.search import QueryAnswer


class Library(BundleMethods):
    """An archive: the record, the originals and the search index in one folder."""

    @classmethod
    def create(cls, folder: Path, passphrase: str | None = None) -> Library:
        """Make an archive in a new or empty folder and open it; with a passphrase, encrypted."""
        archives.require_free(folder)
        if passphrase is None:
            archives.make_folders(folder)
            return cls(folder)
        from index.crypto import keys

        return cls.sealed(folder, *keys.make(passphrase))

    @classmethod
    def sealed(cls, folder: Path, keys: Keys, header: Header) -> Library:
        """Make an encrypted archive with keys that were made for it."""
        from index.crypto import header as headers

        archives.require_free(folder)
        archives.make_folders(folder)
        headers.write(folder, header)
        return cls(folder, keys)

    @classmethod
    def open(cls, folder: Path, *, create: bool = False, passphrase: str = "") -> Library:
        """Open the archive in `folder`; make it first when `create` is set and it is missing.

        An encrypted one needs its passphrase; raises `PassphraseNeeded` or `WrongPassphrase`.
        """
        if archives.is_archive(folder):
            return cls(folder, archives.keys_of(folder, passphrase))
        if archives.is_encrypted(folder):
            missing = f"The record {RECORD} of this archive is missing."
            raise ArchiveDamaged(f"{missing} {advice(folder)}")
        if not create:
            raise NotFound(f"There is no archive in {folder}.")
        if archives.is_taken(folder):
            raise NotFound(f"There is no archive in {folder}, and the folder is not empty.")
        return cls.create(folder)

    is_archive = staticmethod(archives.is_archive)

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def info(self) -> ArchiveInfo:
        """Return what the archive holds, in numbers."""
        marks = ", ".join("?" * len(UNSEARCHABLE))
        with self.database.reading() as connection:
            counts = connection.execute(
                "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM page),"
                f" (SELECT count(*) FROM page WHERE state IN ({marks})),"
                " (SELECT count(*) FROM entity), (SELECT count(*) FROM passage)",
                UNSEARCHABLE,
            ).fetchone()
        documents, pages, unsearchable, entities, passages = counts
        return ArchiveInfo(
            folder=self.folder,
            documents=documents,
            pages=pages,
            unsearchable_pages=unsearchable,
            entities=entities,
            passages=passages,
            index_current=self.search_service.is_current(),
        )

    def data_version(self) -> int:
        """Return a number that changes when another process or thread has written."""
        return self.database.data_version()

    def record_version(self) -> tuple[int, ...]:
        """Return numbers that change when what a user sees has changed, by whichever process.

        Unlike `data_version` they stay as they are when a cache beside the record is filled.
        """
        row = (
            self.database.read()
            .execute(
                "SELECT (SELECT coalesce(max(number), 0) FROM action),"
                " (SELECT count(*) FROM action WHERE state = 'undone'),"
                " (SELECT coalesce(max(number), 0) FROM custody),"
                " (SELECT coalesce(max(number), 0) FROM index_change)"
            )
            .fetchone()
        )
        return tuple(row)

    def check(self, *, repair: bool = False, progress: Progress | None = None) -> Verdict:
        """Compare record, originals, passages and index; rebuild the index when `repair` is set."""
        from index import checking

        return checking.check(self, repair=repair, progress=progress or NullProgress())

    def reindex(self, progress: Progress | None = None) -> None:
        """Throw the search index away and build it from the record."""
        self.search_service.rebuild(progress or NullProgress())

    def undo(self) -> Changes:
        """Take the last change back."""
        return self._stepped(self.history.undo())

    def redo(self) -> Changes:
        """Make the last undone change again."""
        return self._stepped(self.history.redo())

    def _stepped(self, changes: Changes) -> Changes:
        """Let what was derived from a document's text follow when its text was put back."""
        for document in changes.texts:
            self.forget_view(document)
        if changes.texts:
            self.follow()
        return changes

    def undo_label(self) -> str | None:
        """Return what `undo` would take back, or None."""
        return self.history.undo_label()

    def redo_label(self) -> str | None:
        """Return what `redo` would make again, or None."""
        return self.history.redo_label()

    def search(self, request: SearchRequest, progress: Progress | None = None) -> Results:
        """Answer one query; raises `BadQuery`, or `Cancelled` soon after `progress` asks for it."""
        if progress is None:
            return self.search_service.search(request)

        def stopped() -> bool:
            progress.report(0, 0)
            return False

        return self.search_service.search(request, stopped)

    def search_many(
        self, queries: Iterable[str], limit: int = 0, request: SearchRequest | None = None
    ) -> Iterator[QueryAnswer]:
        """Answer a list of queries one by one; a bad one is answered with its error.

        All are narrowed as `request` is.
        """
        return self.search_service.search_many(queries, limit, request)

    # Citations and bundles

    def cite(
        self, identity: str, page: int | None = None, style: str = ExportRequest().style
    ) -> Citation:
        """Return the formatted citation of a document, or of a page counted from 1."""
        from index.citing import pages

        return pages.cite(self, identity, page, style)

    def cite_passage(self, passage: str, style: str = ExportRequest().style) -> Citation:
        """Return the formatted citation of a passage, as a bundle prints it."""
        from index.citing import pages

        return pages.cite_passage(self, passage, style)

    def export(
        self, out: Path, request: ExportRequest, progress: Progress | None = None
    ) -> BundleSummary:
        """Write a citation bundle; see `index.export.bundle.export`."""
        from index.export import archive

        return archive.export_from(self, out, request, progress or NullProgress())

    def verify(self, bundle: Path, progress: Progress | None = None) -> Verdict:
        """Check a bundle against itself and against this archive."""
        from index.export import archive

        return archive.verify_against(self, bundle, progress or NullProgress())

    def preview(self, request: ExportRequest) -> Preview:
        """Return what a bundle will hold and hold back, and what is still to settle."""
        from index.export import gather, preview

        return preview(gather(self, request))

    def copy_citation(
        self,
        identity: str,
        kind: str,
        style: str = ExportRequest().style,
        *,
        page: int | None = None,
        passage: str = "",
    ) -> str:
        """Return a citation as text, html, markdown, bibtex, ris or csl-json."""
        from index.citing import pages

        return pages.copied(self, identity, page, passage, style, kind)

    def read_pseudonyms(self, path: Path) -> dict[str, str]:
        """Read a CSV of entities and the names to show for them; return {entity id: name}."""
        from index.export import archive

        return archive.read_pseudonyms(self, path)

    # Other programs, other archives

    def take_in(self, path: Path, progress: Progress | None = None) -> Taken:
        """Take in a bundle of ours or a file of another program; see `index.exchange.reading`."""
        from index import exchange

        incoming = exchange.read(path)
        return exchange.take_in(self, incoming, f"Import {path.name}", progress or NullProgress())

    def merge(self, other: Path, progress: Progress | None = None, passphrase: str = "") -> Merged:
        """Take in another archive, after a backup of this one."""
        from index.exchange.merging import merge

        with type(self).open(other, passphrase=passphrase) as theirs:
            return merge(self, theirs, progress or NullProgress())

    def hand_over(self, out: Path, progress: Progress | None = None) -> HandedOver:
        """Write the archive as FollowTheMoney and OpenSearch bulk files into a new folder."""
        from index.exchange.hand_over import hand_over

        return hand_over(self, out, progress or NullProgress())

    def custody(self) -> list[dict[str, Any]]:
        """Return the custody record from its beginning."""
        return list(custody.entries(self.database.read()))
