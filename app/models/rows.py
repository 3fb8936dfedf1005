"""The base of the table models: rows that were given, named columns, native values to sort by."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.models.faces import Face, Group

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")

ROW = Qt.ItemDataRole.UserRole  # the value the row stands for
SORT = Qt.ItemDataRole.UserRole + 1  # the native value of a cell
FACE = Qt.ItemDataRole.UserRole + 2  # Face: how a list shows the row
GROUP = Qt.ItemDataRole.UserRole + 3  # Group or None: what the row belongs to
KEY = Qt.ItemDataRole.UserRole + 4  # what stays the same when the row is read again


class RowsModel(QAbstractTableModel, Generic[T]):
    """Holds the rows it was given; a subclass says what its columns and faces are."""

    columns: type[IntEnum]
    titles: Sequence[str] = ()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[T] = []

    # What a subclass says

    def key(self, row: T) -> str:
        """Return what identifies a row."""
        raise TypeError(f"{type(self).__name__} does not say what identifies a row.")

    def value(self, row: T, column: int) -> Any:
        """Return the native value of a cell, to sort by."""
        raise TypeError(f"{type(self).__name__} has no values.")

    def text(self, row: T, column: int) -> str:
        """Return a cell as it is read aloud or shown in a table."""
        value = self.value(row, column)
        return "" if value is None else str(value)

    def face(self, row: T) -> Face | None:
        """Return how a list shows a row."""
        return None

    def group(self, row: T) -> Group | None:
        """Return the heading a row stands under."""
        return None

    def tip(self, row: T) -> str:
        """Return what the mouse finds out."""
        return ""

    # Rows

    def show(self, rows: Sequence[T]) -> None:
        """Show these rows; when only their contents differ, nothing else moves."""
        new = list(rows)
        if [self.key(row) for row in new] == [self.key(row) for row in self._rows]:
            self._rows = new
            if new:
                last = self.index(len(new) - 1, self.columnCount() - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def append(self, row: T) -> None:
        """Add a row at the end."""
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows))
        self._rows.append(row)
        self.endInsertRows()

    def remove(self, number: int) -> None:
        """Take a row away."""
        self.beginRemoveRows(QModelIndex(), number, number)
        del self._rows[number]
        self.endRemoveRows()

    def rows(self) -> list[T]:
        """Return the rows in their order."""
        return list(self._rows)

    def row_at(self, index: Index) -> T | None:
        """Return the row at an index."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        return self._rows[index.row()]

    def place(self, key: str) -> int | None:
        """Return the number of the row with a key."""
        for number, row in enumerate(self._rows):
            if self.key(row) == key:
                return number
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by the native values of a column, groups kept together."""
        descending = order == Qt.SortOrder.DescendingOrder
        rows = arranged(
            self._rows, lambda row: self.value(row, column), descending, group=self._group_key
        )
        self.show(rows)

    def _group_key(self, row: T) -> str:
        group = self.group(row)
        return group.title.casefold() if group is not None else ""

    # Qt

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell in one of its roles."""
        row = self.row_at(index)
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(row) or None
        return self._of_ours(row, index.column(), role)

    def _of_ours(self, row: T, column: int, role: int) -> Any:
        if role == ROW:
            return row
        if role == SORT:
            return self.value(row, column)
        if role == FACE:
            return self.face(row)
        if role == GROUP:
            return self.group(row)
        return self.key(row) if role == KEY else None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the title of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.titles[section] if section < len(self.titles) else None
        return None


def arranged(
    rows: Sequence[T],
    value: Callable[[T], Any],
    descending: bool = False,
    group: Callable[[T], str] | None = None,
) -> list[T]:
    """Return rows sorted by a native value, those without one last, groups kept together."""
    present = [row for row in rows if value(row) not in (None, "")]
    absent = [row for row in rows if value(row) in (None, "")]
    found = sorted(present, key=value, reverse=descending) + absent
    return sorted(found, key=group) if group is not None else found
