"""The query language: what it means, and how it says what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadQuery
from index.search.parsing import LONGEST, parse
from index.search.query import And, Everything, Field, Kind, Not, Nothing, Or, Phrase, Word


def shape(query: str, *, as_you_type: bool = False) -> object:
    """Return a tree as nested tuples."""

    def of(node: object) -> object:
        match node:
            case Word(text, kind):
                return text if kind is Kind.STEM else (kind.value, text)
            case Phrase(words, slop):
                return ("phrase" if slop is None else slop, *(word.text for word in words))
            case And(parts):
                return ("and", *map(of, parts))
            case Or(parts):
                return ("or", *map(of, parts))
            case Not(part):
                return ("not", of(part))
            case Field(name, value):
                return (name, value)
            case Everything():
                return "*"
            case _:
                return None

    return of(parse(query, as_you_type=as_you_type))


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("", None),
        ("   ", None),
        ("!!! —", None),
        ("word", "word"),
        ("a b", ("and", "a", "b")),
        ("a AND b OR c", ("or", ("and", "a", "b"), "c")),
        ("a (b OR c)", ("and", "a", ("or", "b", "c"))),
        ("NOT a", ("not", "a")),
        ("a NOT b", ("and", "a", ("not", "b"))),
        ("and or not", ("and", "and", "or", "not")),
        ('"a b"', ("phrase", "a", "b")),
        ("«а б»", ("phrase", "а", "б")),
        ('"word"', ("exact", "word")),
        ('"a b"~5', (5, "a", "b")),
        ("wor*", ("prefix", "wor")),
        ("w?rd", ("wildcard", "w?rd")),
        ("word~", ("fuzzy", "word")),
        ("word~2", ("fuzzy", "word")),
        ("*", "*"),
        ("COVID-19", ("phrase", "covid", "19")),
        ("title:report", ("title", "report")),
        ('entity:"Maks Bokayev" a', ("and", ("entity", "Maks Bokayev"), "a")),
        ("date:2016..2021", ("date", "2016..2021")),
        ("12:30", ("phrase", "12", "30")),
        ("Note: this", ("and", "note", "this")),
        ("https://example.org", ("phrase", "https", "example", "org")),
    ],
)
def test_meaning(query: str, tree: object) -> None:
    assert shape(query) == tree


@pytest.mark.parametrize(
    ("query", "position", "why"),
    [
        ('a "b', 2, "never closed"),
        ("a (b", 2, "never closed"),
        ("a) b", 1, "close"),
        ("a AND", 2, "missing"),
        ("OR a", 0, "missing"),
        ("NOT", 0, "missing"),
        ("()", 0, "between these parentheses"),
        ("x foo:bar", 2, "no field “foo:”"),
        ('title:""', 6, "nothing after"),
        ("a title: b", 8, "nothing after"),
        ("note:", 5, "nothing after"),
        ("date:2016..2015", 5, "ends before it begins"),
        ("a court^b", 2, "a number has to follow"),
        ("word~5", 0, "1 or 2 letters"),
        ("?*", 0, "at least one letter"),
        ("(" * 100 + "a" + ")" * 100, 60, "nested"),
        ("a" * (LONGEST + 1), LONGEST, "longer"),
    ],
)
def test_errors_say_where_and_why(query: str, position: int, why: str) -> None:
    with pytest.raises(BadQuery, match=why) as caught:
        parse(query)
    assert caught.value.position == position


def test_typing_takes_the_last_word_as_a_beginning() -> None:
    assert shape("trial bok", as_you_type=True) == (
        "and", "trial", ("or", "bok", ("prefix", "bok")),
    )  # fmt: skip
    assert shape("trial ", as_you_type=True) == "trial"
    assert shape('"maks bok', as_you_type=True) == ("phrase", "maks", "bok")
    assert shape("a AND", as_you_type=True) == "a"


@given(st.text(alphabet="ab \"()*?~^:.'-ANDORT«»", max_size=60))
def test_any_text_is_a_query_or_a_sentence(text: str) -> None:
    try:
        parse(text)
    except BadQuery as error:
        assert str(error).endswith(".")
        assert 0 <= error.position <= len(text)


@given(st.text(max_size=80))
def test_typing_never_fails_on_an_unfinished_query(text: str) -> None:
    try:
        parse(text, as_you_type=True)
    except BadQuery as error:
        assert "letter" in str(error)


def test_ten_thousand_characters_are_a_query() -> None:
    assert isinstance(parse(" ".join(f"word{number}" for number in range(1200))), And)
    assert parse("word " * 2000) == Word("word")
    assert isinstance(parse("а" * 10_000), Word)
    assert isinstance(parse(""), Nothing)
