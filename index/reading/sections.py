"""Cutting a text without pages into sections of a readable size, at paragraph ends."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from index.model import PageState
from index.reading.result import PageText

SECTION = 3_000
"""About how many characters a section of a text report has."""

LONGEST = 6_000
"""Where a section is cut though no paragraph ends."""

_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*")
_LINE = re.compile(r"\n\s*")
_LABEL = re.compile(r"¶ (\d+)(?:–(\d+))?")


def cut(text: str) -> list[PageText]:
    """Cut a text into sections at paragraph ends; together they are the text, sign for sign."""
    ends = [match.end() for match in _PARAGRAPH.finditer(text)]
    if len(ends) < len(text) // LONGEST:
        # A text without blank lines has a paragraph a line.
        ends = [match.end() for match in _LINE.finditer(text)]
    if ends and not text[: ends[0]].strip():
        ends = ends[1:]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    found: list[PageText] = []
    start = first = number = 0
    for position, end in enumerate(ends, 1):
        following = ends[position] if position < len(ends) else None
        full = following is None or following - start > SECTION
        number += 1
        if not full:
            continue
        found += _pieces(text[start:end], first + 1, number)
        start, first = end, number
    return found or [PageText("", "¶ 1", PageState.EMPTY)]


def paragraph_at(label: str, section: str, offset: int) -> int | None:
    """Return the number of the paragraph at an offset into a section with a label of `cut`.

    None when the label and the paragraphs of the section do not agree.
    """
    numbers = _LABEL.fullmatch(label)
    if not numbers:
        return None
    first = int(numbers[1])
    last = int(numbers[2] or first)
    for pattern in (_PARAGRAPH, _LINE):
        ends = [match.end() for match in pattern.finditer(section)]
        if ends and not section[: ends[0]].strip():
            ends = ends[1:]
        if not ends or ends[-1] < len(section):
            ends.append(len(section))
        if len(ends) == last - first + 1:
            return min(first + bisect_right(ends, offset), last)
    return None


def _pieces(text: str, first: int, last: int) -> Sequence[PageText]:
    """Make one section, or several of a paragraph that is longer than any section may be."""
    label = f"¶ {first}" if first == last else f"¶ {first}–{last}"
    pieces = []
    while len(text) > LONGEST:
        at = max(text.rfind(sign, SECTION, LONGEST) for sign in "\n .;,")
        at = at + 1 if at > 0 else LONGEST
        pieces.append(text[:at])
        text = text[at:]
    pieces.append(text)
    return [
        PageText(piece, label, PageState.TEXT if piece.strip() else PageState.EMPTY)
        for piece in pieces
    ]
