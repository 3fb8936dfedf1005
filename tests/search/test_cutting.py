"""Many pages cut at once have the forms of each page cut by itself."""

import random

from hypothesis import given
from hypothesis import strategies as st

from index.search.analysis import tokens
from index.search.cutting import SLOT_BITS, Cutter
from tests.search import corpus

SIGNS = "ab1Zя.,'’-‐_ \t\r\n\0\x02\u00ad\ufffe\u00a0\u202f\u0301\u0438\u0306中ที่क्षשָׁكَـ\u200c😀\ud800"
PAGES = st.lists(st.text(st.sampled_from(SIGNS), max_size=60), max_size=6)


def forms_of(cutter: Cutter, pages: list[str]) -> list[list[str]]:
    """Return the forms of each page as the cutter has them."""
    numbers, lengths = cutter.cut(pages)
    found = iter([cutter.forms[number] for number in numbers])
    return [[next(found) for _ in range(length)] for length in lengths.tolist()]


@given(st.lists(PAGES, max_size=3))
def test_pages_cut_together_have_the_forms_of_each(batches: list[list[str]]) -> None:
    cutter = Cutter()
    for pages in batches:
        assert forms_of(cutter, pages) == [[each.form for each in tokens(page)] for page in pages]


def test_a_full_table_is_no_hindrance() -> None:
    rng = random.Random(1)
    cutter = Cutter()
    words = [f"{rng.randrange(10**9)}" for _ in range(2 << SLOT_BITS)]
    numbers, _ = cutter.cut([" ".join(words)])
    again, _ = cutter.cut([" ".join(words)])
    assert numbers.tolist() == again.tolist()
    assert [cutter.forms[number] for number in numbers.tolist()] == words


def test_words_longer_than_the_table_holds() -> None:
    pages = [*corpus.pages(3, 20, 60), "оченьдлинноеслово " * 3, "x" * 24 + " " + "x" * 25]
    cutter = Cutter()
    for _ in range(2):
        assert forms_of(cutter, pages) == [[each.form for each in tokens(page)] for page in pages]
