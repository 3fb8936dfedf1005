"""How words of a text fit a given name or a surname, in letters and in cases."""

from functools import lru_cache

from index.entities import cases
from index.entities.claims import Fit
from index.entities.closeness import distance, is_slip, turned
from index.entities.lexicon import given_groups
from index.entities.patterns import Unit
from index.entities.sounds import has_cyrillic, join, levelled, unhonoured
from index.entities.wordinfo import Info, info

MOST_DISTANCE = 1.2
LEVELLED = 0.2  # for a name as a neighbouring language spells it
LEVELLED_FROM = 4
TURNED = 0.4  # for a name with the vowels of Uzbek or Tajik where others have those of Russian
TURNED_FROM = 6
HONOURED = 0.8
LONG = 8  # letters; such a name is known again with one letter and a vowel off


def tolerance(length: int) -> float:
    """Return how many letters a name of this length may be off."""
    if length >= 5:
        return 1.0 if length < LONG else 1.2
    return 0.5 if length == 4 else 0.0


def _root_groups(form: str) -> frozenset[int]:
    """Return the given names that a surname is made of (Kurmanov: Kurman)."""
    for ending in ("ova", "eva", "ov", "ev", "ina", "in", "uli", "kizi"):
        if form.endswith(ending) and len(form) - len(ending) > 2:
            return given_groups((form.removesuffix(ending),))
    return frozenset()


def fit_unit(unit: Unit, infos: list[Info], *, surname: bool) -> list[Fit]:
    """Return how a run of words fits a given name or a surname, the best first."""
    return _fits(unit, tuple(one.raw for one in infos), surname)


@lru_cache(maxsize=16384)  # a text names the same people again and again
def _fits(unit: Unit, raws: tuple[str, ...], surname: bool) -> list[Fit]:
    infos = [info(raw) for raw in raws]
    if len(infos) == len(unit.parts) and all(
        one.folded == part for one, part in zip(infos, unit.parts, strict=True)
    ):
        return [Fit(0.0, "n", exact=True), *_inflected(unit, infos, surname=surname)]
    return _inflected(unit, infos, surname=surname)


def _inflected(unit: Unit, infos: list[Info], *, surname: bool) -> list[Fit]:
    fits: dict[str, float] = {}
    if surname and _too_short(unit, infos):
        return []
    heads = [one.readings[0][0] if one.readings else "" for one in infos[:-1]]
    for form, form_cases in infos[-1].readings:
        if not surname and "k" in form_cases:
            continue
        whole = join(*heads, form) if heads else form
        far = 0.0 if whole in unit.forms else _far(unit, whole, surname=surname)
        if far <= MOST_DISTANCE and far < fits.get(form_cases, 9.0):
            fits[form_cases] = far
    if not fits and surname and len(infos) == 1 and _is_slip(unit, infos[0]):
        fits["n"] = 1.0
    return sorted((Fit(far, which) for which, far in fits.items()), key=lambda fit: fit.distance)


def _is_slip(unit: Unit, one: Info) -> bool:
    """Say whether a surname is misspelled in a digraph."""
    if len(unit.parts) > 1 or not is_slip(one.folded, unit.parts[0]):
        return False
    return cases.gender(one.readings[0][0]) == unit.gender


def _too_short(unit: Unit, infos: list[Info]) -> bool:
    """Say whether a surname of two letters is spelled otherwise in its own script (Xi, Hi)."""
    part = unit.parts[-1]
    return (
        len(part) < 3
        and infos[-1].folded != part
        and has_cyrillic(infos[-1].folded) == has_cyrillic(part)
        and len(infos[-1].folded) < 3
    )


def _honoured(unit: Unit, whole: str) -> bool:
    """Say whether one of two given names is the other with -jon or -xon (Zokir, Zokirjon)."""
    bare = unhonoured(whole)
    if bare != whole:
        return levelled(bare) in unit.levelled or bool(given_groups((bare,)) & unit.groups)
    return levelled(whole) in unit.unhonoured


def _far(unit: Unit, whole: str, *, surname: bool) -> float:
    """Return how far a form is from a unit, or something over any tolerance for another name."""
    here = frozenset() if surname else given_groups((whole,))
    if here & unit.groups:
        return 0.0
    if len(whole) >= LEVELLED_FROM and levelled(whole) in unit.levelled:
        return LEVELLED
    if not surname and _honoured(unit, whole):
        return HONOURED
    limit = tolerance(len(whole))
    if limit == 0.0:
        return 9.0
    far = min(distance(whole, form, limit) for form in unit.forms)
    if far > TURNED and len(whole) >= TURNED_FROM and any(turned(whole, f) for f in unit.forms):
        far = TURNED
    if far > limit:
        return 9.0
    there = unit.groups
    if surname:
        if cases.gender(whole) != unit.gender:
            return 9.0
        here, there = _root_groups(whole), frozenset().union(*map(_root_groups, unit.forms))
    else:
        ends = {form[-1:] == "a" for form in unit.forms}
        if far >= 1.0 and (whole[-1:] == "a") not in ends:
            return 9.0  # Dinar and Dinara, Alim and Alima
    if here and there and not here & there:
        return 9.0
    return far
