"""People in a text: the full name in any spelling, order and case, or with initials."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.entities import cases, reasons
from index.entities.claims import Claim, Fit
from index.entities.closeness import distance
from index.entities.fitting import LEVELLED, LONG, MOST_DISTANCE, fit_unit
from index.entities.initials import InitialsFinder, begins
from index.entities.lexicon import is_title
from index.entities.patterns import PersonName, Unit
from index.entities.sounds import sounds
from index.entities.textwords import TextWords
from index.entities.wordinfo import Info
from index.model import How

VARIANT_SCORE = 0.97
LETTER_COST = 0.13
LIKE = 0.7  # letters that a long surname may be off where there are but initials
DOUBT = 0.2  # what each costs then
SURELY_A_TYPO = 9  # from this length on, a surname one letter off is the same surname


@dataclass(frozen=True, slots=True)
class _Parts:
    """A full name in a text: words from first to last, and how its parts fit."""

    span: tuple[int, int]
    given_span: tuple[int, int]
    at: int  # the surname's last word
    given: list[Fit]
    surname: list[Fit]
    cost: float


class PersonFinder:
    """Finds one person's name around a word that may be its surname."""

    def __init__(self, text: TextWords) -> None:
        self._text = text
        self._initials = InitialsFinder(text)

    def find(self, name: PersonName, at: int) -> Claim | None:
        """Return the best full name whose surname ends at word `at`, or None.

        A `plain` name has been tried by `just_as_listed` before.
        """
        best = None if name.plain else self.just_as_listed(name, at)
        if best is None:
            best = self._otherwise(name, at)
        if best is not None and best.score > name.most:
            return replace(best, score=name.most, how=How.VARIANT, reason=name.note)
        return best

    def _otherwise(self, name: PersonName, at: int) -> Claim | None:
        """Return the best full name in another spelling, order, case, or with initials."""
        best: Claim | None = None
        for first, fits in self._surnames(name, at):
            if self._is_half(first, at):
                continue
            for claim in self._full(name, first, at, fits):
                if best is None or (claim.score, claim.end - claim.start) > (
                    best.score,
                    best.end - best.start,
                ):
                    best = claim
        return best

    def just_as_listed(self, name: PersonName, at: int) -> Claim | None:
        """Return the name written as the list has it: most often it is, and that is soon seen."""
        place = name.surname_end
        first, last = at - place, at - place + len(name.folded) - 1
        if not self._text.reads(first, name.folded):
            return None
        run = self._run(first, last)
        if run is None or not run[0].capital:
            return None
        if self._is_half(first if place == 0 else at, last if place else at):
            return None
        start, end = self._text.range(first, last)
        return Claim(name.entity, start, end, name.how, 1.0, "", at=at)

    def plain(self, name: PersonName, at: int) -> Claim | None:
        """Return a name written without capitals, just as the list has it, or None."""
        for shift in range(len(name.folded)):
            first = at - shift
            last = first + len(name.folded) - 1
            if first < 0 or last >= len(self._text):
                continue
            run = self._run(first, last)
            if run is not None and tuple(one.folded for one in run) == name.folded:
                start, end = self._text.range(first, last)
                return Claim(name.entity, start, end, name.how, 1.0, "", at=at)
        return None

    def surname(self, name: PersonName, at: int) -> tuple[int, list[Fit]] | None:
        """Return where a bare surname that ends at word `at` begins, with how it fits."""
        for first, fits in self._surnames(name, at):
            if not self._is_half(first, at):
                return first, fits
        return None

    def _surnames(self, name: PersonName, at: int) -> Iterator[tuple[int, list[Fit]]]:
        for count in range(1, max(len(name.surname.parts), 1) + 1):
            infos = self._run(at - count + 1, at)
            if infos is None or not infos[0].capital:
                continue
            if is_title(infos[-1].folded) and not self._sounds_alike(name, infos[-1]):
                continue  # March is no spelling of Marx
            fits = fit_unit(name.surname, infos, surname=True)
            if fits:
                yield at - count + 1, fits

    @staticmethod
    def _sounds_alike(name: PersonName, one: Info) -> bool:
        """Say whether a word is a surname by the likeliest reading of both."""
        return one.forms[:1] == sounds(name.surname.parts[-1])[:1]

    def _run(self, first: int, last: int) -> list[Info] | None:
        """Return words that may be one name: hyphens or spaces between them."""
        if first < 0 or last >= len(self._text):
            return None
        if any(self._text.gap(at) not in ("hyphen", "space") for at in range(first, last)):
            return None
        return [found for at in range(first, last + 1) if (found := self._text.info(at))]

    def _is_half(self, first: int, last: int) -> bool:
        """Say whether a surname is one half of a double one (Nazarbayeva-Kulibayeva)."""
        for at, neighbour in ((last, last + 1), (first - 1, first - 1)):
            other = self._text.info(neighbour)
            if other is not None and other.capital and self._text.gap(at) == "hyphen":
                return True
        return False

    def _full(self, name: PersonName, first: int, last: int, fits: list[Fit]) -> Iterator[Claim]:
        yield from self._given_before(name, first, last, fits)
        yield from self._given_after(name, first, last, fits)
        if name.most < 1.0:
            return
        near = fits[0].distance
        if near <= LEVELLED:
            yield from self._initials.around(name, first, last)
        elif near <= LIKE and len(name.anchor) >= LONG:
            for claim in self._initials.around(name, first, last):
                yield replace(claim, score=round(claim.score - DOUBT * near, 3))

    def _given_before(
        self, name: PersonName, first: int, last: int, fits: list[Fit]
    ) -> Iterator[Claim]:
        for end, extra in self._middles(name, first - 1, -1):
            for start, given, cost in self._givens(name, end, -1):
                fitting = _Parts((start, last), (start, end), last, given, fits, cost + extra)
                claim = self._claim(name, fitting)
                if claim:
                    yield claim

    def _given_after(
        self, name: PersonName, first: int, last: int, fits: list[Fit]
    ) -> Iterator[Claim]:
        comma = self._text.gap(last) == "comma"
        if self._text.gap(last) != "space" and not comma:
            return
        for end, given, cost in self._givens(name, last + 1, 1):
            stop, extra = end, 0.0
            after = self._text.info(end + 1)
            if after and after.capital and self._text.gap(end) == "space":
                patronymic = self._patronymic(name, after)
                if patronymic is not None:
                    stop, extra = end + 1, patronymic
                elif comma:
                    continue  # the next person of an enumeration
            elif after and after.capital and comma and self._text.gap(last) != "comma":
                continue
            fitting = _Parts((first, stop), (last + 1, end), last, given, fits, cost + extra)
            claim = self._claim(name, fitting)
            if claim:
                yield claim

    def _patronymic(self, name: PersonName, one: Info) -> float | None:
        """Return what a father's name costs: nothing, too much, or None when it is none."""
        if not any(cases.is_patronymic(form) for form in one.forms):
            return None
        if name.patronymic is None:
            return 0.0
        if len(name.patronymic.parts[0]) == 1:
            return 0.0 if one.readings[0][0][:1] in name.patronymic.initials else 9.0
        near = min(
            distance(form, other, 2.0) for form in one.forms for other in name.patronymic.forms
        )
        return 0.0 if near <= 1.0 else 9.0

    def _middles(self, name: PersonName, at: int, step: int) -> Iterator[tuple[int, float]]:
        """Yield where the given name may end before a surname, and what was skipped costs."""
        if self._text.between(at).strip() == ")":
            yield from self._before_brackets(at)
            return
        if self._text.gap(at) != "space" and not self._after_initial(at):
            return
        if self._text.gap(at) == "space":
            yield at, 0.0
        middle = self._text.info(at)
        if middle is not None and cases.is_child(middle.folded):
            if name.patronymic is None and self._run(at - 2, at) is not None:
                yield at - 2, 0.0  # Камчыбек Дүйшөнбек уулу Ташиев
            return
        if middle is None or not middle.capital:
            return
        if self._text.initial(at) and self._text.gap(at - 1) == "space":
            mismatch = name.patronymic is not None and not begins(middle, name.patronymic.initials)
            yield at - 1, 9.0 if mismatch else 0.0
        elif self._text.initial(at) and self._text.initial(at - 1):
            if self._text.gap(at - 2) == "space" and name.patronymic is None:
                yield at - 2, 0.0
        elif self._text.gap(at - 1) == "space":
            cost = self._patronymic(name, middle)
            if cost is not None:
                yield at - 1, cost

    def _before_brackets(self, at: int) -> Iterator[tuple[int, float]]:
        """Yield where the given name may end before another in brackets (Anastasia (Nasta) L.)."""
        for other in (at - 1, at - 2):
            if other >= 0 and self._text.between(other).strip() == "(":
                yield other, 0.0
                return

    def _after_initial(self, at: int) -> bool:
        return self._text.initial(at) and self._text.gap(at) in ("stop", "glued", "space")

    def _givens(
        self, name: PersonName, at: int, step: int
    ) -> Iterator[tuple[int, list[Fit], float]]:
        """Yield where the given name begins (or ends) that ends (or begins) at a word."""
        options: list[tuple[Unit, float]] = [(name.given_whole, 0.0)]
        if len(name.given) > 1:
            options.append((name.given[0], 0.2))
        for unit, cost in options:
            for count in range(1, max(2, len(unit.parts)) + 1):
                other = at + step * (count - 1)
                infos = self._run(min(at, other), max(at, other))
                if not infos or not infos[0].capital:
                    continue
                if count > len(unit.parts) and any(one.initial for one in infos):
                    continue
                fits = fit_unit(unit, infos, surname=False)
                if count > len(unit.parts):
                    fits = [fit for fit in fits if fit.distance == 0.0]
                if fits:
                    yield other, fits, cost

    def _claim(self, name: PersonName, parts: _Parts) -> Claim | None:
        if parts.cost > MOST_DISTANCE:
            return None
        last_given = self._text.info(max(parts.given_span))
        best: tuple[float, bool, float] | None = None
        for one in parts.given:
            for other in parts.surname:
                far = one.distance + other.distance + parts.cost
                if far > MOST_DISTANCE or not self._agree(name, one, other, last_given):
                    continue
                inflected = one.cases != "n" or other.cases != "n"
                if best is None or (far, inflected) < best[:2]:
                    best = (far, inflected, other.distance)
        if best is None:
            return None
        far, inflected, surname_far = best
        doubtful = surname_far >= 1.0 and len(name.anchor) < SURELY_A_TYPO
        return self._made(name, parts.span, parts.at, far + (0.5 if doubtful else 0.0), inflected)

    @staticmethod
    def _agree(name: PersonName, given: Fit, surname: Fit, last_given: Info | None) -> bool:
        if cases.agree(given.cases, surname.cases):
            return True
        if surname.cases == "n" and not name.surname.declined:
            return True  # a surname that need not be declined (Лейлу Юнус)
        if given.cases != "n" or last_given is None:
            return False
        # What is not declined agrees with everything, but Бокаева after a man's
        # name in the nominative is a woman, not a genitive.
        declined = last_given.folded[-1:] not in "иыуюэо"
        return not (declined and surname.cases == "ga")

    def _made(
        self, name: PersonName, span: tuple[int, int], at: int, far: float, inflected: bool
    ) -> Claim:
        start, end = self._text.range(*span)
        found = tuple(
            one.folded for n in range(span[0], span[1] + 1) if (one := self._text.info(n))
        )
        if found == name.folded:
            return Claim(name.entity, start, end, name.how, 1.0, "", at=at)
        score = VARIANT_SCORE - LETTER_COST * far - (0.02 if inflected else 0.0)
        reason = reasons.why(self._text.text[start:end], name.name, inflected)
        return Claim(name.entity, start, end, How.VARIANT, round(score, 3), reason, at=at)
