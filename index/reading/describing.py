"""Citation data guessed from what a file says of itself, its first words and its name.

Every field carries where it came from and how sure that is; the surest wins,
and the researcher corrects the rest.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from index.reading.captures import Capture, capture, goes_on
from index.reading.dates import find_dates, parts_of
from index.reading.languages import guess_language
from index.reading.result import Reading

HEAD, TAIL = 5_000, 3_000
FIRST, FILE_NAME = "the first page", "the file name"

Fact = tuple[str, str, str, float]
"""Field, value, where it came from, how sure it is (0 to 1)."""

_CHROME = re.compile(
    r"^(?:skip to (?:main )?content|menu|search|share|tweet|print|home|log ?in|sign (?:in|up)|"
    r"subscribe|contents|table of contents|перейти к содержанию|меню|поиск|главная|содержание|"
    r"donate|facebook|twitter|email|page \d+|\d+|[^\w]*)$",
    re.IGNORECASE,
)
_JUNK_TITLE = re.compile(
    r"^(?:untitled|unknown|document\s?\d*|slide \d+|title|no title|microsoft word\b.*|"
    r"powerpoint presentation|.*\.(?:docx?|pdf|indd|qxd|rtf|txt|tex|dvi|ppt|xlsx?))$",
    re.IGNORECASE,
)
_NAME = r"[^\W\d_][\w’'.-]*"
_BYLINE = re.compile(
    rf"^(?:(?:article|report|story|text|written|prepared|edited)\s+)?by:?\s+"
    rf"((?:{_NAME}\s+){{1,3}}{_NAME}(?:(?:,|\s+and|,\s*and|\s*&)\s+(?:{_NAME}\s+){{0,3}}{_NAME})*)\s*$"
    r"|^(?:автор(?:ы)?|author(?:s)?|автор(?:лар)?ы?)\s*:\s*(.{4,200}?)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>]{2,100}?)(?=[.,;)\]]?(?:\s|$))")
_ISBN = re.compile(r"ISBN(?:-1[03])?:?\s*((?:97[89][-– ]?)?(?:\d[-– ]?){9}[\dX])", re.IGNORECASE)
_ADDRESS = re.compile(
    r"^\W*(?:source|url|link|источник)?:?\s*<?(https?://[^\s<>]+)>?\W*$", re.I | re.M
)
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?[,.]?\s*)?"
    r"(?:by\s+)?((?-i:[A-ZА-ЯЁӘҒҚҢӨҰҮІ])[^\n©|<\]]{2,80}?)"
    r"(?:[.,|]|\s+(?:19|20)\d\d|\s+all rights|\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_PUBLISHED = re.compile(
    r"(?:published by|publisher:|издатель:|издательство)\s+([^\n.,]{3,80})", re.IGNORECASE
)
_FROM = re.compile(r"[Ff]rom\s+((?:[A-ZА-Я][\w’-]+[^\S\n]?){2,6})")
_PIECES = re.compile(
    r"(?:publications?|articles?|events?|news(?:letter)?|updates?)\s+\Z", re.IGNORECASE
)
_PUBLISHERS = ((("©", "(c)", "copyright"), _RIGHTS), (("publish", "издател"), _PUBLISHED))
"""Patterns, each with words without which it need not be tried, since trying takes long."""

_MARKED = re.compile(r"<title[^>]*>\s*(?:<!\[CDATA\[)?\s*([^<\]]{4,200})", re.IGNORECASE)
_LAW = re.compile(
    r"^\s*(?:закон|кодекс|конституция|указ|постановление|law of the|the law on|constitution of|"
    r"қазақстан республикасының заңы)\b",
    re.IGNORECASE,
)
_NUMBERS_ONLY = re.compile(r"[\W\d_]*(?:[0-9a-f]{12,}[\W\d_]*)?", re.IGNORECASE)


def described(reading: Reading, name: str) -> Reading:
    """Return a reading with its citation data filled in, each field with its origin."""
    details = dict(reading.details)
    facts: list[Fact] = [tuple(fact) for fact in details.pop("facts", ())]
    head = "\n".join(page.text for page in reading.pages[:3])[:HEAD]
    tail = "".join(page.text for page in reading.pages[-2:])[-TAIL:]
    lines = [" ".join(line.split()) for line in head.splitlines()]
    found = Capture() if reading.paged else capture(lines, tail)
    facts += [*found.facts, *_from_text(head, tail, lines)]
    facts += _from_name(name)
    facts = [fact for fact in facts if _is_useful(fact, name)]
    item, origins = _best(facts)
    kind = str(reading.csl.get("type", "report"))
    if kind == "report" and _LAW.match(" ".join(line for line in lines[:6] if line)):
        kind = "legislation"
    elif kind == "report" and found.kind is not None:
        kind = found.kind
    item["type"] = kind
    return replace(reading, csl={**reading.csl, **item}, origins=origins, details=details)


def _from_text(head: str, tail: str, lines: list[str]) -> Iterable[Fact]:
    """Yield what the first and the last words of a document say."""
    if match := _MARKED.search(head):
        yield "title", match[1], "the text's own marking", 0.65
    if title := _title(lines):
        yield "title", title, FIRST, 0.55
    if names := _byline(lines):
        yield "author", names, FIRST, 0.7
    dates = list(find_dates(head[:2500]))
    if dates:
        # The date of a report stands alone or near its title.
        at, date = min(dates, key=lambda found: (found[0] > 600, -len(found[1]), found[0]))
        yield "issued", date, FIRST, 0.65 if at < 600 else 0.35
    for text, origin in ((head, FIRST), (tail, "the last page")):
        lowered = text.lower()
        if value := _publisher(text, lowered):
            yield "publisher", value, origin, 0.5
        if "isbn" in lowered and (match := _ISBN.search(text)):
            yield "ISBN", match[1].replace(" ", "-").replace("–", "-"), origin, 0.85
    if "10." in head and (match := _DOI.search(head)):
        yield "DOI", match[1], FIRST, 0.8
    if "http" in (top := "\n".join(lines[:15])).lower() and (match := _ADDRESS.search(top)):
        yield "URL", match[1], FIRST, 0.6
    if guessed := guess_language(head):
        yield "language", guessed[0], "the words of the text", guessed[1]


def _publisher(text: str, lowered: str) -> str:
    """Return the first publisher that a text names."""
    matches = [
        match
        for words, pattern in _PUBLISHERS
        if any(word in lowered for word in words) and (match := pattern.search(text))
    ]
    matches += itertools.islice(_mailings(text), 1)
    return min(matches, key=re.Match.start)[1].strip(" .,") if matches else ""


def _mailings(text: str) -> Iterator[re.Match[str]]:
    """Yield what follows “from” in a publisher's own lines about its mailings."""
    at = text.find("rom")
    while at >= 0:
        match = _FROM.match(text, at - 1) if at else None
        if match is not None and _PIECES.search(text, max(0, at - 21), at - 1):
            yield match
        at = text.find("rom", at + 1)


def _title(lines: list[str]) -> str:
    """Return the first line that may be a title, with the line that it goes on in."""
    for at, line in enumerate(lines[:40]):
        words = line.lstrip("#* ").rstrip("* ")
        if len(words) < 6 or _CHROME.match(words) or not re.search(r"[^\W\d_]{3}", words):
            continue
        if words.startswith(("http", "<", "|")) or _BYLINE.match(words):
            continue
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if len(words) < 90 and len(following) < 70 and goes_on(words, following):
            words = f"{words} {following}"
        words = words.rstrip(" ,;:")
        return words if len(words) <= 220 else words[:200].rsplit(" ", 1)[0] + "…"
    return ""


def _byline(lines: list[str]) -> str:
    """Return the names after “by”, also those that a line's end cuts in two."""
    for at, line in enumerate(lines[:60]):
        match = _BYLINE.match(line)
        if match is None:
            continue
        names = match[1] or match[2]
        following = lines[at + 1] if at + 1 < len(lines) else ""
        last = re.split(r",|\band\b|&", names)[-1].split()
        if len(last) == 1 and re.fullmatch(_NAME, following):
            names = f"{names} {following}"
        return names
    return ""


def _from_name(name: str) -> Iterable[Fact]:
    stem = PurePath(name).stem
    words = " ".join(re.sub(r"[_+]+|(?<=\w)-(?=\w{3})", " ", stem).split())
    if not _NUMBERS_ONLY.fullmatch(stem):
        yield "title", words, FILE_NAME, 0.3
    for _, date in find_dates(stem.replace("_", "-")):
        yield "issued", date, FILE_NAME, 0.45
        return
    if year := re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", stem):
        yield "issued", year[0], FILE_NAME, 0.3


def _is_useful(fact: Fact, name: str) -> bool:
    field, value, origin, _ = fact
    value = value.strip()
    if not value:
        return False
    if field == "title" and origin != FILE_NAME:
        return not _JUNK_TITLE.match(value) and not _CHROME.match(value) and value != name
    if field == "author":
        return not re.match(
            r"^(?:admin(?:istrator)?|anonymous|user|owner|unknown|author|пользователь|home|pc)\d*$",
            value,
            re.IGNORECASE,
        )
    if field == "issued":
        return bool(re.match(r"(?:1[89]|20)\d\d", value))
    return True


def _best(facts: Iterable[Fact]) -> tuple[dict[str, Any], Mapping[str, tuple[str, float]]]:
    """Take the surest value of every field."""
    item: dict[str, Any] = {}
    origins: dict[str, tuple[str, float]] = {}
    for field, value, origin, sure in facts:
        if field in origins and origins[field][1] >= sure:
            continue
        origins[field] = (origin, sure)
        item[field] = _as_csl(field, " ".join(value.split()))
    return item, origins


def _as_csl(field: str, value: str) -> Any:
    if field == "author":
        return [_person(name) for name in _names(value)]
    if field == "issued":
        return {"date-parts": [parts_of(value)]}
    return value


def _names(value: str) -> list[str]:
    names = re.split(r"\s*(?:;|&|\band\b|\bи\b)\s*", value)
    if (
        len(names) == 1
        and value.count(",") >= 1
        and all(" " in part.strip() for part in value.split(","))
    ):
        names = value.split(",")
    flat = [part for name in names for part in _split_list(name)]
    return [name.strip(" ,") for name in flat if name.strip(" ,")]


def _split_list(name: str) -> list[str]:
    """Part “Given Family, Given Family” and leave “Family, Given” whole."""
    parts = [part.strip() for part in name.split(",")]
    return parts if len(parts) > 1 and all(" " in part for part in parts) else [name]


def _person(name: str) -> dict[str, str]:
    """Return a name as CSL wants it; what looks like no person's name stays whole."""
    if "," in name:
        family, given = (part.strip() for part in name.split(",", 1))
        return {"family": family, "given": given} if given else {"literal": family}
    words = name.split()
    if not 2 <= len(words) <= 3 or _ORGANIZATION.search(name):
        return {"literal": name}
    return {"family": words[-1], "given": " ".join(words[:-1])}


_ORGANIZATION = re.compile(
    r"\b(?:watch|international|centre|center|foundation|committee|council|office|ministry|union|"
    r"institute|university|association|bureau|agency|nations|organi[sz]ation|group|commission|"
    r"the|of|for|фонд|центр|комитет|министерство|бюро|организация|институт|совет|қоры)\b",
    re.IGNORECASE,
)
