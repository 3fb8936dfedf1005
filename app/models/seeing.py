"""What the passages of an entity show together: years, companions, entries of its dossier."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from app.models.faces import Face, Group, plural
from app.models.passages_model import NOTICES, on_one_line, place_of
from app.models.rows import RowsModel
from app.theme import KIND_SYMBOLS, KIND_WORDS, entity_color
from index.model import Document, Entity, Passage

UNDATED = "No date"


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage of a dossier with its document and its citation as text."""

    passage: Passage
    document: Document
    citation: str


@dataclass(frozen=True, slots=True)
class Companion:
    """An entity that shares passages, or at least documents, with another."""

    entity: Entity
    passages: tuple[str, ...]  # ids of the passages tagged with both
    documents: int  # documents where both are tagged


def years(entries: Sequence[Entry]) -> list[tuple[int, int]]:
    """Return how many passages there are for each year, every year between included."""
    found = Counter(int(e.document.issued[:4]) for e in entries if e.document.issued)
    if not found:
        return []
    return [(year, found.get(year, 0)) for year in range(min(found), max(found) + 1)]


def companions(
    entity: str, passages: Sequence[Passage], entities: Mapping[str, Entity]
) -> list[Companion]:
    """Return who is tagged together with an entity, the closest first."""
    within: dict[str, set[str]] = {}
    shared: dict[str, list[str]] = {}
    for passage in passages:
        for other in passage.entities:
            within.setdefault(other, set()).add(passage.document)
            if other != entity and entity in passage.entities:
                shared.setdefault(other, []).append(passage.id)
    here = within.get(entity, set())
    found = [
        Companion(entities[other], tuple(shared.get(other, ())), len(here & documents))
        for other, documents in within.items()
        if other != entity and other in entities and here & documents
    ]
    return sorted(found, key=lambda c: (-len(c.passages), -c.documents, c.entity.name.casefold()))


class EntryColumn(IntEnum):
    """The one column of a dossier."""

    ENTRY = 0


class DossierModel(RowsModel[Entry]):
    """Holds a dossier's entries by date, under their years."""

    columns = EntryColumn
    titles = ("Passage",)

    def show(self, rows: Sequence[Entry]) -> None:
        """Show entries, the oldest first, those without a date at the end."""
        super().show(
            sorted(
                rows,
                key=lambda e: (
                    e.document.issued or "9999",
                    e.document.title.casefold(),
                    e.passage.anchor.start,
                ),
            )
        )

    def key(self, row: Entry) -> str:
        """Return the passage's id."""
        return row.passage.id

    def value(self, row: Entry, column: int) -> Any:
        """Return the date of the document."""
        return row.document.issued

    def text(self, row: Entry, column: int) -> str:
        """Return an entry as it is read aloud."""
        return f"{on_one_line(row.passage.quote)} {row.citation} {row.passage.note}".strip()

    def face(self, row: Entry) -> Face:
        """Return how the dossier shows an entry."""
        note = on_one_line(row.passage.note)
        return Face(
            title=f"“{on_one_line(row.passage.quote)}”",
            detail=row.citation,
            place=place_of(row.passage, row.document.paged),
            more=f"Note: {note}" if note else "",
            notice=NOTICES.get(row.passage.anchor.status, ""),
            lines=3,
        )

    def group(self, row: Entry) -> Group | None:
        """Return the year an entry stands under."""
        return Group((row.document.issued or UNDATED)[:4] if row.document.issued else UNDATED)

    def tip(self, row: Entry) -> str:
        """Return quote, citation and memo in full."""
        return "\n\n".join(
            part
            for part in (on_one_line(row.passage.quote)[:800], row.citation, row.passage.note)
            if part
        )


class CompanionColumn(IntEnum):
    """The columns, in order."""

    NAME = 0
    PASSAGES = 1
    DOCUMENTS = 2


class CompanionsModel(RowsModel[Companion]):
    """Holds the entities tagged together with one."""

    columns = CompanionColumn
    titles = ("Together with", "Passages", "Documents")

    def key(self, row: Companion) -> str:
        """Return the other entity's id."""
        return row.entity.id

    def value(self, row: Companion, column: int) -> Any:
        """Return the native value of a cell."""
        if column == CompanionColumn.PASSAGES:
            return len(row.passages)
        return row.documents if column == CompanionColumn.DOCUMENTS else row.entity.name.casefold()

    def text(self, row: Companion, column: int) -> str:
        """Return a cell as it is shown."""
        return row.entity.name if column == CompanionColumn.NAME else str(self.value(row, column))

    def face(self, row: Companion) -> Face:
        """Return how the list shows a companion."""
        count = len(row.passages)
        return Face(
            title=row.entity.name,
            detail=KIND_WORDS.get(row.entity.kind, ""),
            side=plural(count, "passage") if count else "",
            side_detail=plural(row.documents, "document"),
            symbol=KIND_SYMBOLS.get(row.entity.kind, "●"),
            color=entity_color(row.entity),
        )
