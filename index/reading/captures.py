"""What a text saved from the web says of itself before its first paragraph.

Such a text begins with the words of the page around the article: menus, the name
of the site, a trail of sections, buttons. Then come title, subtitle, author and
date in any order, then the article. The title is told by its length, by standing
next to the author and the date, and by being repeated.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.reading import publishers
from index.reading.dates import find_dates

Fact = tuple[str, str, str, float]
"""Field, value, where it came from, how sure it is (0 to 1)."""

FIRST, LAST = "the first page", "the last page"
MAX_LINES = 80
PARAGRAPH = 180
"""How long a line is at least that is a paragraph of the article."""

_CHROME = re.compile(
    r"(?:skip to .{3,30}|(?:main )?menu|search|share(?: this)?(?: on \w+)?|tweet|print|"
    r"home(?:page)?|log ?in|sign (?:in|up)|subscribe|contents|table of contents|"
    r"donate(?: now)?|facebook|twitter|telegram|"
    r"whats ?app|instagram|youtube|linkedin|vk|ok|e-?mail|copy link|about(?: us)?|news|"
    r"contacts?|countries|issues|topics|regions|perspectives|analysis|opinion|reports?|publications|"
    r"press release|news release|read more|related(?: content| posts)?|comments?(?: \(\d+\))?|"
    r"english|русский|қазақша|қазақ тілі|кыргызча|o.zbek|page \d+|\d+|"
    r"перейти (?:к|на) .{3,40}|меню|поиск|главная(?: страница)?|содержание|новости|подписаться|"
    r"поделиться|печать|распечатать|комментари[ий]+|читайте также|ссылки для упрощенного доступа|"
    r"пресс-релиз|контакты|о нас|вернуться|ещё|еще|мнения|"
    r"бөлісу|басты бет|іздеу|мәзір|жаңалықтар|байланыс|оқи отырыңыз|[^\w]*)",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"[^›»>/|]{2,40}(?:\s[›»>/|]\s[^›»>/|]{2,60})+")
_NAME = re.compile(r"[A-ZА-ЯЁӘҒҚҢӨҰҮІ][\w’'-]+(?:\s[A-ZА-ЯЁӘҒҚҢӨҰҮІ](?:\.|[\w’'-]+)){1,2}")
_BYLINE = re.compile(r"(?:by|автор\w*|authors?|text|текст|мәтін)\b[: ]", re.IGNORECASE)
_TIME = re.compile(
    r"\b\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?|\b(?:EST|EDT|GMT|UTC|MSK)\b|[|•·,–—-]"
    r"|\b(?:published|posted|updated|last|on|at|опубликовано|обновлено|жарияланды)\b:?",
    re.IGNORECASE,
)
_BODY_OF_STATE = re.compile(
    r"(?:министерство|комитет|агентство|генеральная прокуратура|прокуратура|верховный суд|акимат|"
    r"уполномоченный по правам|ministry of|supreme court|office of the|prosecutor general)\b"
    r"|.*\b(?:министрлігі|комитеті|агенттігі|прокуратурасы|соты|әкімдігі)$",
    re.IGNORECASE,
)
_VERDICT = re.compile(r"(приговор|решение|определение|постановление|үкім|шешім|қаулы)", re.I)
_IN_THE_NAME = re.compile(r"именем республики|республикасының атынан", re.IGNORECASE)
_CASE = re.compile(r"дел[оуа]\s*(№\s*[\w./-]+)", re.IGNORECASE)
_COURT = re.compile(
    r"(?:^|\s)((?:[А-ЯЁ][^.,\n]{0,40}?\s)?суд(?![а-яё])[^.,\n]{0,60}?)(?=\s+в составе|,|\.|$)",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(slots=True)
class Capture:
    """What was found, and the CSL type that fits it, if one does."""

    facts: list[Fact] = field(default_factory=list)
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line before the article, and what it is."""

    text: str
    kind: str  # chrome, site, body (of the state), trail, date, byline, name, words
    date: str = ""


def capture(lines: Sequence[str], last: str) -> Capture:
    """Return what the lines before the first paragraph say; `last` are the last words of all."""
    found = Capture()
    head = _head(lines)
    if _verdict(lines, found) or not head:
        return found
    kinds = [_line(text) for text in head]
    title = _title(kinds)
    if title >= 0:
        found.facts.append(("title", kinds[title].text.rstrip(" ,;:"), FIRST, 0.6))
    found.facts += _dated(kinds, title)
    if author := _author(kinds):
        found.facts.append(("author", author, FIRST, 0.55))
    _published(kinds, title, last, found)
    buttons = [line for line in kinds[:10] if line.kind == "chrome"]
    if found.kind is None and any(re.search(r"[^\W\d_]", line.text) for line in buttons):
        found.kind = publishers.WEBPAGE
    return found


def _head(lines: Sequence[str]) -> list[str]:
    """Return the lines that are not empty before the first paragraph."""
    head: list[str] = []
    before = ""
    for line in lines[:MAX_LINES]:
        if len(line) >= PARAGRAPH:
            return head
        if before and goes_on(before, line) and len(line) < 70 and not _BYLINE.match(line):
            head[-1] = f"{head[-1]} {line}"
        elif line:
            head.append(line)
        before = line
    return head if len(head) <= MAX_LINES // 2 else []


def goes_on(title: str, following: str) -> bool:
    """Say whether a title is cut by the end of its line."""
    if re.match(r"^[a-zа-яёәғқңөұүһі]", following):
        return True
    return bool(re.search(r"\b(?:in|of|on|the|and|for|to|at|в|и|на|по|о|об|с)$", title, re.I))


def _line(text: str) -> _Line:
    if _CHROME.fullmatch(text):
        return _Line(text, "chrome")
    if publishers.named(text) is not None:
        return _Line(text, "site")
    if len(text) < 120 and _BODY_OF_STATE.match(text):
        return _Line(text, "body")
    if _TRAIL.fullmatch(text):
        return _Line(text, "trail")
    for at, date in find_dates(text):
        rest = text[:at] + _after_date(text[at:])
        left = " ".join(_TIME.sub(" ", rest).split())
        if len(left) <= 3 or _CHROME.fullmatch(left):
            return _Line(text, "date", date)
        if _NAME.fullmatch(left):
            return _Line(left, "name", date)
        break
    if _BYLINE.match(text):
        return _Line(text, "byline")
    if _NAME.fullmatch(text):
        return _Line(text, "name")
    return _Line(text, "words")


def _after_date(text: str) -> str:
    """Return what follows the date that a text begins with."""
    match = re.match(r".*?(?:19|20)\d\d(?:\s*(?:жылғы|ж\.)\s*\d+\s+\w+|-\d\d-\d\d)?", text)
    return text[match.end() :] if match else ""


def _title(lines: Sequence[_Line]) -> int:
    """Return which line is the title, -1 for none."""
    best, at = 0.0, -1
    candidates = 0
    for number, line in enumerate(lines):
        words = line.text.split()
        if line.kind != "words" or len(line.text) < 6 or line.text.startswith(("http", "<")):
            continue
        after = [each.kind for each in lines[number + 1 : number + 4]]
        score = (
            min(len(line.text), 40) / 20
            + (len(words) >= 4)
            + 2.0 * any(kind in ("date", "byline", "name") for kind in after)
            + 1.5 * (sum(each.text == line.text for each in lines) > 1)
            - 2.5 * line.text.endswith((".", ";"))
            - 1.5 * (len(words) == 1)
            - 1.0 * candidates
        )
        candidates += 1
        if score > best:
            best, at = score, number
    return at


def _dated(lines: Sequence[_Line], title: int) -> Iterator[Fact]:
    """Yield the date that stands alone on a line, the nearest to the title."""
    dated = [(abs(number - title), line.date) for number, line in enumerate(lines) if line.date]
    if dated:
        yield "issued", min(dated)[1], FIRST, 0.75


def _author(lines: Sequence[_Line]) -> str:
    """Return a name that stands with the date, or on a line right before or after it."""
    for number, line in enumerate(lines):
        if line.kind == "name" and line.date:
            return line.text
        beside = [
            each.date for each in (*lines[max(0, number - 1) : number], *lines[number + 1 :][:1])
        ]
        if line.kind == "name" and any(beside):
            return line.text
    return ""


def _published(lines: Sequence[_Line], title: int, last: str, found: Capture) -> None:
    """Add the publisher: a known one, a body of the state, or the site's name at the very top."""
    ending = [line.strip() for line in last.splitlines() if line.strip()][-1:]
    addresses = [
        match[1]
        for text in (*(line.text for line in lines), *ending)
        if (match := re.fullmatch(r"(?:\w+:\s*)?<?(https?://[^\s<>]+)>?", text))
    ]
    known = [publishers.named(line.text) for line in lines if line.kind == "site"]
    at_address = [(url, publishers.of_address(url)) for url in addresses]
    for publisher in (*known, *(each for _, each in at_address)):
        if publisher is not None:
            found.facts.append(("publisher", publisher.name, FIRST, 0.7))
            found.kind = publisher.kind
            break
    else:
        bodies = [line.text for line in lines[:12] if line.kind == "body"]
        found.facts += [("publisher", body, FIRST, 0.55) for body in bodies[:1]]
    for url, publisher in at_address:
        if publisher is not None:
            found.facts.append(("URL", url, FIRST if url not in ending[:1] else LAST, 0.6))
            break


def _verdict(lines: Sequence[str], found: Capture) -> bool:
    """Add what a court's decision says of itself; return whether this is one."""
    first = [line for line in lines[:40] if line][:12]
    kinds = [line for line in first if _VERDICT.fullmatch(line.replace(" ", "").strip(" .:"))]
    if not kinds or not any(_IN_THE_NAME.search(line) for line in first):
        return False
    found.kind = "legal_case"
    title = kinds[0].replace(" ", "").strip(" .:").capitalize()
    text = "\n".join(lines[:60])
    if case := _CASE.search(text):
        title = f"{title} по делу {case[1].rstrip('.,')}"
        found.facts.append(("number", case[1].lstrip("№ ").rstrip(".,"), FIRST, 0.7))
    found.facts.append(("title", title, FIRST, 0.7))
    if court := _COURT.search(text):
        found.facts.append(("publisher", " ".join(court[1].split()), FIRST, 0.6))
    return True
