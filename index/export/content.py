"""What a bundle is made from: values and a few ways to ask the archive for more.

Every exporter works from one `BundleContent` and nothing else, so a treatment
(pseudonyms, memos left out) is made once, on the content, and holds everywhere.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from index.files import AnyFile
from index.model import Document, Entity, ExportRequest, Note, Page, Passage

if TYPE_CHECKING:
    from index.library import Library

KIND_COLORS = {
    "Person": "#2ea8e5",
    "Organization": "#a28ae5",
    "Law": "#5fb236",
    "Place": "#f19837",
    "Event": "#ff6666",
    "Theme": "#ffd400",
}
PLAIN_COLOR = "#aaaaaa"
NAMESPACE = uuid.UUID("7d9a4f0e-52b1-5f6e-9c41-0a3b6d2e8f17")


@dataclass(frozen=True, slots=True)
class BundleContent:
    """Everything that goes into a bundle.

    `documents` are those that have a passage here, `passages` stand in the order
    of documents and text, `notes` are the footnotes of each passage by its id.
    The callables take a document's id.
    """

    request: ExportRequest
    documents: Sequence[Document]
    passages: Sequence[Passage]
    entities: Sequence[Entity]
    notes: Mapping[str, Sequence[Note]]
    original: Callable[[str], AnyFile]
    text: Callable[[str], str]
    pages: Callable[[str], Sequence[Page]]
    custody: Sequence[Mapping[str, Any]] = ()
    archive: str = ""  # the archive's own id
    notices: Sequence[str] = ()  # what was left out already, each a sentence
    copies: bool = True  # highlighted copies and pictures may be made of the originals
    treated: bool = False  # names were replaced: quotes are not the originals' any more
    all_entities: Sequence[Entity] = ()  # the whole list, to find whose names to hide
    document_by_id: Mapping[str, Document] = field(init=False)
    entity_by_id: Mapping[str, Entity] = field(init=False)
    _by_document: Mapping[str, Sequence[Passage]] = field(init=False)

    def __post_init__(self) -> None:
        documents = {document.id: document for document in self.documents}
        object.__setattr__(self, "document_by_id", documents)
        grouped: dict[str, list[Passage]] = {}
        for passage in self.passages:
            grouped.setdefault(passage.document, []).append(passage)
        object.__setattr__(self, "_by_document", grouped)
        object.__setattr__(self, "entity_by_id", {entity.id: entity for entity in self.entities})

    def of_document(self, document: str) -> Sequence[Passage]:
        """Return the passages of one document."""
        return self._by_document.get(document, ())

    def entities_of(self, passage: Passage) -> list[Entity]:
        """Return the entities that a passage is tagged with."""
        return [self.entity_by_id[name] for name in passage.entities if name in self.entity_by_id]

    def color_of(self, passage: Passage) -> str:
        """Return the colour of a passage: that of its first entity."""
        for entity in self.entities_of(passage):
            return entity.color or KIND_COLORS.get(entity.kind, PLAIN_COLOR)
        return PLAIN_COLOR

    def uuid_of(self, *names: str) -> uuid.UUID:
        """Return an id that is the same for the same thing in every export."""
        return uuid.uuid5(NAMESPACE, "\x1f".join((self.archive, *names)))


def gather(library: Library, request: ExportRequest) -> BundleContent:
    """Collect from an archive what a request asks for."""
    wanted_entities, wanted_passages = set(request.entities), set(request.passages)
    passages = [
        passage
        for passage in library.passages()
        if (not wanted_entities and not wanted_passages)
        or passage.id in wanted_passages
        or wanted_entities & set(passage.entities)
    ]
    passages = in_order(passages, request)
    documents = {passage.document for passage in passages}
    tagged = {entity for passage in passages for entity in passage.entities}
    notes: dict[str, list[Note]] = {}
    by_document: dict[str, list[Note]] = {}
    for passage in passages:
        if passage.document not in by_document:
            by_document[passage.document] = library.notes(passage.document)
        notes[passage.id] = notes_of(by_document[passage.document], passage)
    subjects = documents | tagged | {passage.id for passage in passages}
    entities = library.entities()
    return BundleContent(
        request=request,
        documents=[document for document in library.documents() if document.id in documents],
        passages=passages,
        entities=[entity for entity in entities if entity.id in tagged],
        all_entities=entities,
        notes=notes,
        original=library.original,
        text=library.text,
        pages=library.pages,
        custody=[line for line in library.custody() if line.get("subject") in subjects],
        archive=library.identity(),
    )


def in_order(passages: Sequence[Passage], request: ExportRequest) -> list[Passage]:
    """Return passages in the order of the request's sections; the others follow as they were."""
    order = {
        identity: number
        for number, identity in enumerate(
            identity for section in request.sections for identity in section.passages
        )
    }
    return sorted(passages, key=lambda passage: order.get(passage.id, len(order)))


def notes_of(notes: Sequence[Note], passage: Passage) -> list[Note]:
    """Return the footnotes that a passage refers to."""
    from index import anchoring

    return anchoring.notes_within(notes, passage.anchor)
