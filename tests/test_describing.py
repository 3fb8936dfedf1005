"""Citation data is corrected as people write it, and kept as CSL."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.describing import corrected
from index.errors import BadInput

ITEM = {"type": "report", "title": "A report", "publisher": "Freedom House"}


def test_names_dates_and_addresses() -> None:
    item = corrected(
        ITEM,
        {
            "authors": "Lillis, Joanna; Freedom House",
            "issued": "2017-03",
            "url": "https://example.org/a",
            "doi": "10.1/x",
        },
    )
    assert item["author"] == [
        {"family": "Lillis", "given": "Joanna"},
        {"literal": "Freedom House"},
    ]
    assert item["issued"] == {"date-parts": [[2017, 3]]}
    assert (item["URL"], item["DOI"]) == ("https://example.org/a", "10.1/x")


def test_an_empty_value_takes_a_field_away() -> None:
    assert "publisher" not in corrected(ITEM, {"publisher": ""})
    assert "issued" not in corrected(ITEM, {"issued": ""})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("issued", "2016-13"),
        ("issued", "2016-02-30"),
        ("issued", "last year"),
        ("type", "novel"),
        ("language", "Russian language"),
        ("id", "mine"),
        ("custom", "{}"),
    ],
)
def test_what_does_not_fit_is_refused(field: str, value: str) -> None:
    with pytest.raises(BadInput):
        corrected(ITEM, {field: value})


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_words_are_taken_or_refused(field: str, value: str) -> None:
    try:
        item = corrected(ITEM, {field: value})
    except BadInput:
        return
    assert item["title"]
    assert item["type"]
