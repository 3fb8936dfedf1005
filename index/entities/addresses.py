"""Where web and mail addresses stand in a text, broken over lines or not."""

import re
from collections.abc import Iterator

_TAIL = r"[^\s<>\"“”«»)\]]"
# An address may be broken at a line's end; it goes on where the next line looks like one.
_WEB = re.compile(
    rf"(?:https?://|ftp://|www\.){_TAIL}*(?:(?<=[-/_=&?%.])[\r\n]{{1,2}}(?=[\w%-]*[-/_=&?%.])"
    rf"{_TAIL}+|[\r\n]{{1,2}}(?=[\w%]+(?:[-_/=&?%][\w%]+){{2}}){_TAIL}+)*",
    re.IGNORECASE,
)
_MAIL = re.compile(r"@[\w-]+(?:\.[\w-]+)+")
_BARE = re.compile(
    r"\.(?:kz|ru|com|org|net|info|eu|uk|kg|uz|tj|tm|by|ua|de|fr|media|today|int|gov|edu|io|me|tv"
    rf"|press|news|be|ch|nl|pl|us|ge|am|az|рф|қаз)\b(?![\w@-])(?:/{_TAIL}*)?",
    re.IGNORECASE,
)
_HOST = re.compile(r"[\w.-]*$")
_NAME = re.compile(r"[\w.+-]*$")
LONGEST_HOST = 80


def addresses(text: str) -> list[tuple[int, int]]:
    """Return the ranges of every address in a text, in order, none overlapping."""
    found = sorted(_spans(text))
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _spans(text: str) -> Iterator[tuple[int, int]]:
    if "://" in text or "www." in text.lower():
        for match in _WEB.finditer(text):
            yield match.span()
    if "@" in text:
        for match in _MAIL.finditer(text):
            yield _back(text, match.start(), _NAME), match.end()
    for match in _BARE.finditer(text):
        start = _back(text, match.start(), _HOST)
        if start < match.start() and not text[start : match.start()].isdigit():
            yield start, match.end()


def _back(text: str, end: int, pattern: re.Pattern[str]) -> int:
    low = max(end - LONGEST_HOST, 0)
    match = pattern.search(text[low:end])
    return low + match.start() if match else end
