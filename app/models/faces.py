"""What a row of a list looks like, in words: the models make it, one delegate paints it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Face:
    """One row: a title, a line under it, and dim words at the right of each.

    `place` is a narrow right-aligned column before the title; `symbol` is drawn
    in `color` at the left; `notice` is a line of its own in the warning colour.
    """

    title: str
    detail: str = ""
    side: str = ""
    side_detail: str = ""
    place: str = ""
    symbol: str = ""
    color: str = ""
    more: str = ""  # a further dim line
    notice: str = ""
    lines: int = 1  # how many lines the title may take
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The heading above the first row of those that belong together."""

    title: str
    detail: str = ""


def plural(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun: “1 page”, “1,204 pages”."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def page_ranges(numbers: tuple[int, ...], most: int = 6) -> str:
    """Return page numbers as people write them: “3, 7–9, 12”, the last ones left out by “…”."""
    ranges: list[list[int]] = []
    for number in sorted(numbers):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    shown = [str(low) if low == high else f"{low}–{high}" for low, high in ranges[:most]]
    return ", ".join(shown) + (" …" if len(ranges) > most else "")
