"""Organisations, places, laws, events and themes in a text: their words in order, in any script."""

from index.entities import reasons
from index.entities.claims import Claim
from index.entities.countries import REPUBLIC
from index.entities.lexicon import given_groups, is_institution, is_title
from index.entities.patterns import FUNCTION_WORDS, LEGAL_FORMS, Phrase, PhraseWord
from index.entities.phrase_words import ALIKE, ALIKE_LENGTH, LOOSE, fit_word
from index.entities.sounds import has_cyrillic, join
from index.entities.textwords import TextWords
from index.entities.wordinfo import Info
from index.model import How

GAPS = ("space", "hyphen", "quote", "glued", "dash")
ABRIDGED = 0.75  # the score of a body without its country, in a text that names it in full
COMMA = 0.15  # within a name (Alga, Kazakhstan!)


class PhraseFinder:
    """Finds one phrase around a word that may be one of its words."""

    def __init__(self, text: TextWords) -> None:
        self._text = text

    def find(self, phrase: Phrase, anchor: int, at: int) -> Claim | None:
        """Return the phrase whose word number `anchor` is the text's word `at`, or None."""
        here = self._text.info(at)
        if here is None:
            return None
        cost = fit_word(phrase.words[anchor], here)
        if cost > 1.0:
            return None
        left = self._walk(phrase, anchor, at, -1)
        right = self._walk(phrase, anchor, at, 1)
        if left is None or right is None:
            return None
        total = cost + left[1] + right[1]
        if total > self._allowed(phrase):
            return None
        return self._claim(phrase, left[0], right[0], total)

    def find_split(self, phrase: Phrase, at: int) -> Claim | None:
        """Return a phrase of one word that the text writes as the two words from `at`."""
        here, after = self._text.info(at), self._text.info(at + 1)
        if here is None or after is None:
            return None
        for one in here.forms:
            for other in after.forms:
                if join(one, other) in phrase.words[0].forms:
                    return self._claim(phrase, at, at + 1, LOOSE)
        return None

    @staticmethod
    def _allowed(phrase: Phrase) -> float:
        """Return how many letters may be off, beside the words that only look different."""
        loose = LOOSE * len(phrase.words)
        content = phrase.content
        if len(content) > 1:
            return 1.0 + loose
        if not content[0].capital or len(content[0].folded) < ALIKE_LENGTH:
            return loose
        return 1.0 if len(content[0].folded) >= 7 else ALIKE

    def _walk(self, phrase: Phrase, anchor: int, at: int, step: int) -> tuple[int, float] | None:
        """Follow a phrase away from its anchor; return the last word reached and the cost."""
        cost, place, last = 0.0, at, at
        number = anchor + step
        while 0 <= number < len(phrase.words):
            word = phrase.words[number]
            reached = self._next(word, place, step, phrase.stopped)
            if reached is not None:
                place, more = reached
                last, cost = place, cost + more
            elif not word.optional:
                return None
            number += step
        return last, cost

    def _next(
        self, word: PhraseWord, place: int, step: int, stopped: bool
    ) -> tuple[int, float] | None:
        """Find the next word of a phrase, past function words and legal forms of the text."""
        for count in range(1, 5):
            other = place + step * count
            one = self._text.info(other)
            between = other if step < 0 else other - 1
            gap = self._text.gap_within(between)
            if one is None or not (gap in GAPS or (gap == "comma" and count == 1)):
                if one is None or gap != "stop" or count > 1:
                    return None
                if not stopped and self._text.between(between) != ".":
                    return None
            cost = fit_word(word, one)
            if gap == "comma":
                return (other, cost + COMMA) if cost <= LOOSE and not word.optional else None
            if cost <= 1.0:
                return other, cost
            if word.optional or not _may_be_skipped(one.folded):
                return None
        return None

    def _claim(self, phrase: Phrase, first: int, last: int, cost: float) -> Claim | None:
        if phrase.abridged and not stands_for_itself(self._text, first, last):
            return None
        infos = [one for at in range(first, last + 1) if (one := self._text.info(at))]
        start, end = self._text.range(first, last)
        end += closing(self._text.text, start, end)
        if phrase.abridged:
            reason = reasons.without_country(phrase.name)
            return Claim(phrase.entity, start, end, How.VARIANT, ABRIDGED, reason, False, last)
        found = tuple(one.folded for one in infos)
        if any(one.cut for one in infos[:-1]) and not any(one.capital for one in infos):
            return None  # freedom's house
        if found == phrase.folded and not phrase.joined:
            score = 1.0
            if len(found) == 1 and phrase.words[0].capital and not infos[0].capital:
                score = 0.6  # a common word that a name was made of
            elif len(found) == 1 and self._is_part_of_a_name(phrase, first):
                score = 0.6  # somebody who is called so
            elif len(found) == 1 and self._begins_a_foreign_name(first):
                score = 0.6
            return Claim(phrase.entity, start, end, phrase.how, score, "", at=last)
        alone = len(infos) == 1
        if alone and self._is_given_name(phrase, first):
            return None
        if phrase.words[0].capital and not (infos[0].capital or _may_be_small(phrase, infos)):
            return None
        shown = self._text.text[start:end]
        reason = reasons.why(shown, phrase.name, _inflected(infos, phrase))
        score = 0.96 - (0.14 if alone else 0.1) * max(cost - LOOSE * len(phrase.words), 0.0)
        if alone and (cost > LOOSE or self._is_amid_capitals(first)):
            score = min(score, 0.78)
        elif len(infos) < len(phrase.words) and len(phrase.content) < 3 and not _legal(phrase):
            score = min(score, 0.78)  # Department Energy
        score = round(min(score, phrase.most), 3)
        return Claim(phrase.entity, start, end, How.VARIANT, score, reason, at=last)

    def _is_part_of_a_name(self, phrase: Phrase, at: int) -> bool:
        """Say whether a place or an organisation of one word is half of a person's name here."""
        after = self._text.info(at + 1)
        if self._is_given_name(phrase, at) and after is not None:
            return not (is_title(after.folded) or is_institution(after.folded))
        before = self._text.info(at - 1)
        if phrase.kind != "Place" or before is None or self._text.gap(at - 1) != "space":
            return False
        known = before.capital and bool(given_groups(before.forms))
        return known and not is_title(before.folded) and not is_institution(before.folded)

    def _begins_a_foreign_name(self, at: int) -> bool:
        """Say whether a Latin word and the next are one name in a Cyrillic text (Kloop Media)."""
        one, before, after = self._text.info(at), self._text.info(at - 1), self._text.info(at + 1)
        if one is None or before is None or after is None or not after.capital:
            return False
        if has_cyrillic(one.folded) or has_cyrillic(after.folded):
            return False
        return has_cyrillic(before.folded) and self._text.gap(at) == "space"

    def _is_amid_capitals(self, at: int) -> bool:
        """Say whether a word stands amid a longer name (Reagan Memorial Page)."""
        around = (self._text.info(at - 1), self._text.info(at + 1))
        spaces = self._text.gap(at - 1) == self._text.gap(at) == "space"
        return spaces and all(one is not None and one.capital for one in around)

    def _is_given_name(self, phrase: Phrase, at: int) -> bool:
        """Say whether a single word is somebody's given name here (Nursultan, not Nur-Sultan)."""
        one, after = self._text.info(at), self._text.info(at + 1)
        if one is None or not given_groups(one.forms):
            return False
        return after is not None and after.capital and self._text.gap(at) == "space"


def stands_for_itself(text: TextWords, first: int, last: int) -> bool:
    """Say whether no other country or place is named beside a body (Almaty Federation of)."""
    before = text.info(first - 1)
    beside = before is not None and before.capital and text.gap(first - 1) == "space"
    if before and beside and not (is_title(before.folded) or before.folded in FUNCTION_WORDS):
        return False
    at = last + 1
    while (after := text.info(at)) and text.gap(at - 1) == "space":
        if after.capital:
            return has_cyrillic(after.folded) and after.folded in FUNCTION_WORDS
        if not _may_be_skipped(after.folded):
            return True
        at += 1
    return True


def _may_be_small(phrase: Phrase, infos: list[Info]) -> bool:
    """Say whether a name may do without its capital: Russian writes андижанские события."""
    if phrase.words[0].optional:
        return True
    return phrase.kind == "Event" and len(infos) > 1 and has_cyrillic(infos[0].folded)


def _may_be_skipped(folded: str) -> bool:
    """Say whether a text may have a word within a name that has it not."""
    return folded in FUNCTION_WORDS or folded in LEGAL_FORMS or folded in REPUBLIC


def closing(text: str, start: int, end: int) -> int:
    """Return 1 when the quotation mark after a range closes one within it, else 0."""
    opened = {"”": "“", "»": "«"}.get(text[end : end + 1], "")
    within = text[start:end]
    return int(bool(opened) and within.count(opened) > within.count(text[end]))


def _legal(phrase: Phrase) -> bool:
    """Say whether what may be left out of a name is its legal form (LLC)."""
    return any(word.optional and word.folded in LEGAL_FORMS for word in phrase.words)


def _inflected(infos: list[Info], phrase: Phrase) -> bool:
    """Say whether the difference lies in endings of one script's words."""
    content = [one for one in infos if one.folded not in FUNCTION_WORDS]
    return (
        len(content) == len(phrase.content)
        and has_cyrillic(phrase.name)
        and all(
            has_cyrillic(one.folded) and one.folded[:3] == word.folded[:3]
            for one, word in zip(content, phrase.content, strict=True)
        )
    )
