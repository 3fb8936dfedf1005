"""How a word of a text fits a word of a body's, a place's or an event's name."""

from index.entities.closeness import nearest
from index.entities.countries import country
from index.entities.lexicon import given_groups
from index.entities.patterns import PhraseWord
from index.entities.sounds import has_cyrillic, levelled, skeleton, sounds
from index.entities.wordinfo import Info, stem

LOOSE = 0.1  # another spelling of the same word
TYPO_LENGTH = 6
ALIKE_LENGTH = 5
ALIKE = 0.7  # letters that sound alike, in a word too short for typing errors
LEVELLED = 0.2  # as a neighbouring language spells it, with nothing beside it (Sharif, Sheriff)
OTHER_VOWELS = 1.0
SHORT = 4
BONES = 4  # consonants by which a word is known again

_WRITTEN_AS_TWO = frozenset("жхцчшщюяёңғ")
"""Letters that Latin writes with several."""


def fit_word(word: PhraseWord, one: Info) -> float:
    """Return how far a text's word is from a phrase's word; over 1 when it is another word."""
    if one.folded == word.folded:
        return 9.0 if word.acronym and _is_plain(word, one) else 0.0
    if word.folded.isdigit() or one.folded.isdigit() or not one.readings:
        return 9.0
    if word.acronym:
        same = one.shouted and _has_its_letters(word.folded, one.folded)
        return LOOSE if same and set(one.forms) & word.forms else 9.0
    one_script = has_cyrillic(word.folded) == has_cyrillic(one.folded)
    # An English name that is one word is in no plural (Alma, Almas).
    stemmed = len(word.folded) > 3 and not (word.sole and word.capital and one.folded.isascii())
    if one_script and stemmed and stem(one.folded) == word.stem:
        return LOOSE
    if word.country and one.capital and country(one) == word.country:
        return LOOSE
    forms = set(one.forms)
    long_enough = min(len(one.folded), len(word.folded)) > 2 or (
        word.capital == one.capital and (word.capital or not word.sole)
    )
    if forms & word.forms and long_enough:
        return 9.0 if _is_far_fetched(word, one) else LOOSE
    if word.capital and not one.capital:
        return 9.0
    if word.capital and len(word.folded) > 4 and word.levelled & set(map(levelled, _likely(one))):
        return LEVELLED if word.sole else LOOSE
    if len(word.folded) >= TYPO_LENGTH and len(one.folded) >= TYPO_LENGTH:
        if given_groups(one.forms) and not word.optional:
            return 9.0
        if _has_other_vowels(word, one):
            return OTHER_VOWELS
        here = sounds(one.folded)[0]
        if word.sole and any(here == f"{form}i" or form == f"{here}i" for form in word.forms):
            return 9.0  # Kyrgyzstani
        far = nearest(one.forms, word.forms, 1.0)
        return far if far <= 1.0 else 9.0
    if word.capital and min(len(word.folded), len(one.folded)) >= ALIKE_LENGTH:
        far = nearest(_likely(one), word.forms, ALIKE)
        return far if far <= ALIKE and not given_groups(one.forms) else 9.0
    return 9.0


def _likely(one: Info) -> tuple[str, ...]:
    """Return the forms of a word without those of a reading that only a few names have."""
    return one.forms if has_cyrillic(one.folded) else one.forms[:1]


def _is_far_fetched(word: PhraseWord, one: Info) -> bool:
    """Say whether a short word is another by a reading that few have in mind (York, Эрк)."""
    return word.sole and len(one.folded) <= SHORT and word.forms.isdisjoint(_likely(one))


def _has_other_vowels(word: PhraseWord, one: Info) -> bool:
    """Say whether a word of several is another script's, with its own vowels (Самұрық, Samruk)."""
    if word.sole or not word.capital or has_cyrillic(word.folded) == has_cyrillic(one.folded):
        return False
    bones = skeleton(one.forms[0])
    return len(bones) >= BONES and any(skeleton(form) == bones for form in word.forms)


def _has_its_letters(one: str, other: str) -> bool:
    """Say whether an acronym in one script has as many letters as one in the other (ООН, no ON)."""
    if has_cyrillic(one) == has_cyrillic(other):
        return False
    cyrillic, latin = (one, other) if has_cyrillic(one) else (other, one)
    cyrillic = cyrillic.replace("кс", "х" if "x" in latin else "кс")
    pairs = sum(letter in _WRITTEN_AS_TWO for letter in cyrillic)
    return len(cyrillic) <= len(latin) <= len(cyrillic) + 2 * pairs


def _is_plain(word: PhraseWord, one: Info) -> bool:
    """Say whether a short acronym is only a common word here (who, us, it)."""
    long_enough = len(word.folded) > 3 or not word.sole
    return not one.shouted and not (one.capital and long_enough)
