"""People in a text by surname and initials: М. Т. Бокаев, Bokayev M."""

from collections.abc import Iterator

from index.entities import reasons
from index.entities.claims import Claim
from index.entities.lexicon import given_groups, is_title
from index.entities.patterns import PersonName, Unit
from index.entities.textwords import TextWords
from index.entities.wordinfo import Info
from index.model import How

INITIALS_SCORE = 0.88


def begins(one: Info, initials: frozenset[str]) -> bool:
    """Say whether a word begins with one of some letters, in any of its readings."""
    return any(form[:1] in initials for form in one.forms)


class InitialsFinder:
    """Finds the initials of one person around a surname from word `first` to `last`."""

    def __init__(self, text: TextWords) -> None:
        self._text = text

    def around(self, name: PersonName, first: int, last: int) -> Iterator[Claim]:
        """Yield the name with its initials before the surname, and after it."""
        yield from self.before(name, first, last)
        yield from self.after(name, first, last)

    def before(self, name: PersonName, first: int, last: int) -> Iterator[Claim]:
        """Yield the name with its initials before the surname."""
        run: list[Info] = []
        at = first - 1
        beside = self._text.info(at)
        if beside is None or not beside.initial:
            return
        while len(run) < 3 and self._gap_initial(at):
            one = self._text.info(at)
            if one is None or not self._text.initial(at):
                break
            run.insert(0, one)
            at -= 1
        before = self._text.info(at)
        named = before is not None and before.capital and self._text.gap(at) == "space"
        if named and before and given_groups(before.forms) and not is_title(before.folded):
            return  # John A. Smith: the initial is a second one
        if run and self._fit(name, run):
            yield self._claim(name, (at + 1, last), last)

    def after(self, name: PersonName, first: int, last: int) -> Iterator[Claim]:
        """Yield the name with its initials after the surname."""
        run: list[Info] = []
        at = last + 1
        beside = self._text.info(at)
        if beside is None or not beside.initial or self._text.gap(last) != "space":
            return
        while len(run) < 3:
            one = self._text.info(at)
            if one is None or not self._text.initial(at):
                break
            run.append(one)
            if not self._gap_initial(at):
                at += 1
                break
            at += 1
        before = self._text.info(first - 1)
        crowded = before is not None and self._crowded(first - 1)
        if run and not crowded and self._fit(name, run):
            yield self._claim(name, (first, last + len(run)), last)

    def _crowded(self, at: int) -> bool:
        return self._text.initial(at) and self._gap_initial(at)

    def _gap_initial(self, at: int) -> bool:
        return self._text.gap(at) in ("stop", "space", "glued", "hyphen")

    def _fit(self, name: PersonName, run: list[Info]) -> bool:
        pieces = [Unit((part,)) for unit in name.given for part in unit.parts]
        expected = [piece.initials for piece in pieces]
        if not begins(run[0], expected[0]):
            return False
        if len(run) == 1:
            return True
        if len(expected) > 1:
            return begins(run[1], expected[1]) or self._father_fits(name, run[1])
        return self._father_fits(name, run[1])

    def _father_fits(self, name: PersonName, one: Info) -> bool:
        return name.patronymic is None or begins(one, name.patronymic.initials)

    def _claim(self, name: PersonName, span: tuple[int, int], at: int) -> Claim:
        start, end = self._text.range(*span)
        if span[1] != at and self._text.text[end : end + 1] == ".":
            end += 1
        found = tuple(
            one.folded for n in range(span[0], span[1] + 1) if (one := self._text.info(n))
        )
        if found == name.folded:
            return Claim(name.entity, start, end, name.how, 1.0, "", at=at)
        reason = reasons.by_initials(name.name)
        return Claim(name.entity, start, end, How.VARIANT, INITIALS_SCORE, reason, at=at)
