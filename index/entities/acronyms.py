"""Short names that a report itself gives to somebody: (ODF), (далее – ДВК), known as Boka."""

import re
from dataclasses import dataclass

from index.entities.claims import Claim
from index.entities.sounds import sounds
from index.entities.words import fold, words

_QUOTES = "\"'“”„‟«»‘’*_ \\u00a0"
_INTRODUCED = (
    r"(?i:hereinafter|hereafter|henceforth|abbreviated|abbr\.?|in short|for short|or|known as"
    r"|далее|сокращ[её]нно|сокр\.?|бұдан әрі|қысқаша)?"
)
_SHORT = r"[A-ZА-ЯЁӘҒҚҢӨҰҮІҺÄĞÑÖŞŪÜİ][\w&’'-]{0,14}(?: (?:РК|РФ|КР|РТ|РУз|ҚР|RK|RF|KR)\b)?"
_AFTER = re.compile(
    rf"[{_QUOTES}]*\s*[(\[][{_QUOTES}]*{_INTRODUCED}[\s:–—,-]*(?:the\s+)?[{_QUOTES}]*"
    rf"(?P<short>{_SHORT})[{_QUOTES}]*(?=[)\],;/])"
)
_IN_WORDS = re.compile(  # (known there by its Polish initials, ZPB)
    rf"[{_QUOTES}]*\s*\([^()\n]{{0,40}}\b(?:initials|acronym|abbreviat\w+|known|called|short"
    rf"|аббревиатур\w+|сокращ\w+|далее|известн\w+|қысқаша)\b[^()\n]{{0,30}}?[\s,:–—-]+[{_QUOTES}]*"
    rf"(?P<short>{_SHORT})[{_QUOTES}]*(?=\))"
)
_BESIDE = re.compile(  # , or KGB, and , ARF for short
    rf"[{_QUOTES}]*,\s+(?:(?:or|или|немесе)\s+(?:the\s+)?[{_QUOTES}]*(?P<short>{_SHORT})"
    rf"[{_QUOTES}]*(?=[,;.)])|[{_QUOTES}]*(?P<brief>{_SHORT})[{_QUOTES}]*\s+"
    r"(?:for short|in short|сокращ[её]нно|қысқаша))"
)
_KNOWN_AS = re.compile(
    rf"[{_QUOTES}]*,?\s*[(\[]?\s*(?:also |better |commonly |otherwise |widely )?"
    rf"(?:known as|a\.?k\.?a\.?|nicknamed|called|известн\w+ (?:также )?(?:как|под именем)"
    rf"|по прозвищу)\s+(?:the\s+)?"
    rf"[{_QUOTES}]*(?P<short>{_SHORT}(?:[ -]{_SHORT})?)[{_QUOTES}]*"
)
_BEFORE = re.compile(
    rf"(?P<short>{_SHORT})[{_QUOTES}]*\s*[(\[][{_QUOTES}]*(?:the\s+)?[{_QUOTES}]*$"
)
_CLOSED = re.compile(rf"[{_QUOTES}]*\s*[)\]]")


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name that a text defines for an entity."""

    entity: int
    name: str
    start: int
    end: int
    sure: bool  # its letters are the first letters of the name


def _is_acronym(short: str) -> bool:
    letters = [sign for sign in short if sign.isalpha()]
    capitals = sum(sign.isupper() for sign in letters)
    return 2 <= len(letters) <= 10 and capitals >= 2 and capitals * 2 >= len(letters)


def _spells(short: str, full: str) -> bool:
    """Say whether an acronym's letters come in order at the heads of a name's words."""
    letters = [fold(sign) for sign in short if sign.isalpha()]
    heads = [fold(word[0]) for word in words(full)]
    written = _missed(letters, [head[:1] for head in heads])
    heard = _missed([_sound(letter) for letter in letters], [_sound(head) for head in heads])
    return min(written, heard) <= (1 if len(letters) > 3 else 0)


def _sound(word: str) -> str:
    forms = sounds(word)
    return forms[0][:1] if forms else ""


def _missed(wanted: list[str], heads: list[str]) -> int:
    """Return how many letters are not met when the heads are gone through once."""
    rest = iter(heads)
    return sum(1 for letter in wanted if letter not in rest)


def defined(text: str, claim: Claim, person: bool) -> list[ShortName]:
    """Return the short names that the text gives to what a claim names in full."""
    full = text[claim.start : claim.end]
    found: list[ShortName] = []
    after = None if person else _AFTER.match(text, claim.end)
    if after:
        _keep(found, claim, full, after)
    elif not person:
        spelled = _IN_WORDS.match(text, claim.end) or _BESIDE.match(text, claim.end)
        if spelled:
            _keep(found, claim, full, spelled)
    known = _KNOWN_AS.match(text, claim.end)
    if known:
        found.append(ShortName(claim.entity, known["short"], *known.span("short"), True))
    if not person and _CLOSED.match(text, claim.end):
        before = _BEFORE.search(text[max(claim.start - 40, 0) : claim.start])
        if before:
            _keep(found, claim, full, before, max(claim.start - 40, 0))
    return found


def _keep(
    found: list[ShortName], claim: Claim, full: str, match: re.Match[str], offset: int = 0
) -> None:
    group = "short" if match["short"] else "brief"
    short = match[group]
    if not _is_acronym(short):
        return
    sure = _spells(short, full)
    start, end = match.span(group)
    found.append(ShortName(claim.entity, short, start + offset, end + offset, sure))
