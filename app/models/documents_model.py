"""Documents as rows: what they are, what cannot be searched in them, how much is tagged."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from app.models.faces import Face, Group, page_ranges, plural
from app.models.rows import RowsModel
from index.model import Document


class DocumentColumn(IntEnum):
    """The columns, in order."""

    TITLE = 0
    AUTHORS = 1
    ISSUED = 2
    PAGES = 3
    UNSEARCHABLE = 4
    PASSAGES = 5
    IMPORTED = 6


class DocumentsModel(RowsModel[Document]):
    """Holds documents; those of several collections stand under their collection's name."""

    columns = DocumentColumn
    titles = ("Title", "Authors", "Date", "Pages", "Not searchable", "Passages", "Imported")

    def __init__(self) -> None:
        super().__init__()
        self._grouped = False

    def show(self, rows: Sequence[Document]) -> None:
        """Show documents, parted by collection when there is more than one."""
        self._grouped = len({document.collection for document in rows}) > 1
        super().show(rows)

    def key(self, row: Document) -> str:
        """Return the document's id."""
        return row.id

    def value(self, row: Document, column: int) -> Any:
        """Return the native value of a cell."""
        match column:
            case DocumentColumn.TITLE:
                return row.title.casefold()
            case DocumentColumn.AUTHORS:
                return "; ".join(row.authors)
            case DocumentColumn.ISSUED:
                return row.issued
            case DocumentColumn.PAGES:
                return row.page_count
            case DocumentColumn.UNSEARCHABLE:
                return len(row.unsearchable_pages)
            case DocumentColumn.PASSAGES:
                return row.passage_count
        return row.imported

    def text(self, row: Document, column: int) -> str:
        """Return a cell as it is read."""
        if column == DocumentColumn.TITLE:
            return ", ".join(part for part in (row.title, byline(row), unsearchable(row)) if part)
        return super().text(row, column)

    def face(self, row: Document) -> Face:
        """Return how the list shows a document."""
        return Face(
            title=row.title,
            detail=byline(row) or (row.file_name if row.file_name != row.title else extent(row)),
            side=(row.issued or "")[:4],
            side_detail=plural(row.passage_count, "passage") if row.passage_count else "",
            notice=unsearchable(row),
        )

    def group(self, row: Document) -> Group | None:
        """Return the collection a document stands under."""
        return Group(row.collection or "In no collection") if self._grouped else None

    def tip(self, row: Document) -> str:
        """Return title, file and what cannot be searched."""
        lines = [row.title, f"{row.file_name} · {extent(row)}", unsearchable(row, most=40)]
        return "\n".join(line for line in lines if line)


def byline(document: Document) -> str:
    """Return who wrote and who published a document."""
    who = ", ".join(document.authors[:2]) + (" and others" if len(document.authors) > 2 else "")
    return " · ".join(part for part in (who, document.publisher or "") if part)


def extent(document: Document) -> str:
    """Return how long a document is, in its own units."""
    return plural(document.page_count, "page" if document.paged else "section")


def unsearchable(document: Document, most: int = 4) -> str:
    """Return which pages cannot be searched, as a sentence; nothing when all can."""
    missing = document.unsearchable_pages
    if not missing:
        return ""
    if len(missing) == document.page_count:
        return (
            f"None of its {document.page_count} pages can be searched"
            if len(missing) > 1
            else ("Its only page cannot be searched")
        )
    noun = "Page" if len(missing) == 1 else "Pages"
    return f"{noun} {page_ranges(missing, most)} cannot be searched"
