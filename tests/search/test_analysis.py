"""What counts as one word, and which words are one."""

import pytest

from index.model import SearchRequest
from index.search.analysis import Likeness, likeness, printed, tokens
from index.search.parsing import parse
from index.search.query import Kind, Phrase, Word
from tests.search.conftest import Archive


def forms(text: str) -> list[str]:
    """Return the forms of a text as they were printed."""
    return [printed(token.form) for token in tokens(text)]


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("الكِتَابُ", ["الكتاب"]),
        ("كتــــاب", ["كتاب"]),
        ("כָּתַב שָׁלוֹם", ["כתב", "שלום"]),
        ("می\u200cروم", ["میروم"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("ประเทศไทย", ["ป", "ร", "ะ", "เ", "ท", "ศ", "ไ", "ท", "ย"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("人权2016年", ["人", "权", "2016", "年"]),
        ("и\u0306од\u00ad\nная", ["йод-ная"]),
        ("\u0301 ❤\ufe0f", []),
    ],
)
def test_marks_stay_in_their_words(text: str, wanted: list[str]) -> None:
    assert forms(text) == wanted


def test_letters_that_stand_for_one_another_are_a_lower_match() -> None:
    assert likeness("إسلام", "اسلام") is Likeness.FOLDED
    assert likeness("كتاب", "کتاب") is Likeness.FOLDED


def test_what_seems_an_ending_of_two_letters_is_another_word() -> None:
    assert likeness("адам", "ада") is None
    assert likeness("ада", "аду") is Likeness.STEM
    assert likeness("годам", "года") is Likeness.STEM


def test_a_beginning_after_a_hyphen_or_in_a_script_without_spaces() -> None:
    found = parse("law-break*")
    assert isinstance(found, Phrase)
    assert [(word.text, word.kind) for word in found.words] == [
        ("law", Kind.STEM),
        ("break", Kind.PREFIX),
    ]
    assert isinstance(parse("人权*"), Phrase)
    assert parse("и\u0306од*") == Word("йод", Kind.PREFIX)


@pytest.mark.parametrize(
    "query, page",
    [
        ("coop*", "co\u00ad\noperation"),
        ("coop*", "co-\noperation"),
        ("c*tion", "coope\ufffe\nration"),
        ("co?peration", "coope\x02\nration"),
        ("cooperasion~", "coope\u00adration"),
        ("елк*", "Ёлками"),
        ("ёлк*", "елками"),
        ("obri*", "O’Brien’s"),
        ("o'bri*", "OʼBrien"),
        ("1050*", "10,500.25"),
        ("10500", "10 500"),
        ("йод*", "и\u0306одная"),
    ],
)
def test_beginnings_and_patterns_see_through_what_was_printed(
    archive: Archive, query: str, page: str
) -> None:
    document = archive.add(f"one two, {page}; three", "nothing here")
    archive.search.follow()
    (hit,) = archive.search.search(SearchRequest(query=query, limit=0)).hits
    (match,) = hit.matches
    text = f"one two, {page}; three"
    assert hit.document == document
    assert text[match.start : match.end] == page
