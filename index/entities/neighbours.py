"""What stands beside a surname: somebody else's given name, a title, a place, a longer name."""

from index.entities import cases
from index.entities.countries import country
from index.entities.lexicon import (
    given_groups,
    is_institution,
    is_place,
    is_title,
    looks_common,
)
from index.entities.sounds import has_cyrillic
from index.entities.textwords import TextWords
from index.entities.wordinfo import Info

GENERATIONS = frozenset("senior junior sr jr старший младший старшего младшего үлкен кіші".split())
ANOTHER = frozenset(
    "another other другой другая другого другому другим иной однофамилец басқа".split()
)
OBLIQUE = ("ой", "ей", "ого", "ому", "ым", "ом", "ем", "ову", "еву", "ину")  # of surnames


class Neighbours:
    """Asks after the words before and after a surname that ends at word `last`."""

    def __init__(self, text: TextWords) -> None:
        self._text = text

    def stands_alone(self, first: int, last: int) -> bool:
        """Say whether a surname has no other person's given name, title of a place, or half."""
        return self.rival(first, last) == "" and not self._names_a_place(first, last)

    def rival(self, first: int, last: int) -> str:
        """Return the given name or initial of somebody else beside a surname, or ""."""
        before = self._text.info(first - 1)
        if before is not None and before.folded in ANOTHER and self._text.gap(first - 1) == "space":
            return before.folded
        if before is not None and before.capital:
            gap = self._text.gap(first - 1)
            if self._text.initial(first - 1) and gap in ("stop", "space", "glued"):
                return before.folded
            if gap == "space" and self._is_given(first - 1, before):
                return before.folded
        after = self._text.info(last + 1)
        if after is not None and after.capital and self._text.gap(last) == "space":
            if after.initial and self._text.gap(last + 1) == "stop":
                return after.folded
            if given_groups(after.forms) and not is_title(after.folded):
                owner = before is not None and is_title(before.folded)
                if not (owner and self._of_another_case(last, after)):
                    return after.folded
        if self._heads_an_entry(first, last):
            return after.folded if after else ""
        if after is not None and after.folded in GENERATIONS:
            return after.folded if self._text.gap(last) in ("space", "hyphen", "comma") else ""
        return ""

    def _heads_an_entry(self, first: int, last: int) -> bool:
        """Say whether a list has somebody else under the surname (Yorov, Jamshed, attorney)."""
        given = self._text.info(last + 1)
        if given is None or not given.capital or self._text.gap(last) != "comma":
            return False
        if first and "\n" not in self._text.between(first - 1) and not self._text.opens(first):
            return False
        ends = self._text.between(last + 1) if last + 2 < len(self._text) else ""
        named = ends[:1] in (",", ";", "\n") or self._text.gap(last + 1) == "far"
        return named and bool(given_groups(given.forms)) and not is_title(given.folded)

    def a_common_word(self, first: int, last: int) -> bool:
        """Say whether a surname begins a sentence of a text that uses it as a common word."""
        here = self._text.info(last)
        return (
            here is not None
            and first == last
            and (
                is_title(here.folded)
                or (self._text.opens(first) and self._text.has_common(here.folded))
            )
        )

    def _of_another_case(self, last: int, given: Info) -> bool:
        """Say whether a surname is no nominative beside a name that is (адвокат Серика Асан)."""
        here = self._text.info(last)
        if here is None or not has_cyrillic(here.folded) or given.folded[-1:] in "аяиыуюе":
            return False
        if here.folded.endswith(OBLIQUE):
            return True
        return bool(cases.gender(here.readings[0][0]) == "f") and len(here.readings) > 1

    def _is_given(self, at: int, one: Info) -> bool:
        """Say whether a word before a surname seems to be a given name."""
        if is_title(one.folded) or is_institution(one.folded):
            return False
        if given_groups(one.forms):
            return True
        if is_place(one.forms) or country(one) or self._after_article(at):
            return False  # at the airport of Dushanbe Gadoev was seen
        return not self._text.is_common(at) and not self._perhaps(at, one)

    def _after_article(self, at: int) -> bool:
        """Say whether an article stands before a word, as it does before no given name."""
        before = self._text.info(at - 1)
        article = before is not None and before.folded in ("the", "a", "an")
        return article and self._text.gap(at - 1) == "space"

    def _perhaps(self, at: int, one: Info) -> bool:
        """Say whether a word may have its capital only from where it stands."""
        return self._text.opens(at) and not self._text.is_proper(at)

    def unsure(self, first: int) -> bool:
        """Say whether the word before a surname may be a given name that nobody knows."""
        before = self._text.info(first - 1)
        return (
            before is not None
            and before.capital
            and len(before.folded) > 2
            and self._text.gap(first - 1) == "space"
            and not is_title(before.folded)
            and not is_institution(before.folded)
            and not looks_common(before.folded)
            and not self._text.is_common(first - 1)
        )

    def heads_a_name(self, last: int) -> bool:
        """Say whether a surname seems to begin a longer name of something else (Temirov Live)."""
        after = self._text.info(last + 1)
        if after is None or not after.capital or self._text.gap(last) != "space":
            return False
        if has_cyrillic(after.folded):
            # In Kazakh and Russian the next name simply goes on.
            return self._is_given_like(last) and cases.is_surname(after.readings[0][0])
        return not (
            is_title(after.folded)
            or self._text.is_common(last + 1)
            or self._text.initial(last + 1)
            or "\n" in self._text.between(last)
        )

    def _is_given_like(self, last: int) -> bool:
        """Say whether a surname has the ending of none, and may be somebody's given name."""
        here = self._text.info(last)
        return here is not None and not any(map(cases.is_surname, here.forms))

    def _names_a_place(self, first: int, last: int) -> bool:
        before, after = self._text.info(first - 1), self._text.info(last + 1)
        followed = after is not None and after.capital and is_institution(after.folded)
        if followed and self._text.gap(last) == "space":
            return True
        return (
            before is not None
            and is_institution(before.folded)
            and self._text.gap(first - 1)
            in (("space", "stop") if len(before.folded) < 4 else ("space",))
        )
