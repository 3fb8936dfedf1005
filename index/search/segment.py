"""One segment of the index, read as arrays."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.search.beginnings import Beginnings
from index.search.blocks import MAGIC
from index.search.checked import CheckedFile, whole
from index.search.keyfile import KeyFile
from index.search.manifest import Written
from index.search.postings import Blocks, Counts, Ids, Inlined, holding, walk
from index.search.shelf import Shelf, Stem
from index.search.termfile import TermFile
from index.search.writing import (
    BEGINNINGS,
    DOCUMENT_COLUMN,
    KEYS,
    LENGTH_COLUMN,
    PAGE_COLUMN,
    POSTS,
    TERMS,
)

Answer = TypeVar("Answer")

K1, B = 1.2, 0.75
"""Whoosh's own settings of BM25F."""

FORMS, BEGINNINGS_KEPT = 512, 16  # words and beginnings whose answers are kept

LENGTHS = np.rint((1.033 ** np.arange(256) - 1) * 27).astype(np.float32)
"""The length that each byte of Whoosh's length column stands for."""


class Memory(Generic[Answer]):
    """The last answers to some questions; those who type and turn pages ask them often."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: dict[Hashable, Answer] = {}

    def get(self, key: Hashable) -> Answer | None:
        """Return what was answered, or None."""
        return self._answers.get(key)

    def put(self, key: Hashable, answer: Answer) -> Answer:
        """Keep an answer in the place of the oldest, and return it."""
        while len(self._answers) >= self._most:
            for oldest in list(self._answers)[:1]:  # other threads may be here too
                self._answers.pop(oldest, None)
        self._answers[key] = answer
        return answer


class Segment:
    """The files of one segment, opened for reading."""

    def __init__(
        self, stem: Stem, base: int, deleted: Collection[int], files: Mapping[str, Written]
    ) -> None:
        def named(suffix: str) -> tuple[Shelf, str, Written]:
            name = stem.name + suffix
            if name not in files:
                raise IndexDamaged(f"The file {name} of the search index is missing.")
            return stem.shelf, name, files[name]

        self.base = base
        self.pages: NDArray[np.int64] = _column(*named(PAGE_COLUMN))
        self.documents: NDArray[np.int64] = _column(*named(DOCUMENT_COLUMN))
        self.size = len(self.pages)
        self.length_bytes = np.frombuffer(whole(*named(LENGTH_COLUMN)), np.uint8)
        self.lengths = LENGTHS[self.length_bytes]
        self._saturation: tuple[float, Counts] | None = None
        self.known_forms = Memory[Any](FORMS)
        self.known_beginnings = Memory[tuple[Ids, Counts]](BEGINNINGS_KEPT)
        self.alive: NDArray[np.bool_] | None = None
        if deleted:
            self.alive = np.ones(self.size, bool)
            self.alive[list(deleted)] = False
        self.terms = TermFile(CheckedFile(*named(TERMS)))
        self.keys = KeyFile(CheckedFile(*named(KEYS)))
        self.beginnings = Beginnings(CheckedFile(*named(BEGINNINGS)), self.size)
        self.posts_file = CheckedFile(*named(POSTS))
        self.posts: NDArray[np.uint8] = np.frombuffer(self.posts_file.bytes, np.uint8)

    def saturation(self, average: float) -> Counts:
        """Return how much the length of each page tells against it, given the average length."""
        held = self._saturation
        if held is None or held[0] != average:
            each = (K1 * (1 - B + B * self.lengths / average)).astype(np.float32)
            held = self._saturation = average, each
        return held[1]

    @property
    def longest(self) -> int:
        """About the most words of any page, never less than there are."""
        most = int(self.length_bytes.max(initial=0))
        return 1 << 23 if most == len(LENGTHS) - 1 else int(LENGTHS[most] * 1.05) + 2

    def postings(self, number: int, among: Ids | None = None) -> Inlined | Blocks:
        """Return the postings of the form with this number.

        With `among`, sorted pages, those on other pages may be left out.
        """
        df, offset, extent, pickled = self.terms.record(number)
        if pickled:
            return Inlined(pickled)
        self.posts_file.need(offset, offset + extent)
        view = memoryview(self.posts_file.bytes)
        found = walk(view, offset + len(MAGIC), df)
        if among is not None and len(found) > 1:
            found = holding(found, among) or found[:1]
        return Blocks(self.posts, view, found)


def _column(shelf: Shelf, name: str, written: Written) -> NDArray[np.int64]:
    return np.frombuffer(whole(shelf, name, written), ">u4").astype(np.int64)
