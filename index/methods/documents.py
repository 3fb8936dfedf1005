"""What an archive does with documents: import, read, describe, remove."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from index import describing
from index.errors import BadInput
from index.files import AnyFile
from index.model import (
    Changes,
    Document,
    ImportOptions,
    ImportResult,
    Note,
    Page,
    Section,
)
from index.progress import Progress

if TYPE_CHECKING:
    from index.importing import OnResult


from index.methods.viewing import ViewMethods
from index.methods.wording import short


class DocumentMethods(ViewMethods):
    """The methods of a library that are about documents."""

    def import_files(
        self,
        paths: Iterable[AnyFile],
        options: ImportOptions | None = None,
        progress: Progress | None = None,
        on_result: OnResult | None = None,
    ) -> list[ImportResult]:
        """Import files and folders; see `importing.Importer.run`."""
        from index.importing import Importer

        options = self.with_passwords(options or ImportOptions())
        self.blobs.clear_incoming()
        importer = Importer(self.database, self.blobs, self.readers, self.search_service)
        return importer.run(paths, options, progress, on_result)

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

    def details(self, identity: str) -> dict[str, Any]:
        """Return what the reader found out besides the text: encoding, warnings …"""
        return self.documents_store.details(identity)

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
        self.forget_view(identity)
        self.documents_store.remove(identity)
        self.blobs.remove(document.sha256)
        self.follow()
        return Changes(documents=frozenset({identity}), label=f"Remove “{short(document.title)}”")

    def original(self, identity: str) -> AnyFile:
        """Return the untouched original, to be read."""
        return self.blobs.require(self.documents_store.get(identity).sha256)
