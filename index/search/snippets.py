"""The few lines of a page that show best why it was found."""

import re
from collections.abc import Sequence

from index.model import Span

LENGTH = 240

_HYPHENS = re.compile("[\u00ad\u0002\ufffe]+\\s*")
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
_EDGE = 24


def snippet(
    text: str, spans: Sequence[tuple[Span, int]], length: int = LENGTH
) -> tuple[str, tuple[Span, ...]]:
    """Return the best passage of about `length` code points, and the matches in it.

    The passage with the most different parts of the query wins, then the one
    with the most matches, then the first.
    """
    start, end = _window(text, spans, length)
    whole = _shown(text[start:end])
    if len(whole) == end - start and whole == whole.strip():
        return _unchanged(text, spans, whole, start, end)
    pieces: list[str] = ["… "] if start > 0 else []
    size = sum(map(len, pieces))
    marks: list[Span] = []
    at = start
    for span, _ in spans:
        if span.start < at or span.end > end:
            continue
        for piece, marked in ((text[at : span.start], False), (text[span.start : span.end], True)):
            shown = _shown(piece)
            if not marked and (not pieces or pieces[-1].endswith(" ")):
                shown = shown.lstrip()
            if marked:
                marks.append(Span(size, size + len(shown)))
            pieces.append(shown)
            size += len(shown)
        at = span.end
    rest = _shown(text[at:end])
    pieces.append((rest.lstrip() if not pieces or pieces[-1].endswith(" ") else rest).rstrip())
    if end < len(text):
        pieces.append(" …")
    return "".join(pieces), tuple(marks)


def _unchanged(
    text: str, spans: Sequence[tuple[Span, int]], whole: str, start: int, end: int
) -> tuple[str, tuple[Span, ...]]:
    """Return the snippet of a passage that is shown sign for sign."""
    shift = (2 if start > 0 else 0) - start
    marks = []
    at = start
    for span, _ in spans:
        if span.start >= at and span.end <= end:
            marks.append(Span(span.start + shift, span.end + shift))
            at = span.end
    return ("… " if start > 0 else "") + whole + (" …" if end < len(text) else ""), tuple(marks)


def _shown(text: str) -> str:
    return _SPACE.sub(" ", _HYPHENS.sub("", text))


def _window(text: str, spans: Sequence[tuple[Span, int]], length: int) -> tuple[int, int]:
    """Return the borders of the best passage, between words where there are any."""
    if len(text) <= length:
        return 0, len(text)
    best, score = (0, 0), (-1, -1)
    last = 0
    for first in range(len(spans)):
        last = max(last, first)
        while last + 1 < len(spans) and spans[last + 1][0].end - spans[first][0].start <= length:
            last += 1
        here = (len({number for _, number in spans[first : last + 1]}), last - first)
        if here > score:
            best, score = (spans[first][0].start, spans[last][0].end), here
    room = max(0, length - (best[1] - best[0]))
    start = max(0, best[0] - room // 2)
    end = min(len(text), max(best[1], start + length))
    return _word_start(text, start, best[0]), _word_end(text, end, best[1])


def _word_start(text: str, start: int, limit: int) -> int:
    if start == 0:
        return 0
    for at in range(start, min(start + _EDGE, limit)):
        if text[at - 1].isspace():
            return at
    return min(start, limit)


def _word_end(text: str, end: int, limit: int) -> int:
    if end >= len(text):
        return len(text)
    for at in range(end, max(end - _EDGE, limit), -1):
        if text[at].isspace():
            return at
    return max(end, limit)
