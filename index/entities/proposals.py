"""Names that a text repeats and nobody has listed: rules and counts, no model."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.entities.cases import is_patronymic, is_surname, lemmas
from index.entities.lexicon import given_groups, is_title
from index.entities.patterns import FUNCTION_WORDS
from index.entities.sounds import has_cyrillic, sounds
from index.entities.textwords import TextWords
from index.entities.words import fold

LONGEST = 5  # words
LEAST = 2  # occurrences
_ORGANIZATION = re.compile(
    r"^(?:ministr|committee|foundation|fund|bureau|union|party|council|agency|association|bank"
    r"|university|center|centre|institute|company|group|watch|court|parliament|movement|initiative"
    r"|министерств|комитет|фонд|бюро|союз|парти|совет|агентств|ассоциац|банк|университет|центр"
    r"|институт|компани|группа|суд|движени)",
)
_LAW = re.compile(r"^(?:code|law|act|constitution|convention|covenant|кодекс|закон|конституци)")
_SIDES = frozenset(
    "central north south east west northern southern eastern western"
    " центральная северная южная восточная западная северный южный восточный западный"
    " центральной северной южной восточной западной".split()
)
_BRIDGES = FUNCTION_WORDS - {
    "and",
    "и",
    "және",
    "мен",
    "бен",
    "пен",
    "in",
    "on",
    "a",
    "в",
    "о",
    "об",
    "за",
}
_SENTENCE_END = ".!?…:;\n•-–—\"“”«»'‘(*_#>|¹²³"


@dataclass(frozen=True, slots=True)
class NewName:
    """A name in nobody's list: how often and in how many documents, and what it seems to be."""

    name: str
    kind: str
    count: int
    documents: int
    spellings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Tally:
    count: int = 0
    documents: set[str] = field(default_factory=set)
    spellings: dict[str, int] = field(default_factory=dict)


def new_names(
    texts: Iterable[tuple[str, str]],
    taken: Iterable[tuple[str, Sequence[tuple[int, int]]]],
    least: int = LEAST,
) -> list[NewName]:
    """Return repeated names of `texts` (document, text) outside the ranges `taken` by document.

    Spellings of one name are counted together; the most frequent come first.
    """
    ranges = {document: sorted(found) for document, found in taken}
    tallies: dict[str, _Tally] = {}
    for document, text in texts:
        for name, key in _names(text, ranges.get(document, ())):
            tally = tallies.setdefault(key, _Tally())
            tally.count += 1
            tally.documents.add(document)
            tally.spellings[name] = tally.spellings.get(name, 0) + 1
    made = [_made(key, tally) for key, tally in tallies.items() if tally.count >= least]
    return sorted(made, key=lambda one: (-one.documents, -one.count, one.name))


def _made(key: str, tally: _Tally) -> NewName:
    spellings = sorted(tally.spellings, key=lambda name: (-tally.spellings[name], name))
    return NewName(
        name=spellings[0],
        kind=_kind(spellings[0]),
        count=tally.count,
        documents=len(tally.documents),
        spellings=tuple(spellings[:5]),
    )


def _kind(name: str) -> str:
    folded = [fold(word) for word in name.split()]
    if any(_ORGANIZATION.match(word) for word in folded):
        return "Organization"
    if len(folded) > 1 and (_LAW.match(folded[-1]) or _LAW.match(folded[0])):
        return "Law"
    if len(folded) == 2 and folded[0] in _SIDES:
        return "Place"
    forms = [sounds(word) for word in folded]
    if 2 <= len(folded) <= 4 and (
        any(given_groups(form) for form in forms)
        or any(is_surname(one) or is_patronymic(one) for form in forms for one in form[:1])
    ):
        return "Person"
    if len(folded) == 1 and name.isupper():
        return "Organization"
    return "Organization" if len(folded) > 1 else "Place"


def _names(text: str, taken: Sequence[tuple[int, int]]) -> Iterable[tuple[str, str]]:
    """Yield every run of capitalised words with the key that its spellings share."""
    words = TextWords(text)
    at, free = 0, _Free(taken)
    while at < len(words):
        last = _run(words, at)
        if last < at:
            at += 1
            continue
        first = at
        at = last + 1
        while first <= last and _opens_nothing(words, first):
            first += 1
        if first > last or words.masked(first):
            continue
        start, end = words.range(first, last)
        if not free.is_free(start, end):
            continue
        if first == last and _says_nothing(words, first):
            continue
        name = " ".join(text[start:end].split())
        if sum(map(str.isalpha, name)) >= 3:
            yield name, _key(words, first, last)


def _says_nothing(words: TextWords, at: int) -> bool:
    """Say whether a single word is more likely a common one than a name."""
    one = words.info(at)
    if one is None or (one.shouted and len(one.folded) > 2):
        return one is None
    common = _starts_sentence(words.text, words.span(at)[0]) or words.is_common(at)
    return common or len(one.folded) < 4


def _run(words: TextWords, at: int) -> int:
    """Return the last word of the run of capitalised words that begins at one, or less."""
    one = words.info(at)
    if one is None or not one.capital or one.initial:
        return at - 1
    last, other = at, at
    while last - at < LONGEST:
        gap = words.gap(other)
        following = words.info(other + 1)
        if following is None or gap not in ("space", "hyphen"):
            break
        if following.capital and not following.initial:
            last = other = other + 1
        elif following.folded in _BRIDGES and other == last:
            other += 1
        else:
            break
    return last


def _opens_nothing(words: TextWords, at: int) -> bool:
    """Say whether a word is a title or the beginning of a sentence rather than of a name."""
    one = words.info(at)
    if one is None or is_title(one.folded) or one.folded in FUNCTION_WORDS:
        return True
    if one.shouted or not _starts_sentence(words.text, words.span(at)[0]):
        return False
    following = words.info(at + 1)
    before_a_name = (
        following is not None
        and words.gap(at) == "space"
        and bool(given_groups(following.forms))
        and not given_groups(one.forms)
    )
    return before_a_name or words.is_common(at)


def _starts_sentence(text: str, start: int) -> bool:
    before = text[max(start - 4, 0) : start].rstrip(" \u00a0")
    return not before or before[-1] in _SENTENCE_END


def _key(words: TextWords, first: int, last: int) -> str:
    parts = []
    for at in range(first, last + 1):
        one = words.info(at)
        if one is None:
            continue
        folded = one.folded
        if has_cyrillic(folded):
            readings = [one.form for one in lemmas(folded) if one.cases != "k"]
            shortest = min(readings, key=len)
            folded = shortest if len(shortest) >= 3 else folded
        parts.append((sounds(folded) or (folded,))[0])
    return " ".join(parts)


class _Free:
    """What of a text no entity of the list claims."""

    def __init__(self, taken: Sequence[tuple[int, int]]) -> None:
        self._taken = list(taken)
        self._at = 0

    def is_free(self, start: int, end: int) -> bool:
        while self._at < len(self._taken) and self._taken[self._at][1] <= start:
            self._at += 1
        return not any(low < end for low, _ in self._taken[self._at : self._at + 1])
