"""From the tree of a query to matchers over the segments of an index.

A matcher answers two questions, segment by segment: which pages match, and what
given pages score. Counting, filtering and sorting by date need only the first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.progress import Cancelled
from index.search.lexicon import Lexicon
from index.search.matchers import (
    AndMatcher,
    EveryMatcher,
    FieldMatcher,
    Matcher,
    NoMatcher,
    NotMatcher,
    OrMatcher,
    WordMatcher,
)
from index.search.phrases import PhraseMatcher
from index.search.query import And, Everything, Field, Node, Not, Nothing, Or, Phrase, Word
from index.search.segment import Segment

ShouldStop = Callable[[], bool]
Resolve = Callable[[Field, Segment], NDArray[np.bool_]]


class Compiler:
    """Makes matchers of the nodes of one query."""

    def __init__(
        self,
        segments: Sequence[Segment],
        tokens: int,
        lexicon: Lexicon,
        resolve: Resolve,
        should_stop: ShouldStop | None = None,
    ) -> None:
        self.segments = segments
        self.pages = sum(segment.size for segment in segments)
        average = tokens / self.pages if self.pages and tokens else 1.0
        self.saturation = [segment.saturation(average) for segment in segments]
        self.lexicon = lexicon
        self.resolve = resolve
        self._should_stop = should_stop
        self._words: dict[Word, WordMatcher] = {}

    def check(self) -> None:
        """Stop here if that is wanted."""
        if self._should_stop is not None and self._should_stop():
            raise Cancelled

    def word(self, word: Word) -> WordMatcher:
        """Return the matcher of a word, the same for the same word."""
        found = self._words.get(word)
        if found is None:
            found = self._words[word] = WordMatcher(self, word)
        return found

    def compile(self, node: Node) -> Matcher:
        """Return the matcher of a tree."""
        match node:
            case Word():
                return self.word(node)
            case Phrase():
                return PhraseMatcher(self, node)
            case And(parts):
                return AndMatcher(self, [self.compile(part) for part in parts])
            case Or(parts):
                return OrMatcher(self, [self.compile(part) for part in parts])
            case Not(part):
                return NotMatcher(self, self.compile(part))
            case Field():
                return FieldMatcher(self, node)
            case Everything():
                return EveryMatcher(self)
            case Nothing():
                return NoMatcher(self)
