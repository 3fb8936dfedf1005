"""Where a query matches in the text of one page: the spans that are highlighted."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache

from index.model import Span
from index.search import spotting
from index.search.analysis import (
    TOKEN,
    WEIGHTS,
    Likeness,
    Token,
    form_of,
    key_of,
    likeness,
    parts,
    plain,
)
from index.search.query import Kind, Phrase, Word

Known = Callable[[Word], Collection[str]]
"""The forms of the index that answer to a word of a query."""

_RUNS = re.compile(r"[^\W\d_]+|\d+")


def accepts(word: Word, form: str) -> float:
    """Return what `form` counts for as an answer to `word`, 0 when it is none."""
    match word.kind:
        case Kind.EXACT:
            return float(form == word.text or _exactly(plain(word.text), form))
        case Kind.PREFIX:
            return float(form.startswith(word.text))
        case Kind.WILDCARD:
            return float(wildcard(word.text).fullmatch(plain(form)) is not None)
        case Kind.FUZZY:
            return within(word.text, plain(form), word.distance)
        case _:
            found = likeness(word.text, form)
            return 0.0 if found is None else WEIGHTS[found]


def _exactly(wanted: str, form: str) -> bool:
    """Whether a form, or a part of one that is glued together, is plainly this word."""
    if plain(form) == wanted:
        return True
    return not form.isalpha() and wanted in parts(form)


@lru_cache(maxsize=64)
def wildcard(pattern: str) -> re.Pattern[str]:
    """Return a pattern with `*` and `?` as a regular expression."""
    signs = {"*": ".*", "?": "."}
    return re.compile("".join(signs.get(sign, re.escape(sign)) for sign in pattern), re.DOTALL)


def among_lines(pattern: str) -> re.Pattern[str]:
    """Return what finds a pattern among lines, each with a new line before it and behind it.

    Where the pattern begins or ends with * the rest of the line need not be looked at.
    """
    signs = {"*": "[^\n]*", "?": "[^\n]"}
    inner = "".join(signs.get(sign, re.escape(sign)) for sign in pattern.strip("*"))
    before = "" if pattern.startswith("*") else "\n"
    after = "" if pattern.endswith("*") else "(?=\n)"
    return re.compile(before + inner + after)


def within(word: str, form: str, distance: int) -> float:
    """Return what a form counts for that differs from `word` by so many letters."""
    from rapidfuzz.distance import Levenshtein

    apart = Levenshtein.distance(word, form, score_cutoff=distance)
    return 0.0 if apart > distance else 1.0 / (1 + apart)


def windows(lists: Sequence[Sequence[int]], reach: int) -> list[tuple[int, ...]]:
    """Return the choices of one place from each sorted list that lie within `reach`.

    No place is chosen twice. At most one choice is returned for each place of the
    first word.
    """
    found = []
    if not all(lists):
        return []
    for anchor in lists[0]:
        lows = {
            place
            for places in lists
            for place in places[bisect_left(places, anchor - reach) : bisect_right(places, anchor)]
        }
        for low in sorted(lows):
            chosen = _assigned(lists[1:], low, low + reach, (anchor,))
            if chosen is not None:
                found.append(tuple(sorted(chosen)))
                break
    return found


def _assigned(
    lists: Sequence[Sequence[int]], low: int, high: int, taken: tuple[int, ...]
) -> tuple[int, ...] | None:
    if not lists:
        return taken
    first = bisect_left(lists[0], low)
    for place in lists[0][first : bisect_right(lists[0], high)]:
        if place not in taken:
            chosen = _assigned(lists[1:], low, high, (*taken, place))
            if chosen is not None:
                return chosen
    return None


class Finder:
    """Finds what the leaves of one query match, page after page.

    With `known`, the forms that answer to a word are taken from there; else every
    form is asked whether it does.
    """

    def __init__(self, leaves: Iterable[Word | Phrase], known: Known | None = None) -> None:
        self._leaves = tuple(dict.fromkeys(leaves))
        self._known = known
        self._answers: dict[Word, Collection[str]] = {}
        self._needles: list[list[str] | None] | None = None
        self._asked: dict[Word, dict[str, bool]] = {}

    def spans(self, text: str) -> list[tuple[Span, int]]:
        """Return the matches in a text in its order, each with the number of its leaf."""
        if not self._leaves:
            return []
        spotted = self.spotted(text)
        if spotted is not None:
            return sorted(spotted.items(), key=lambda item: (item[0].start, -item[0].end))
        found = list(TOKEN.finditer(text))
        forms = [form_of(match[0]) for match in found]
        if "" in forms:
            found = [match for match, form in zip(found, forms, strict=True) if form]
            forms = list(filter(None, forms))
        spans: dict[Span, int] = {}
        for number, leaf in enumerate(self._leaves):
            for span in self._leaf_spans(leaf, forms, found, text):
                spans.setdefault(span, number)
        return sorted(spans.items(), key=lambda item: (item[0].start, -item[0].end))

    def spotted(self, text: str) -> dict[Span, int] | None:
        """Return the same as `spans` the short way, or None when there is only the long one."""
        if self._needles is None:
            self._needles = [self._needles_of(leaf) for leaf in self._leaves]
        if any(needles is None for needles in self._needles):
            return None
        lowered = spotting.folded(text)
        if lowered is None:
            return None
        spans: dict[Span, int] = {}
        for number, (leaf, needles) in enumerate(zip(self._leaves, self._needles, strict=True)):
            words = (leaf,) if isinstance(leaf, Word) else leaf.words
            accepted = [self._answering(word) for word in words]
            beginning = words[0].kind is Kind.PREFIX
            for token in spotting.tokens_at(text, lowered, needles or (), parted=beginning):
                last = spotting.run_from(text, token, accepted)
                if last is None:
                    continue
                span = Span(token.start(), last.end())
                if isinstance(leaf, Word):
                    span = _narrowed(leaf, Token(form_of(token[0]), span.start, span.end), text)
                spans.setdefault(span, number)
        return spans

    def _needles_of(self, leaf: Word | Phrase) -> list[str] | None:
        """Return what to look for to find where a leaf may begin, None if it is not known."""
        if self._known is None or (isinstance(leaf, Phrase) and leaf.slop is not None):
            return None
        first = leaf if isinstance(leaf, Word) else leaf.words[0]
        if first.kind is Kind.PREFIX:
            return [first.text] if first.text.isalnum() else None
        if first.kind is Kind.WILDCARD:
            return None  # it may stand for very many forms
        return spotting.needles(self._forms(first))

    def _answering(self, word: Word) -> Callable[[str], bool]:
        """Return what says whether a form answers to a word."""
        if word.kind is Kind.PREFIX:
            beginning = word.text
            return lambda form: form.startswith(beginning)
        if word.kind is Kind.WILDCARD:
            return lambda form: accepts(word, form) > 0
        return self._forms(word).__contains__

    def _forms(self, word: Word) -> Collection[str]:
        """Return the forms of the index that answer to a word."""
        known = self._answers.get(word)
        if known is None:
            assert self._known is not None
            known = self._answers[word] = self._known(word)
        return known

    def _leaf_spans(
        self, leaf: Word | Phrase, forms: list[str], found: list[re.Match[str]], text: str
    ) -> Iterable[Span]:
        if isinstance(leaf, Word):
            for index in self.places(leaf, forms):
                start, end = found[index].span()
                yield _narrowed(leaf, Token(forms[index], start, end), text)
        elif leaf.slop is None:
            length = len(leaf.words)
            for index in self.runs(leaf, forms):
                yield Span(found[index].start(), found[index + length - 1].end())
        else:
            for indexes in self.windows(leaf, forms):
                for index in indexes:
                    yield Span(*found[index].span())

    def places(self, word: Word, forms: Sequence[str]) -> list[int]:
        """Return the positions of the forms that answer to a word."""
        if word.kind is Kind.PREFIX:
            beginning = word.text
            return [n for n, form in enumerate(forms) if form.startswith(beginning)]
        if self._known is not None and word.kind is not Kind.WILDCARD:
            known = self._forms(word)
            return [n for n, form in enumerate(forms) if form in known]
        asked = self._asked.setdefault(word, {})
        for form in forms:
            if form not in asked:
                asked[form] = accepts(word, form) > 0
        return [n for n, form in enumerate(forms) if asked[form]]

    def runs(self, phrase: Phrase, forms: Sequence[str]) -> list[int]:
        """Return the positions where the words of a phrase follow one another."""
        starts: set[int] | None = None
        for offset, word in enumerate(phrase.words):
            here = {index - offset for index in self.places(word, forms)}
            starts = here if starts is None else starts & here
            if not starts:
                return []
        return sorted(starts or ())

    def windows(self, phrase: Phrase, forms: Sequence[str]) -> list[tuple[int, ...]]:
        """Return the places of all words of a phrase wherever they are near enough."""
        lists = [self.places(word, forms) for word in phrase.words]
        return windows(lists, (phrase.slop or 1) + len(lists) - 2)


def _narrowed(word: Word, token: Token, text: str) -> Span:
    """Return the part of a compound token that answers to a word."""
    whole = Span(token.start, token.end)
    if token.form.isalpha() or word.kind not in (Kind.STEM, Kind.EXACT):
        return whole
    if likeness(word.text, token.form) is not Likeness.PART:
        return whole
    wanted = key_of(word.text)
    for run in _RUNS.finditer(text, token.start, token.end):
        if key_of(form_of(run[0])) == wanted:
            return Span(run.start(), run.end())
    return whole
