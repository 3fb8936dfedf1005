"""Names of bodies and places as texts shorten them: words written as one, the country left out."""

from collections.abc import Iterator
from dataclasses import replace

from index.entities.cases import is_surname
from index.entities.countries import REPUBLIC
from index.entities.lexicon import given_groups
from index.entities.patterns import Phrase, PhraseWord
from index.entities.terms import terms_of

OWN_NAME = 0.86
PERHAPS_A_PERSON = 0.75
_ENOUGH = 3  # words that are a body's name without its country


def abridged_phrase(source: Phrase) -> Phrase | None:
    """Return a body's name without the country that it begins or ends with, or None."""
    if source.kind != "Organization" or len(source.content) <= _ENOUGH:
        return None
    words = source.words
    if words[-1].country:
        kept = _without_end(words[:-1])
    elif words[0].country:
        kept = words[2:] if words[1].folded in REPUBLIC else words[1:]
    else:
        return None
    if sum(not word.optional for word in kept) < _ENOUGH:
        return None
    return replace(source, words=kept, abridged=True)


def _without_end(words: tuple[PhraseWord, ...]) -> tuple[PhraseWord, ...]:
    while words and (words[-1].optional or words[-1].folded in REPUBLIC):
        words = words[:-1]
    return words


_GENERIC = frozenset(
    "party movement foundation fund organisation organization association initiative group company"
    " партия движение фонд организация объединение ассоциация инициатива группа компания"
    " партиясы қозғалысы қоры ұйымы бірлестігі қауымдастығы бастамасы тобы компаниясы".split()
)


def headless_phrase(source: Phrase) -> Phrase | None:
    """Return a body's own name without what kind of body it is (Adil Soz Foundation), or None."""
    kept = tuple(word for word in source.words if word.folded not in _GENERIC)
    own = [word for word in kept if not (word.optional or word.acronym)]
    if source.kind != "Organization" or len(kept) + 1 != len(source.words) or len(own) != len(kept):
        return None
    if len(own) < 2 or not own[0].capital or any(terms_of(word.folded) for word in own):
        return None
    if any(is_surname(form) for word in own for form in word.forms):
        return None  # the foundation of somebody
    known = any(given_groups(tuple(word.forms)) for word in own)
    return replace(source, words=kept, joined=True, most=PERHAPS_A_PERSON if known else OWN_NAME)


def rejoined_phrases(source: Phrase) -> Iterator[Phrase]:
    """Yield a phrase of three words with a short one written onto a neighbour (Hizbut Tahrir)."""
    if len(source.words) != 3 or source.kind in ("Law", "Theme"):
        return
    for at in (0, 1):
        one, other = source.words[at : at + 2]
        if min(len(one.folded), len(other.folded)) > 3 or one.optional or other.optional:
            continue
        if one.acronym or other.acronym or (one.folded + other.folded).isdigit():
            continue
        whole = PhraseWord(one.folded + other.folded, False, False, one.capital)
        made = (*source.words[:at], whole, *source.words[at + 2 :])
        yield Phrase(source.entity, source.how, source.name, made, source.kind, joined=True)


def joined_phrase(source: Phrase) -> Phrase | None:
    """Return a phrase of two words written as one (Nur Otan: Nurotan), or None."""
    content = source.content
    if len(source.words) != 2 or len(content) != 2 or source.kind in ("Law", "Theme"):
        return None
    if any(word.acronym or word.folded.isdigit() for word in content):
        return None
    whole = PhraseWord(content[0].folded + content[1].folded, False, False, True, sole=True)
    if len(whole.folded) > 16:
        return None
    return Phrase(source.entity, source.how, source.name, (whole,), source.kind, joined=True)
