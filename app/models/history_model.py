"""What was done to one entity, the newest first, under its days."""

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any

from app.models.faces import Face, Group
from app.models.rows import RowsModel
from index.model import PastChange

Numbered = tuple[int, PastChange]  # several changes may have one label and one second


class ChangeColumn(IntEnum):
    """The one column of a history."""

    CHANGE = 0


class HistoryModel(RowsModel[Numbered]):
    """Holds the changes of one entity."""

    columns = ChangeColumn
    titles = ("Change",)

    def show_changes(self, changes: Sequence[PastChange]) -> None:
        """Show changes that come the oldest first."""
        self.show(list(reversed(list(enumerate(changes)))))

    def key(self, row: Numbered) -> str:
        """Return the number of the change."""
        return str(row[0])

    def value(self, row: Numbered, column: int) -> Any:
        """Return when it was made."""
        return row[1].at

    def text(self, row: Numbered, column: int) -> str:
        """Return a change as it is read aloud."""
        return f"{row[1].label}, {_local(row[1]):%Y-%m-%d %H:%M}"

    def face(self, row: Numbered) -> Face:
        """Return how the history shows a change."""
        return Face(title=row[1].label, place=f"{_local(row[1]):%H:%M}", lines=2)

    def group(self, row: Numbered) -> Group:
        """Return the day of a change."""
        return Group(f"{_local(row[1]):%Y-%m-%d}")


def _local(change: PastChange) -> datetime:
    """Return when a change was made by the clock of the user."""
    return datetime.fromisoformat(change.at.replace("Z", "+00:00")).astimezone()
