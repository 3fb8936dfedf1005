"""The short way to what a query matches in a text against cutting the text into words."""

import random

import pytest

from index.search.analysis import tokens
from index.search.matching import Finder, accepts
from index.search.parsing import parse
from index.search.query import Word, leaves
from tests.search import corpus

ODD = (
    "\u00a0 … 10\u00a0000 “quoted” a_b _under_ 1,000.50 o'clock don’t re-\nport re-\n\nPort"
    " x\u00adtrial"
    " \ufb01ne е\u0301 ß İ ² 10² trial's court.court law-\n law-\nlaw’s"
).split(" ")


def disturbed(rng: random.Random, page: str) -> str:
    """Return a page with signs in it that are hard to read."""
    words = page.split(" ")
    for _ in range(rng.randrange(6)):
        words.insert(rng.randrange(len(words) + 1), rng.choice(ODD))
    return " ".join(words)


@pytest.mark.parametrize("seed", range(4))
def test_both_ways_find_the_same(seed: int) -> None:
    rng = random.Random(seed)
    short = 0
    for number in range(12):
        pages = [disturbed(rng, page) for page in corpus.pages(100 * seed + number, 12, 80)]
        forms = {token.form for page in pages for token in tokens(page)}

        def known(word: Word, forms: set[str] = forms) -> frozenset[str]:
            return frozenset(form for form in forms if accepts(word, form) > 0)

        for _ in range(30):
            wanted = leaves(parse(corpus.query(rng)))
            quick = Finder(wanted, known)
            for page in pages:
                assert quick.spans(page) == Finder(wanted).spans(page), (wanted, page)
                short += quick.spotted(page) is not None
    assert short > 1000
