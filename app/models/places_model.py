"""Places where a passage may stand, as rows: the words there, in what stands around them."""

from enum import IntEnum
from typing import Any

from app.models.faces import Face
from app.models.passages_model import on_one_line
from app.models.rows import RowsModel
from index.repairing import Place

BEFORE = 30  # code points shown of what stands around


class PlaceColumn(IntEnum):
    """The columns, in order."""

    WORDS = 0


class PlacesModel(RowsModel[Place]):
    """Holds places in the order they were given, each with the digit that chooses it."""

    columns = PlaceColumn
    titles = ("Place",)

    def key(self, row: Place) -> str:
        """Return what identifies a place."""
        return f"{row.document} {row.start} {row.end}"

    def value(self, row: Place, column: int) -> Any:
        """Return the native value of a cell."""
        return row.score

    def text(self, row: Place, column: int) -> str:
        """Return a place as it is read aloud."""
        return f"{row.words}, {where(row)}, {fit(row)}"

    def face(self, row: Place) -> Face:
        """Return how the list shows a place."""
        words = on_one_line(row.words)
        return Face(
            title=f"“{words if len(words) < 180 else words[:179].rstrip() + '…'}”",
            detail=f"{where(row)}, {fit(row)}",
            more=_around(row),
            place=str(self._rows.index(row) + 1),
            lines=2,
        )

    def tip(self, row: Place) -> str:
        """Return the words with everything around them."""
        return f"… {on_one_line(row.before)} [{on_one_line(row.words)}] {on_one_line(row.after)} …"


def where(place: Place) -> str:
    """Return the page of a place."""
    return place.label if place.label.startswith("¶") else f"p. {place.label}"


def fit(place: Place) -> str:
    """Return how well a place fits, in words."""
    if place.earlier:
        return "in the earlier version"
    if place.guessed:
        return "only its neighbours fit"
    return f"{round(100 * place.score)} % alike"


def _around(place: Place) -> str:
    before, after = on_one_line(place.before), on_one_line(place.after)
    if len(before) > BEFORE:
        before = "… " + before[-BEFORE:].partition(" ")[2]
    if len(after) > BEFORE:
        after = after[:BEFORE].rpartition(" ")[0] + " …"
    return f"{before} [ ] {after}".strip()
