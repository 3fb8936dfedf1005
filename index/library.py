"""One opened archive: short methods that delegate to the rooms of the library.

Every method may be called from any thread. Methods that write return what they
made, or `Changes`; long ones take a `Progress`.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import anchoring, describing, tagging
from index.entities import Matcher, read_list, write_list
from index.errors import ArchiveUnavailable, BadInput, NotFound
from index.model import (
    Alias,
    ArchiveInfo,
    BundleSummary,
    Changes,
    Document,
    Entity,
    EntityImport,
    ExportRequest,
    ImportOptions,
    ImportResult,
    Mention,
    Note,
    Page,
    Passage,
    Results,
    SearchRequest,
    Section,
    Verdict,
)
from index.progress import NullProgress, Progress
from index.reading import DocumentView, Readers
from index.search import SearchService
from index.store import custody
from index.store.blobs import BlobStore, space_error
from index.store.database import Database
from index.store.documents import UNSEARCHABLE, DocumentStore
from index.store.entities import EntityStore
from index.store.history import History
from index.store.locking import FileLock
from index.store.passages import PassageStore

if TYPE_CHECKING:
    from index.citing import Citation
    from index.importing import OnResult
    from index.search import QueryAnswer


RECORD = "archive.sqlite"
MAX_VIEWS = 4


def default_folder() -> Path:
    """Return the folder of the default archive, in the user's data folder."""
    import platformdirs

    return platformdirs.user_data_path("muniment", appauthor=False) / "archive"


class Library:
    """An archive: the record, the originals and the search index in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = Database(folder / RECORD, FileLock(folder / "archive.lock"))
        self._name_archive()
        self.documents_store = DocumentStore(self.database)
        self.passages_store = PassageStore(self.database)
        self.entities_store = EntityStore(self.database)
        self.history = History(self.database)
        self.blobs = BlobStore(folder / "originals")
        self.readers = Readers()
        self.search_service = SearchService(
            self.database, folder / "search", FileLock(folder / "search.lock")
        )
        self._views: dict[str, DocumentView] = {}
        self._views_lock = threading.Lock()

    @classmethod
    def create(cls, folder: Path) -> Library:
        """Make an archive in a new or empty folder and open it."""
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise BadInput(f"{folder} is there already and is not an empty folder.")
        return cls._prepared(folder)

    @classmethod
    def open(cls, folder: Path, *, create: bool = False) -> Library:
        """Open the archive in `folder`; make it first when `create` is set and it is missing."""
        if cls.is_archive(folder):
            return cls(folder)
        if not create:
            raise NotFound(f"There is no archive in {folder}.")
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise NotFound(f"There is no archive in {folder}, and the folder is not empty.")
        return cls._prepared(folder)

    @staticmethod
    def is_archive(folder: Path) -> bool:
        """Tell whether there is an archive in a folder."""
        return (folder / RECORD).is_file()

    @classmethod
    def _prepared(cls, folder: Path) -> Library:
        try:
            (folder / "originals").mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
        except OSError as error:
            raise space_error(error) or ArchiveUnavailable(
                f"No archive can be made in {folder}: {error.strerror}."
            ) from error
        return cls(folder)

    def identity(self) -> str:
        """Return the archive's own id, which a copy of it shares."""
        row = self.database.read().execute("SELECT value FROM meta WHERE key = 'uuid'").fetchone()
        return str(row[0])

    def _name_archive(self) -> None:
        with self.database.reading() as connection:
            named = connection.execute("SELECT 1 FROM meta WHERE key = 'uuid'").fetchone()
        if not named:
            with self.database.write() as connection:
                connection.execute(
                    "INSERT OR IGNORE INTO meta VALUES ('uuid', ?)", (uuid.uuid4().hex,)
                )

    def close(self) -> None:
        """Close everything; the library cannot be used afterwards."""
        with self._views_lock:
            for view in self._views.values():
                view.close()
            self._views.clear()
        self.readers.close()
        self.search_service.close()
        self.database.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # The archive

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

    def check(self, *, repair: bool = False, progress: Progress | None = None) -> Verdict:
        """Compare record, originals, passages and index; rebuild the index when `repair` is set."""
        from index import checking

        return checking.check(self, repair=repair, progress=progress or NullProgress())

    def reindex(self, progress: Progress | None = None) -> None:
        """Throw the search index away and build it from the record."""
        self.search_service.rebuild(progress or NullProgress())

    def undo(self) -> Changes:
        """Take the last change back."""
        return self.history.undo()

    def redo(self) -> Changes:
        """Make the last undone change again."""
        return self.history.redo()

    def undo_label(self) -> str | None:
        """Return what `undo` would take back, or None."""
        return self.history.undo_label()

    def redo_label(self) -> str | None:
        """Return what `redo` would make again, or None."""
        return self.history.redo_label()

    # Documents

    def import_files(
        self,
        paths: Iterable[Path],
        options: ImportOptions | None = None,
        progress: Progress | None = None,
        on_result: OnResult | None = None,
    ) -> list[ImportResult]:
        """Import files and folders; see `importing.Importer.run`."""
        from index.importing import Importer

        self.blobs.clear_incoming()
        importer = Importer(self.database, self.blobs, self.readers, self.search_service.follow)
        return importer.run(paths, options or ImportOptions(), progress, on_result)

    def documents(self) -> list[Document]:
        """Return every document in the order of import."""
        return self.documents_store.all()

    def document(self, reference: str) -> Document:
        """Return the document that an id, or the beginning of one, stands for."""
        return self.documents_store.get(self.documents_store.resolve(reference))

    def text(self, identity: str, page: int | None = None) -> str:
        """Return the canonical text, or that of one page counted from 1."""
        if page is None:
            return self.documents_store.text(identity)
        return self.documents_store.page_text(identity, page - 1)

    def pages(self, identity: str) -> list[Page]:
        """Return the pages of a document without their text."""
        return self.documents_store.pages(identity)

    def notes(self, identity: str) -> list[Note]:
        """Return the footnotes and endnotes of a document."""
        return self.documents_store.notes(identity)

    def outline(self, identity: str) -> list[Section]:
        """Return the outline of a document."""
        return self.documents_store.outline(identity)

    def origins(self, identity: str) -> dict[str, tuple[str, float]]:
        """Return where each field of the citation data came from, and how sure that is."""
        return self.documents_store.origins(identity)

    def describe(self, identity: str, fields: Mapping[str, str]) -> Changes:
        """Correct the citation data of a document; “collection” moves it to a collection."""
        document = self.documents_store.get(identity)
        rest = dict(fields)
        collection = rest.pop("collection", document.collection or "").strip() or None
        csl = describing.corrected(document.csl, rest)
        with self.history.action(f"Correct “{document.title}”") as recording:
            self.documents_store.set_csl(identity, csl, collection)
        return recording.changes

    def remove_document(self, identity: str) -> Changes:
        """Delete a document and its original for good; raises `BadInput` while it has passages."""
        document = self.documents_store.get(identity)
        if document.passage_count:
            noun = "passage" if document.passage_count == 1 else "passages"
            raise BadInput(
                f"“{document.title}” has {document.passage_count} {noun}; untag them first."
            )
        with self._views_lock:
            if view := self._views.pop(identity, None):
                view.close()
        self.documents_store.remove(identity)
        self.blobs.remove(document.sha256)
        self.follow()
        return Changes(documents=frozenset({identity}), label=f"Remove “{_short(document.title)}”")

    def original_path(self, identity: str) -> Path:
        """Return where the untouched original lies."""
        return self.blobs.require(self.documents_store.get(identity).sha256)

    def view(self, identity: str) -> DocumentView:
        """Return the reader process that draws and measures a document, shared and kept."""
        with self._views_lock:
            view = self._views.pop(identity, None)
            if view is None:
                document = self.documents_store.get(identity)
                view = self.readers.open(self.original_path(identity), document.media_type)
            self._views[identity] = view
            while len(self._views) > MAX_VIEWS:
                self._views.pop(next(iter(self._views))).close()
            return view

    # Search

    def search(self, request: SearchRequest) -> Results:
        """Answer one query; raises `BadQuery`."""
        return self.search_service.search(request)

    def search_many(self, queries: Iterable[str], limit: int = 0) -> Iterator[QueryAnswer]:
        """Answer a list of queries one by one; a bad one is answered with its error."""
        return self.search_service.search_many(queries, limit)

    def follow(self, progress: Progress | None = None) -> None:
        """Bring the search index up to the record."""
        self.search_service.follow(progress or NullProgress())

    # Passages

    def tag(
        self,
        document: str,
        start: int,
        end: int,
        entities: Sequence[str] = (),
        note: str = "",
        *,
        origin: str = "tag",
    ) -> Passage:
        """Make a passage of `start:end` of a document; entities are ids."""
        found = self.documents_store.get(document)
        text = self.documents_store.text(document)
        anchor = tagging.anchor_of(
            text, start, end, found, self.pages(document), self.measure(found)
        )
        passage = tagging.new_passage(document, anchor, entities, note, origin=origin)
        with self.history.action(f"Tag “{_short(passage.quote)}”"):
            self._require_entities(entities)
            self.passages_store.add(passage)
        return passage

    def tag_quote(
        self, document: str, quote: str, entities: Sequence[str] = (), note: str = ""
    ) -> Passage:
        """Make a passage of the only place of a quote; raises `NotFound` or `Ambiguous`."""
        start, end = tagging.place_of_quote(self.documents_store.text(document), quote)
        return self.tag(document, start, end, entities, note)

    def measure(self, document: Document) -> tagging.Measure | None:
        """Return what measures rectangles in a document, or None where there are no pages."""
        return self.view(document.id).rects if document.paged else None

    def _require_entities(self, entities: Iterable[str]) -> None:
        for entity in entities:
            self.entities_store.get(entity)

    def set_passage(
        self,
        identity: str,
        *,
        entities: Sequence[str] | None = None,
        note: str | None = None,
        start: int | None = None,
        end: int | None = None,
    ) -> Changes:
        """Change a passage's entities, memo or range; None leaves a thing as it is."""
        passage = self.passages_store.get(identity)
        anchor = None
        if start is not None or end is not None:
            document = self.documents_store.get(passage.document)
            anchor = tagging.anchor_of(
                self.documents_store.text(document.id),
                passage.anchor.start if start is None else start,
                passage.anchor.end if end is None else end,
                document,
                self.pages(document.id),
                self.measure(document),
            )
        with self.history.action(f"Change “{_short(passage.quote)}”") as recording:
            self._require_entities(entities or ())
            self.passages_store.update(identity, anchor=anchor, entities=entities, note=note)
        return recording.changes

    def untag(self, identity: str) -> Changes:
        """Remove a passage."""
        passage = self.passages_store.get(identity)
        with self.history.action(f"Remove “{_short(passage.quote)}”") as recording:
            self.passages_store.remove(identity)
        return recording.changes

    def passages(self, entity: str | None = None, document: str | None = None) -> list[Passage]:
        """Return the passages, all or those of one entity or document (ids)."""
        return self.passages_store.select(entity, document)

    def passage(self, reference: str) -> Passage:
        """Return the passage that an id, or the beginning of one, stands for."""
        return self.passages_store.get(self.passages_store.resolve(reference))

    def notes_of(self, passage: Passage) -> list[Note]:
        """Return the footnotes that a passage refers to."""
        return anchoring.notes_within(
            self.notes(passage.document), passage.anchor.start, passage.anchor.end
        )

    # Entities

    def entities(self, kind: str | None = None) -> list[Entity]:
        """Return the entity list by name, or the entities of one kind."""
        return self.entities_store.list(kind)

    def entity(self, reference: str) -> Entity:
        """Return the entity that an id, the beginning of one, or a name stands for."""
        return self.entities_store.find(reference)

    def add_entity(
        self, kind: str, name: str, aliases: Iterable[Alias | str] = (), **fields: Any
    ) -> Entity:
        """Put an entity on the list; `fields` as in `EntityStore.add`."""
        with self.history.action(f"Add “{_short(name)}”"):
            return self.entities_store.add(kind, name, aliases, **fields)

    def update_entity(self, identity: str, **fields: Any) -> Changes:
        """Change an entity; `fields` as in `EntityStore.update`."""
        name = self.entities_store.get(identity).name
        with self.history.action(f"Change “{_short(name)}”") as recording:
            self.entities_store.update(identity, **fields)
        return recording.changes

    def merge_entities(self, keep: str, others: Sequence[str]) -> Changes:
        """Make one entity of several (ids); names and passages move to the one kept."""
        name = self.entities_store.get(keep).name
        with self.history.action(f"Merge into “{_short(name)}”") as recording:
            self.entities_store.merge(keep, others)
        return recording.changes

    def split_entity(
        self, identity: str, names: Sequence[str], passages: Sequence[str] = ()
    ) -> Changes:
        """Make a new entity of some aliases of another, with the passages that are meant."""
        name = self.entities_store.get(identity).name
        with self.history.action(f"Split “{_short(name)}”") as recording:
            self.entities_store.split(identity, names, passages)
        return recording.changes

    def remove_entity(self, identity: str) -> Changes:
        """Take an entity off the list; its passages stay, without it."""
        name = self.entities_store.get(identity).name
        with self.history.action(f"Remove “{_short(name)}”") as recording:
            self.entities_store.remove(identity)
        return recording.changes

    def import_entities(
        self,
        path: Path,
        mapping: Mapping[str, str] | None = None,
        progress: Progress | None = None,
    ) -> EntityImport:
        """Take a list in; entities known already are brought up to date, bad lines named."""
        reading = read_list(path, mapping)
        with self.history.action(f"Import {path.name}") as recording:
            outcome = self.entities_store.upsert_many(reading.entries, progress or NullProgress())
        touched = {*outcome.added, *outcome.updated, *outcome.unchanged}
        return EntityImport(
            entities=tuple(entity for entity in self.entities() if entity.id in touched),
            added=len(outcome.added),
            updated=len(outcome.updated),
            problems=(*reading.problems, *outcome.problems),
            changes=recording.changes,
        )

    def export_entities(self, path: Path) -> int:
        """Write the list to a file in the format its name says; return how many there are."""
        entities = self.entities()
        write_list(path, entities)
        return len(entities)

    def mentions(
        self,
        entities: Sequence[str] | None = None,
        document: str | None = None,
        min_score: float = 0.0,
    ) -> Iterator[Mention]:
        """Yield where entities (ids; None: all) occur in documents and nobody decided yet."""
        wanted = [entity for entity in self.entities() if entities is None or entity.id in entities]
        matcher = Matcher(wanted)
        for found in [document] if document else [each.id for each in self.documents()]:
            taken = {
                (passage.anchor.start, passage.anchor.end, entity)
                for passage in self.passages(document=found)
                for entity in passage.entities
            }
            for mention in matcher.find(found, self.text(found)):
                covered = any(
                    start <= mention.start and mention.end <= end and entity == mention.entity
                    for start, end, entity in taken
                )
                if mention.score >= min_score and not covered:
                    yield mention

    # Everything done

    # Citations and bundles

    def cite(
        self, identity: str, page: int | None = None, style: str = ExportRequest().style
    ) -> Citation:
        """Return the formatted citation of a document, or of a page counted from 1."""
        from index.export import archive

        return archive.cite(self, identity, page, style)

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

    def read_pseudonyms(self, path: Path) -> dict[str, str]:
        """Read a CSV of entities and the names to show for them; return {entity id: name}."""
        from index.export import archive

        return archive.read_pseudonyms(self, path)

    def custody(self) -> list[dict[str, Any]]:
        """Return the custody record from its beginning."""
        return list(custody.entries(self.database.read()))


def _short(text: str, length: int = 40) -> str:
    words = " ".join(text.split())
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"
