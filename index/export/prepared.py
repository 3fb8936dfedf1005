"""A bundle's content made ready for the exporters: numbered, cited, its files named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from index.citing import Citation, Citer, Place, of_passage
from index.citing.items import of_document
from index.export.bag import Bag
from index.export.content import BundleContent
from index.model import Document, Entity, Note, Passage
from index.progress import Progress

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Item:
    """One passage as it stands in the bundle; `number` counts from 1."""

    number: int
    passage: Passage
    document: Document
    entities: Sequence[Entity]
    notes: Sequence[Note]
    place: Place
    citation: Citation
    color: str


@dataclass(frozen=True, slots=True)
class Group:
    """Passages under one heading of the reports: a section of the bundle, or a document."""

    title: str
    items: Sequence[Item]
    documents: Sequence[Document]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What every exporter is given.

    `copies` and `texts` hold, by document id, the payload paths of the
    highlighted PDF and of the canonical text that offsets count in; `pictures`
    the path for (document id, page index).
    """

    content: BundleContent
    bag: Bag
    citer: Citer
    items: Sequence[Item]
    references: Sequence[Mapping[str, Any]]  # CSL-JSON items
    texts: Mapping[str, str]
    progress: Progress
    made: str  # when the bundle is made, ISO 8601 UTC
    copies: dict[str, str] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)
    pictures: dict[tuple[str, int], str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    _by_document: dict[str, list[Item]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for item in self.items:
            self._by_document.setdefault(item.document.id, []).append(item)

    def of_document(self, document: str) -> Sequence[Item]:
        """Return the items of one document."""
        return self._by_document.get(document, ())

    def groups(self) -> list[Group]:
        """Return the passages under the headings of the request, else under their documents."""
        sections = self.content.request.sections
        if not sections:
            return [
                Group(document.title, items, (document,))
                for document in self.content.documents
                if (items := self.of_document(document.id))
            ]
        by_id = {item.passage.id: item for item in self.items}
        found, taken = [], set()
        for section in sections:
            items = [by_id[one] for one in section.passages if one in by_id and one not in taken]
            taken |= {item.passage.id for item in items}
            if items:
                found.append(_group(section.title, items))
        rest = [item for item in self.items if item.passage.id not in taken]
        return [*found, _group("Other passages", rest)] if rest else found


def _group(title: str, items: Sequence[Item]) -> Group:
    documents = {item.document.id: item.document for item in items}
    return Group(title or "Passages", items, tuple(documents.values()))


def prepare(content: BundleContent, bag: Bag, progress: Progress, made: str) -> Prepared:
    """Cite every passage and name every file."""
    citer = Citer(content.request.style, content.documents)
    items = []
    for number, passage in enumerate(content.passages, 1):
        progress.report(number - 1, len(content.passages), "Writing citations")
        document = content.document_by_id[passage.document]
        place = of_passage(passage, document)
        items.append(
            Item(
                number=number,
                passage=passage,
                document=document,
                entities=content.entities_of(passage),
                notes=content.notes.get(passage.id, ()),
                place=place,
                citation=citer.cite(document, place),
                color=content.color_of(passage),
            )
        )
    texts = {
        document.id: bag.name("data/documents", stem_of(document), ".txt")
        for document in content.documents
    }
    return Prepared(
        content=content,
        bag=bag,
        citer=citer,
        items=items,
        references=[of_document(document) for document in content.documents],
        texts=texts,
        progress=progress,
        made=made,
        notices=list(content.notices),
    )


def stem_of(document: Document) -> str:
    """Return a document's file name without its extension."""
    stem, dot, _ = document.file_name.rpartition(".")
    return stem if dot and stem else document.file_name
