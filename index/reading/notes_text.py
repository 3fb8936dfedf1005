"""Note markers that can be told from the letters alone: brackets, raised digits, bare digits."""

import re
from collections.abc import Iterator

from index.reading.note_markers import BARE, BRACKET, RAISED, Marker

_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TO_DIGITS = str.maketrans(_RAISED_DIGITS, "0123456789")
_UNITS = re.compile(r"(?<![^\W\d_])(?:(?:k|c|m|d|к|с|м|д)?(?:m|м|ft|in)|[a-z])$", re.IGNORECASE)

_RAISED = re.compile(f"[{_RAISED_DIGITS}][{_RAISED_DIGITS}]{{0,2}}(?![{_RAISED_DIGITS}])")
_CARET = re.compile(r"\^\{\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\}|(?<!\[)\^(\d{1,3})(?!\d)")
_BRACKET = re.compile(r"\[\^?\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
_RANGE = re.compile(r"\[\s*(\d{1,3})\s*[-–—]\s*(\d{1,3})\s*\]")
_LINE_NUMBER = re.compile(
    r"^[^\S\n]*(\d{1,3})(?:[.)]|(?=[^\S\n]))[^\S\n]*(?=[^\s\d])", re.MULTILINE
)
_DIGITS = re.compile(r"\d{1,3}(?=\s|$|[.,;:)])")
_BEFORE_GLUED = re.compile(
    r"(?:[^\W\d_][.,;:!?»”\"’)]|[^\W\d_][.,][”\"’»]|\d{4}[.,;]|[^\W\d_]{4}"
    r"|[a-zß-ÿа-яёәғқңөұүһі]{2})\Z"
)
_NUMBER = re.compile(r"\d+")


def paragraph_ends(text: str) -> list[int]:
    """Return where paragraphs end: at blank lines, or at every line where there are few."""
    ends = [match.start() for match in re.finditer(r"\n[^\S\n]*\n", text)]
    lines = text.count("\n")
    if lines and len(ends) * 12 < lines:
        ends = [match.start() for match in re.finditer("\n", text)]
    return [*ends, len(text)]


def markers(text: str, *, bare: bool = True) -> Iterator[Marker]:
    """Yield every marker that stands in a text; `bare` asks for digits without any sign too."""
    if not text.isascii():
        yield from _raised(text)
    if "^" in text:
        yield from _carets(text)
    if "[" in text:
        yield from _brackets(text)
    if bare:
        yield from line_numbers(text)
        for match in _DIGITS.finditer(text):
            start = match.start()
            number = int(match[0])
            if _BEFORE_GLUED.search(text[max(0, start - 5) : start]) and not is_power_of_a_unit(
                text, start, number
            ):
                yield Marker(number, start, match.end(), BARE, False, True)


def places(text: str, signs: str) -> list[int]:
    """Return where any of some signs stand, in order; far quicker than a pattern for few signs."""
    found: list[int] = []
    for sign in signs:
        at = text.find(sign)
        while at >= 0:
            found.append(at)
            at = text.find(sign, at + 1)
    found.sort()
    return found


def matches(pattern: re.Pattern[str], sign: str, text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that begins with a sign, quicker than the pattern does."""
    at = text.find(sign)
    while at >= 0:
        match = pattern.match(text, at)
        if match is not None:
            yield match
        at = text.find(sign, at + 1 if match is None else match.end())


def line_numbers(text: str) -> Iterator[Marker]:
    """Yield the numbers that begin a line: notes of a list, or items of any other list."""
    for match in _LINE_NUMBER.finditer(text):
        if number := int(match[1]):
            yield Marker(number, match.start(1), match.end(1), BARE, True, False, weak=True)


def is_power_of_a_unit(text: str, at: int, number: int) -> bool:
    """Say whether a raised number makes a power of what stands before it: km², x³."""
    return number in (2, 3) and _UNITS.search(text, max(0, at - 4), at) is not None


def _begins_line(text: str, at: int) -> bool:
    begin = text.rfind("\n", 0, at) + 1
    return not text[begin:at].strip(" \t\r\f\u00a0\ufeff*_")


def _raised(text: str) -> Iterator[Marker]:
    done = 0
    for place in places(text, _RAISED_DIGITS):
        match = _RAISED.match(text, place) if place >= done else None
        if match is None:
            continue
        start, end = match.span()
        done = end
        defines = _begins_line(text, start)
        number = int(match[0].translate(_TO_DIGITS))
        if not defines and is_power_of_a_unit(text, start, number):
            continue
        # At a line's beginning it may be a note, or a reference that the line's end cut off.
        yield Marker(number, start, end, RAISED, defines, True)


def _carets(text: str) -> Iterator[Marker]:
    for match in matches(_CARET, "^", text):
        group = 1 if match[1] else 2
        defines = _begins_line(text, match.start())
        numbers = list(_NUMBER.finditer(text, match.start(group), match.end(group)))
        for number in numbers:
            alone = len(numbers) == 1
            start, end = match.span() if alone else number.span()
            yield Marker(
                int(number[0]), start, end, RAISED, defines and alone, not (defines and alone)
            )


def _brackets(text: str) -> Iterator[Marker]:
    for match in matches(_BRACKET, "[", text):
        start, end = match.span()
        if match[1].isdecimal():
            yield Marker(int(match[1]), start, end, BRACKET, _begins_line(text, start), True)
            continue
        for number in _NUMBER.finditer(text, match.start(1), match.end(1)):
            yield Marker(int(number[0]), *number.span(), BRACKET, False, True)
    for match in matches(_RANGE, "[", text):
        first, last = int(match[1]), int(match[2])
        if first < last <= first + 20:
            for value in range(first, last + 1):
                yield Marker(value, match.start(), match.end(), BRACKET, False, True)
