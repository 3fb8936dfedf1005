"""Dates as reports print them, in English, Russian and Kazakh, as YYYY, YYYY-MM or YYYY-MM-DD."""

import re
from collections.abc import Iterator

_MONTHS = (
    ("january", "jan", "январ", "қаңтар"), ("february", "feb", "феврал", "ақпан"),
    ("march", "mar", "март", "наурыз"), ("april", "apr", "апрел", "сәуір"),
    ("may", "may", "ма", "мамыр"), ("june", "jun", "июн", "маусым"),
    ("july", "jul", "июл", "шілде"), ("august", "aug", "август", "тамыз"),
    ("september", "sep", "сентябр", "қыркүйек"), ("october", "oct", "октябр", "қазан"),
    ("november", "nov", "ноябр", "қараша"), ("december", "dec", "декабр", "желтоқсан"),
)  # fmt: skip
_ENGLISH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_RUSSIAN = (
    r"январ[ья]|феврал[ья]|марта?|апрел[ья]|ма[йя]|июн[ья]|июл[ья]|августа?|сентябр[ья]|"
    r"октябр[ья]|ноябр[ья]|декабр[ья]"
)
_KAZAKH = "|".join(month[3] for month in _MONTHS)
_MONTH = rf"(?P<month>{_ENGLISH}|{_RUSSIAN}|{_KAZAKH})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)"
_SHAPES = tuple(
    re.compile(rf"(?<!\w)(?:{shape})(?!\d)", re.IGNORECASE)
    for shape in (
        rf"{_YEAR}-(?P<number>[01]\d)-{_DAY}",
        rf"{_DAY}(?:st|nd|rd|th)?\s+{_MONTH}\.?,?\s+{_YEAR}",
        rf"{_MONTH}\.?\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"{_YEAR}\s*(?:жылғы|ж\.)\s*{_DAY}\s+{_MONTH}",
        rf"{_DAY}[./](?P<number>[01]?\d)[./]{_YEAR}",
        rf"{_MONTH}\.?,?\s+{_YEAR}",
    )
)


_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_AROUND = 32
"""How far the rest of a date lies from its year at most."""


def find_dates(text: str) -> Iterator[tuple[int, str]]:
    """Yield the position and the value of every date in a text, the exact shapes first."""
    windows = _windows(text)
    for shape in _SHAPES:
        for start, end in windows:
            for match in shape.finditer(text, start, end):
                if value := _value(match.groupdict()):
                    yield match.start(), value


def _windows(text: str) -> list[tuple[int, int]]:
    """Return the ranges around years, in which alone a date can be."""
    found: list[tuple[int, int]] = []
    for match in _ANY_YEAR.finditer(text):
        start, end = max(0, match.start() - _AROUND), min(len(text), match.end() + _AROUND)
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        # A window ends where no number is cut in two.
        while end < len(text) and text[end].isdecimal():
            end += 1
        found.append((start, end))
    return found


def _value(parts: dict[str, str | None]) -> str:
    year = parts["year"] or ""
    month = int(parts.get("number") or 0) or _month(parts.get("month") or "")
    day = int(parts.get("day") or 0)
    if not 1 <= month <= 12 or day > 31:
        return ""
    return f"{year}-{month:02d}-{day:02d}" if day else f"{year}-{month:02d}"


def _month(name: str) -> int:
    name = name.lower()
    for number, (full, short, russian, kazakh) in enumerate(_MONTHS, 1):
        if name.startswith(short) and (full.startswith(name) or name == "sept"):
            return number
        if name == kazakh or (name.startswith(russian) and russian != "ма"):
            return number
    return 5 if name in ("май", "мая") else 0


def parts_of(date: str) -> list[int]:
    """Return a date as the numbers of CSL's date-parts."""
    return [int(part) for part in re.findall(r"\d+", date)[:3]]
