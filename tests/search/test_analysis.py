"""What counts as one word, and which words are one."""

import pytest

from index.search.analysis import Likeness, likeness, tokens
from index.search.parsing import parse
from index.search.query import Kind, Phrase, Word


def forms(text: str) -> list[str]:
    """Return the forms of a text."""
    return [token.form for token in tokens(text)]


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
