"""A number that may begin a note, or refer to one, as it is found in a text or on a page."""

from typing import NamedTuple

RAISED, BRACKET, BARE = "raised", "bracket", "bare"


class Marker(NamedTuple):
    """A number that may begin a note, or refer to one, or both."""

    number: int
    start: int
    end: int
    family: str
    defines: bool  # stands where a note may begin
    refers: bool
    weak: bool = False  # begins a line like any numbered list does
    shown: str = ""


def shifted(marker: Marker, by: int) -> Marker:
    """Return a marker of a page as one of the whole text."""
    number, start, end, family, defines, refers, weak, shown = marker
    return Marker(number, start + by, end + by, family, defines, refers, weak, shown)
