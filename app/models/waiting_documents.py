"""Documents as rows of the review queue: how many proposals wait in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from app.models.faces import Face
from app.models.rows import RowsModel
from index.model import Document


@dataclass(frozen=True, slots=True)
class WaitingDocument:
    """A document, and how many proposals wait in it."""

    document: Document
    count: int


class WaitingColumn(IntEnum):
    """The columns, in order."""

    TITLE = 0
    TO_REVIEW = 1


class WaitingDocumentsModel(RowsModel[WaitingDocument]):
    """Holds the documents in which something waits."""

    columns = WaitingColumn
    titles = ("Document", "To review")

    def key(self, row: WaitingDocument) -> str:
        """Return the document's id."""
        return row.document.id

    def value(self, row: WaitingDocument, column: int) -> Any:
        """Return the native value of a cell."""
        return row.document.title.casefold() if column == WaitingColumn.TITLE else row.count

    def text(self, row: WaitingDocument, column: int) -> str:
        """Return a cell as it is read."""
        if column == WaitingColumn.TITLE:
            return f"{row.document.title}, {row.count:,} to review"
        return f"{row.count:,}"

    def face(self, row: WaitingDocument) -> Face:
        """Return how the list shows a document."""
        document = row.document
        authors = ", ".join(document.authors) or document.publisher or ""
        about = ", ".join(part for part in (authors, (document.issued or "")[:4]) if part)
        return Face(title=document.title, detail=about, side=f"{row.count:,}")

    def tip(self, row: WaitingDocument) -> str:
        """Return the whole title."""
        return row.document.title


def waiting_documents(
    counts: Mapping[str, int], documents: Mapping[str, Document], typed: str
) -> Sequence[WaitingDocument]:
    """Return the documents that wait and have every typed word in the title, most first."""
    words = typed.casefold().split()
    rows = [
        WaitingDocument(documents[identity], count)
        for identity, count in counts.items()
        if identity in documents
        and count
        and all(word in documents[identity].title.casefold() for word in words)
    ]
    return sorted(rows, key=lambda row: (-row.count, row.document.title.casefold()))
