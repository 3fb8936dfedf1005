"""What a run of letters and signs in a query stands for: a word, a pattern, a phrase."""

import re
from dataclasses import replace
from itertools import pairwise

from index.errors import BadQuery
from index.search.analysis import MARKS, ODD_APOSTROPHES, TOKEN, form_of, normal, plain, simplified
from index.search.query import Everything, Kind, Node, Nothing, Or, Phrase, Word

SHORTEST_BEGINNING = 3  # letters from which an unfinished word stands for longer ones
_WORD_END = re.compile(r"(?P<fuzzy>~(?P<distance>\d)?)?(?:\^(?P<boost>\d+(?:\.\d+)?))?$")
_NO_PATTERN = re.compile(rf"[^\w{MARKS}*?'\-]|_")
_UNBOOSTED = re.compile(r"\w\^")


def phrase_of(words: tuple[Word, ...], slop: int | None, boost: float) -> Node:
    """Return the query for words that follow one another, or stand near one another."""
    if not words:
        return Nothing()
    if len(words) == 1:
        return replace(words[0], boost=boost)
    return Phrase(words, slop, boost)


def word_of(text: str, start: int, *, prefix: bool, lenient: bool) -> Node:
    """Return what a run of letters and signs in a query stands for."""
    if text == "*":
        return Everything()
    end = _WORD_END.search(text)
    body, boost, distance = text, 1.0, 0
    if end is not None and end.start() > 0 and end[0]:
        body = text[: end.start()]
        boost = float(end["boost"] or 1.0)
        distance = int(end["distance"] or 1) if end["fuzzy"] else 0
        prefix = False
    if "*" in body or "?" in body:
        return _pattern(body, start, boost)
    if _UNBOOSTED.search(body) and not lenient:
        raise BadQuery(f"“{text}” (character {start + 1}): a number has to follow the ^.", start)
    words = [
        Word(form, position=start + match.start(), boost=boost)
        for match in TOKEN.finditer(body)
        if (form := form_of(match[0]))
    ]
    if not words:
        return Nothing()
    if distance:
        if distance > 2:
            raise BadQuery(
                f"“{text}” (character {start + 1}): a fuzzy word may differ by 1 or 2 letters.",
                start,
            )
        words = [
            replace(word, text=plain(word.text), kind=Kind.FUZZY, distance=distance)
            for word in words
        ]
    elif prefix and body[-1:].isalnum() and len(words[-1].text) >= SHORTEST_BEGINNING:
        unfinished = beginning_of(words[-1])
        if len(words) == 1:
            return Or((words[0], unfinished))
        words[-1] = unfinished
    elif len(words) == 1 and words[0].text.isdecimal() and len(words[0].text) > 4:
        return Or((words[0], phrase_of(_thousands(words[0].text), None, boost)))
    return phrase_of(tuple(words), None, boost)


def _thousands(number: str) -> tuple[Word, ...]:
    """Return a number as it is when plain spaces part its thousands: several words."""
    borders = [0, *range((len(number) - 1) % 3 + 1, len(number) + 1, 3)]
    return tuple(Word(number[low:high], Kind.EXACT) for low, high in pairwise(borders))


def beginning_of(word: Word) -> Word:
    """Return the beginning of a word in the place of a whole one."""
    return replace(word, text=plain(word.text), kind=Kind.PREFIX)


def _pattern(body: str, start: int, boost: float) -> Node:
    """Return the word that a pattern with `*` and `?` stands for."""
    kept = _NO_PATTERN.sub("", ODD_APOSTROPHES.sub("'", body))
    core = simplified(normal(kept).strip("'-"))
    if not any(sign.isalnum() for sign in core):
        raise BadQuery(
            f"“{body}” (character {start + 1}) needs at least one letter beside * and ?.", start
        )
    if "?" not in core and core.count("*") == 1 and core.endswith("*"):
        words = [Word(form) for raw in TOKEN.findall(kept) if (form := form_of(raw))]
        if len(words) > 1:  # parted by a hyphen, or of a script without spaces
            return phrase_of((*words[:-1], beginning_of(words[-1])), None, boost)
        return Word(core[:-1], Kind.PREFIX, boost=boost, position=start)
    return Word(core, Kind.WILDCARD, boost=boost, position=start)
