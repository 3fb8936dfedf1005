"""Repeated names that are in nobody's list, as rows."""

from enum import IntEnum
from typing import Any

from app.models.faces import Face, plural
from app.models.rows import RowsModel
from app.theme import KIND_COLORS, KIND_SYMBOLS, KIND_WORDS
from index.entities.proposals import NewName


class NewNameColumn(IntEnum):
    """The columns, in order."""

    NAME = 0
    COUNT = 1
    DOCUMENTS = 2


class NewNamesModel(RowsModel[NewName]):
    """Holds the names that could be added."""

    columns = NewNameColumn
    titles = ("Name", "Times", "Documents")

    def key(self, row: NewName) -> str:
        """Return the name."""
        return row.name

    def value(self, row: NewName, column: int) -> Any:
        """Return the native value of a cell."""
        if column == NewNameColumn.COUNT:
            return row.count
        return row.documents if column == NewNameColumn.DOCUMENTS else row.name.casefold()

    def text(self, row: NewName, column: int) -> str:
        """Return a cell as it is read."""
        return row.name if column == NewNameColumn.NAME else str(self.value(row, column))

    def face(self, row: NewName) -> Face:
        """Return how the list shows a name."""
        others = [name for name in row.spellings if name != row.name]
        also = f" · also {', '.join(others[:3])}" if others else ""
        return Face(
            title=row.name,
            detail=f"{KIND_WORDS.get(row.kind, row.kind)}{also}",
            side=f"{row.count:,} times",
            side_detail=plural(row.documents, "document"),
            symbol=KIND_SYMBOLS.get(row.kind, "●"),
            color=KIND_COLORS.get(row.kind, ""),
        )
