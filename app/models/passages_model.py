"""Passages as rows: the quote, where it stands, what it is tagged with."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

from app.models.faces import Face, Group
from app.models.rows import RowsModel
from app.theme import KIND_SYMBOLS, UNTAGGED_COLOR, entity_color
from index.model import AnchorStatus, Document, Entity, Passage

NOTICES = {
    AnchorStatus.MOVED: "Moved with its words when the report was read again",
    AnchorStatus.UNCERTAIN: "Its place is uncertain: look and confirm it",
    AnchorStatus.LOST: "Its words are no longer in the document",
}


class PassageColumn(IntEnum):
    """The columns, in order."""

    PLACE = 0
    QUOTE = 1
    ENTITIES = 2
    CREATED = 3
    STATUS = 4


class PassagesModel(RowsModel[Passage]):
    """Holds passages, grouped by their documents while they stand in their order."""

    columns = PassageColumn
    titles = ("Place", "Quote", "Entities", "Made", "State")

    def __init__(self) -> None:
        super().__init__()
        self._documents: Mapping[str, Document] = {}
        self._entities: Mapping[str, Entity] = {}
        self._order: dict[str, int] = {}
        self.grouped = True

    def describe(self, documents: Mapping[str, Document], entities: Mapping[str, Entity]) -> None:
        """Take in the titles and names that passages are shown with."""
        self._documents = documents
        self._entities = entities
        self._order = {identity: number for number, identity in enumerate(documents)}
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def key(self, row: Passage) -> str:
        """Return the passage's id."""
        return row.id

    def value(self, row: Passage, column: int) -> Any:
        """Return the native value of a cell."""
        match column:
            case PassageColumn.PLACE:
                return (self._order.get(row.document, len(self._order)), row.anchor.start)
            case PassageColumn.QUOTE:
                return row.quote.casefold()
            case PassageColumn.ENTITIES:
                return "; ".join(self._names(row)).casefold()
            case PassageColumn.CREATED:
                return row.created
        return row.anchor.status.value

    def text(self, row: Passage, column: int) -> str:
        """Return a cell as it is read."""
        match column:
            case PassageColumn.PLACE:
                face = self.face(row)
                return ", ".join(
                    part for part in (face.place, face.title, face.detail, face.notice) if part
                )
            case PassageColumn.QUOTE:
                return on_one_line(row.quote)
            case PassageColumn.ENTITIES:
                return "; ".join(self._names(row))
        return super().text(row, column)

    def face(self, row: Passage) -> Face:
        """Return how the list shows a passage."""
        first = next((self._entities[e] for e in row.entities if e in self._entities), None)
        document = self._documents.get(row.document)
        return Face(
            title=f"“{on_one_line(row.quote)}”",
            detail=", ".join(self._names(row)) or "not tagged",
            side_detail=" · ".join(_signs(row)),
            place=place_of(row, document is None or document.paged),
            symbol=KIND_SYMBOLS.get(first.kind, "") if first is not None else "○",
            color=entity_color(first) if first is not None else UNTAGGED_COLOR,
            notice=NOTICES.get(row.anchor.status, ""),
            lines=2,
        )

    def group(self, row: Passage) -> Group | None:
        """Return the document a passage stands in."""
        document = self._documents.get(row.document)
        if not self.grouped or document is None:
            return None
        return Group(document.title, (document.issued or "")[:4])

    def _group_key(self, row: Passage) -> str:
        return f"{self._order.get(row.document, 0):09}" if self.grouped else ""

    def tip(self, row: Passage) -> str:
        """Return the whole quote and its memo."""
        parts = (on_one_line(row.quote)[:600], row.note[:600], NOTICES.get(row.anchor.status, ""))
        return "\n\n".join(part for part in parts if part)

    def _names(self, row: Passage) -> list[str]:
        return [self._entities[e].name for e in row.entities if e in self._entities]


def _signs(passage: Passage) -> list[str]:
    found = "found in the file" if passage.origin == "annotation" else ""
    return [sign for sign in (found, "note" if passage.note else "") if sign]


def place_of(passage: Passage, paged: bool = True) -> str:
    """Return how a list names the place of a passage."""
    label = passage.anchor.label or str(passage.anchor.page + 1)
    return label if label.startswith("¶") or not paged else f"p. {label}"


def on_one_line(quote: str) -> str:
    """Return a quote as one would type it: line-end hyphens joined, white space single."""
    for broken in ("\ufffe", "\x02", "\u00ad"):
        quote = quote.replace(f"{broken}\r\n", "").replace(f"{broken}\n", "").replace(broken, "")
    return " ".join("".join(c if c >= " " else " " for c in quote).split())


def chosen(
    passages: Sequence[Passage], *, entity: str = "", document: str = "", typed: str = ""
) -> list[Passage]:
    """Return the passages of an entity and a document whose quote or memo has every typed word."""
    words = typed.casefold().split()
    return [
        passage
        for passage in passages
        if (
            not entity
            or (passage.entities == () if entity == UNTAGGED else entity in passage.entities)
        )
        and (not document or passage.document == document)
        and all(word in f"{on_one_line(passage.quote)} {passage.note}".casefold() for word in words)
    ]


UNTAGGED = "untagged"  # in the place of an entity: passages without any
