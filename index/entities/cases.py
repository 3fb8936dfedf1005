"""Case endings taken off Cyrillic names, and what an ending says of a surname's bearer.

A word may be the form of several names: Бокаева is a woman's surname, or a
man's in the genitive. Each reading carries the Russian cases it may stand in
(n g d a i p), so that the words of one name can be made to agree; a Kazakh
ending is read as `k` and agrees with everything, for only a name's last word
takes it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.entities.sounds import has_cyrillic

SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Lemma:
    """One reading of a word: its dictionary form and the cases it would stand in."""

    form: str
    cases: str


_RUSSIAN: tuple[tuple[str, str, str], ...] = (
    # ending, what takes its place, cases
    ("ского", "ский", "ga"),
    ("скому", "ский", "d"),
    ("ским", "ский", "i"),
    ("ском", "ский", "p"),
    ("ской", "ская", "gdip"),
    ("скую", "ская", "a"),
    ("ого", "ый", "ga"),
    ("ому", "ый", "d"),
    ("ого", "ой", "ga"),
    ("ому", "ой", "d"),
    ("ом", "ый", "p"),
    ("ом", "ой", "p"),
    ("ым", "ый", "i"),
    ("ым", "ой", "i"),
    ("ой", "ая", "gdip"),
    ("ую", "ая", "a"),
    ("ой", "а", "gdip"),
    ("ою", "а", "i"),
    ("ей", "а", "gdip"),
    ("ей", "я", "i"),
    ("ом", "", "i"),
    ("ем", "", "i"),
    ("вла", "вел", "ga"),
    ("влу", "вел", "d"),
    ("влом", "вел", "i"),
    ("вле", "вел", "p"),
    ("льва", "лев", "ga"),
    ("льву", "лев", "d"),
    ("львом", "лев", "i"),
    ("льве", "лев", "p"),
    ("ца", "ец", "ga"),
    ("цу", "ец", "d"),
    ("цем", "ец", "i"),
    ("цом", "ец", "i"),
    ("це", "ец", "p"),
    ("ка", "ок", "ga"),
    ("ку", "ок", "d"),
    ("ком", "ок", "i"),
    ("ке", "ок", "p"),
    ("ем", "й", "i"),
    ("ым", "", "i"),
    ("им", "", "i"),
    ("ии", "ия", "gdp"),
    ("ии", "ий", "p"),
    ("ия", "ий", "ga"),
    ("ию", "ий", "d"),
    ("ю", "я", "a"),
    ("ю", "й", "d"),
    ("ю", "ь", "d"),
    ("я", "й", "ga"),
    ("я", "ь", "ga"),
    ("и", "я", "gdp"),
    ("и", "а", "g"),
    ("и", "ь", "gdp"),
    ("ы", "а", "g"),
    ("а", "", "ga"),
    ("у", "", "d"),
    ("у", "а", "a"),
    ("е", "", "p"),
    ("е", "а", "dp"),
    ("е", "й", "p"),
    ("е", "я", "dp"),
)
_KAZAKH = tuple(
    sorted(
        (
            "ның нің дың дің тың тің нын нин дын дин тын тин ға ге қа ке га ка на не ды ді ты ті"
            " ны ні ди ти ни да де та те нда нде дан ден тан тен нан нен мен бен пен дағы дегі"
            " тағы тегі ндағы ндегі дай дей тай тей сыз сіз нинг нун дун тун ду ту ну го до то дон"
            " тон ро"
        ).split(),
        key=len,
        reverse=True,
    )
)
_WEST = {  # Ukrainian and Belarusian, where they differ from Russian
    "ського": ("ський", "ga"),
    "ському": ("ський", "dp"),
    "ським": ("ський", "i"),
    "скага": ("скі", "ga"),
    "скаму": ("скі", "d"),
    "скім": ("скі", "ip"),
    "цкага": ("цкі", "ga"),
    "цкаму": ("цкі", "d"),
    "цкім": ("цкі", "ip"),
    "авай": ("ава", "gdip"),
    "евай": ("ева", "gdip"),
    "ові": ("", "dp"),
    "еві": ("", "dp"),
}
_WESTERN = re.compile("(?:" + "|".join(_WEST) + ")$")

# Kazakh, Uzbek, Karakalpak, Turkmen and Azerbaijani in Latin, after a Russian surname.
_LATIN_SURNAME = re.compile("[eo][vw]a?(?=.)")
_AFTER_SURNAME = frozenset(
    "nyñ niñ dyñ diñ tyñ tiñ nyn nin tyn tin ğa ge qa ke dan den tan ten da de ta te men ben pen"
    " ty ti dy di ning ni ga yň nyň ə ı dən də nın nı ya".split()
)
_AZERBAIJANI = frozenset(("in", "i"))  # where the surname's spelling is (Əliyevin, not Golovin)
# After any other name, what hardly any name ends with, or does so rarely.
_AFTER_NAMES = re.compile("(?<=...)(?:ning|[ndt][yiı][ñň]|[yi]ň|ğa)$|(?<=.....)(?:ni|ga|da|dan)$")


@lru_cache(maxsize=8192)
def lemmas(word: str) -> tuple[Lemma, ...]:
    """Return the readings of a folded word, as it stands first."""
    found = [Lemma(word, "n")]
    if not has_cyrillic(word):
        if word.startswith(("al'", "o'", "g'")):
            return tuple(found)
        head, apostrophe, tail = word.rpartition("'")
        if apostrophe and len(tail) <= 3 and len(head) >= 4:
            found.append(Lemma(head, "k"))
        return (*found, *_turkic(word))
    for ending, instead, cases in _RUSSIAN:
        stem = word.removesuffix(ending)
        if stem != word and (len(stem) >= SHORTEST or instead == "лев"):
            found.append(Lemma(stem + instead, cases))
    western = _WESTERN.search(word)
    if western:
        instead, cases = _WEST[western[0]]
        found.append(Lemma(word[: western.start()] + instead, cases))
    for ending in _KAZAKH:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= (3 if len(ending) > 2 else 4):
            found.append(Lemma(stem, "k"))
    return tuple(found)


def _turkic(word: str) -> Iterator[Lemma]:
    """Yield what a Latin word may be a case of in a Turkic language."""
    for surname in _LATIN_SURNAME.finditer(word, 2):
        ending = word[surname.end() :]
        known = ending in _AFTER_SURNAME or (ending in _AZERBAIJANI and not word.isascii())
        if known and surname.end() >= 5:
            yield Lemma(word[: surname.end()], "k")
            return
    other = _AFTER_NAMES.search(word)
    if other:
        yield Lemma(word[: other.start()], "k")


def gender(form: str) -> str:
    """Return m, f or "" for what the ending of a surname's form says of its bearer."""
    if form.endswith(("ova", "eva", "ina", "aia")) and len(form) > 4:
        return "f"
    if form.endswith(("ov", "ev", "in", "ski")) and len(form) > 3:
        return "m"
    if form.endswith("kizi"):
        return "f"
    if form.endswith("uli"):
        return "m"
    slip = _VOWEL_LOST.search(form)  # Adilbekv
    if slip:
        return "f" if slip[0].endswith("a") else "m"
    return ""


_VOWEL_LOST = re.compile("[^aeiou]va?$")


def is_patronymic(form: str) -> bool:
    """Say whether a form looks like a father's name: -ovich, -ovna, -uly, -kyzy, -oghly."""
    return form.endswith(
        ("oviC", "eviC", "ovna", "evna", "iniCna", "uli", "kizi", "ogli", "ugli", "zoda", "zade")
    ) and len(form) > 4  # fmt: skip


_CHILD = frozenset(
    "kyzy kizi qizi qyzy gyzy qızı uulu uly ulu oglu oglı ogly ogli oghlu oghly ugli oʻgʻli o'g'li"
    " кызы қызы қизи гызы уулу улы ұлы оглы оглу оглі ўғли угли".split()
)


def is_child(folded: str) -> bool:
    """Say whether a word makes the father's name before it a surname (Tajibek kyzy)."""
    return folded in _CHILD


def is_surname(form: str) -> bool:
    """Say whether a form ends as surnames of the region do."""
    if form.endswith("ian") and len(form) < 6:
        return False  # Ayan, Doyan: there is no Armenian name before the ending
    return bool(gender(form)) or form.endswith(("enko", "iuk", "iants", "ian", "Svili", "dze"))


def agree(one: str, other: str) -> str:
    """Return the cases in which two words can stand together; `k` goes with the nominative."""
    if "k" in other:
        return other if "n" in one else ""
    return "".join(case for case in one if case in other)
