"""Search results as rows: a heading a document, under it its pages, at the end what is missing."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from index.model import Document, Hit

Index = QModelIndex | QPersistentModelIndex

ROW = Qt.ItemDataRole.UserRole  # the row itself: Heading, Found or Missing


@dataclass(frozen=True, slots=True)
class Heading:
    """A document with the pages found in it so far."""

    document: str
    title: str
    details: str  # "2017 · ru · 4 pages"
    pages: int


@dataclass(frozen=True, slots=True)
class Found:
    """One page that matches."""

    hit: Hit
    place: str  # "p. 3" or "¶ 12–15"


@dataclass(frozen=True, slots=True)
class Missing:
    """A sentence about what could not be searched; `link` is what can be done about it."""

    text: str
    link: str = ""
    document: str = ""  # id of the one document it is about


Row = Heading | Found | Missing


class Step(IntEnum):
    """Directions of `HitModel.neighbour`."""

    BACK = -1
    ON = 1


def place_of(hit: Hit, paged: bool = True) -> str:
    """Return how a list names a page: the label, with p. before a printed number."""
    label = hit.label or str(hit.page)
    if not paged or label.startswith("¶"):
        return label
    return f"p. {label}"


class HitModel(QAbstractListModel):
    """Holds the rows of one search; more pages of hits can be added at the end."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._groups: dict[str, list[Hit]] = {}
        self._documents: Mapping[str, Document] = {}
        self._tail: tuple[Missing, ...] = ()

    def show(
        self, hits: Sequence[Hit], missing: Sequence[Missing], documents: Mapping[str, Document]
    ) -> None:
        """Show the first hits of a search."""
        self.beginResetModel()
        self._documents = documents
        self._groups = {}
        self._rows = []
        self._tail = tuple(missing)
        for hit in hits:
            self._groups.setdefault(hit.document, []).append(hit)
        for group in self._groups.values():
            group.sort(key=lambda hit: hit.page)
            self._rows.append(self._heading(group))
            self._rows += [self._found(hit) for hit in group]
        self._rows += self._tail
        self.endResetModel()

    def extend(self, hits: Sequence[Hit]) -> None:
        """Add further hits: under a heading that is there, else at the end."""
        for hit in hits:
            if hit.document in self._groups:
                self._insert(hit)
            else:
                self._append(hit)

    def describe(self, documents: Mapping[str, Document]) -> None:
        """Take other facts about the documents into the headings."""
        self._documents = documents
        for number, row in enumerate(self._rows):
            if isinstance(row, Heading):
                new = self._heading(self._groups[row.document])
                if new != row:
                    self._rows[number] = new
                    self.dataChanged.emit(self.index(number), self.index(number))

    def neighbour(self, number: int, step: Step) -> int | None:
        """Return the next row after `number` that can be chosen, or None."""
        number += step
        while 0 <= number < len(self._rows):
            if _can_be_chosen(self._rows[number]):
                return number
            number += step
        return None

    def pages(self) -> int:
        """Return how many pages are shown."""
        return sum(len(group) for group in self._groups.values())

    def row(self, index: Index) -> Row | None:
        """Return the row at an index."""
        return self._rows[index.row()] if index.isValid() else None

    def place(self, document: str, page: int) -> int | None:
        """Return the row of a page, or None when it was not found."""
        for number, row in enumerate(self._rows):
            if isinstance(row, Found) and (row.hit.document, row.hit.page) == (document, page):
                return number
        return None

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row, or its text for screen readers and copying."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Heading):
            return row.title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let pages and what can be done be chosen, headings not."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row = self._rows[index.row()]
        chosen = _can_be_chosen(row)
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return enabled | Qt.ItemFlag.ItemIsSelectable if chosen else enabled

    def _insert(self, hit: Hit) -> None:
        group = self._groups[hit.document]
        place = bisect_left([other.page for other in group], hit.page)
        head = next(
            number
            for number, row in enumerate(self._rows)
            if isinstance(row, Heading) and row.document == hit.document
        )
        at = head + 1 + place
        self.beginInsertRows(QModelIndex(), at, at)
        group.insert(place, hit)
        self._rows.insert(at, self._found(hit))
        self.endInsertRows()
        self._rows[head] = self._heading(group)
        self.dataChanged.emit(self.index(head), self.index(head))

    def _append(self, hit: Hit) -> None:
        at = len(self._rows) - len(self._tail)
        self.beginInsertRows(QModelIndex(), at, at + 1)
        self._groups[hit.document] = [hit]
        self._rows[at:at] = [self._heading([hit]), self._found(hit)]
        self.endInsertRows()

    def _found(self, hit: Hit) -> Found:
        document = self._documents.get(hit.document)
        return Found(_tidy(hit), place_of(hit, document is None or document.paged))

    def _heading(self, group: Sequence[Hit]) -> Heading:
        hit = group[0]
        document = self._documents.get(hit.document)
        count = "1 page" if len(group) == 1 else f"{len(group)} pages"
        if document is not None and not document.paged:
            count = "1 place" if len(group) == 1 else f"{len(group)} places"
        facts = [count]
        if document is not None:
            language = document.language if document.language not in (None, "en") else None
            facts = [fact for fact in ((document.issued or "")[:4], language, count) if fact]
        title = document.title if document is not None else hit.title
        return Heading(hit.document, title, " · ".join(facts), len(group))


def _tidy(hit: Hit) -> Hit:
    """Return the hit with a snippet that can be painted: every control a space, same length."""
    snippet = "".join(" " if c < " " or c in "\ufffe\u00ad" else c for c in hit.snippet)
    return replace(hit, snippet=snippet)


def _can_be_chosen(row: Row) -> bool:
    return isinstance(row, Found) or (isinstance(row, Missing) and bool(row.link))


def _spoken(row: Row) -> str:
    if isinstance(row, Heading):
        return f"{row.title}, {row.details}"
    if isinstance(row, Found):
        return f"{row.place}: {row.hit.snippet}"
    return f"{row.text} {row.link}".strip()
