"""Deciding about mentions: sentences become passages, what was decided is not proposed again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.entities.deciding import sentence_around
from index.library import Library
from index.model import Changes

TEXT = (
    "The court met in Atyrau. Maks Bokayev was jailed for five years. He appealed.\n\n"
    "Nobody else came. Later Maks Bokaev was freed, and Maks Bokayev left the city.\n"
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    report = tmp_path / "report.txt"
    report.write_text(TEXT, encoding="utf-8")
    with Library.create(tmp_path / "archive") as opened:
        opened.import_files([report])
        opened.add_entity("Person", "Maks Bokayev")
        yield opened


def quotes(library: Library) -> list[str]:
    return [passage.quote for passage in library.passages()]


def test_accepted_mentions_become_sentences(library: Library) -> None:
    exact = [m for m in library.mentions() if m.text == "Maks Bokayev"]
    changes = library.accept_mentions(exact)
    assert quotes(library) == [
        "Maks Bokayev was jailed for five years.",
        "Later Maks Bokaev was freed, and Maks Bokayev left the city.",
    ]
    assert len(changes.passages) == 2
    assert all(passage.origin == "review" for passage in library.passages())
    assert list(library.mentions()) == []


def test_a_second_entity_in_the_sentence_joins_its_passage(library: Library) -> None:
    library.add_entity("Place", "Atyrau")
    city = library.add_entity("Theme", "court")
    library.accept_mentions([m for m in library.mentions() if m.text in ("Atyrau", "court")])
    assert quotes(library) == ["The court met in Atyrau."]
    assert city.id in library.passages()[0].entities


def test_rejected_mentions_are_not_proposed_again_until_undone(library: Library) -> None:
    before = list(library.mentions())
    assert isinstance(library.reject_mentions(before[:1]), Changes)
    assert list(library.mentions()) == before[1:]
    library.undo()
    assert list(library.mentions()) == before


def test_a_spelling_becomes_an_alias(library: Library) -> None:
    other = next(m for m in library.mentions() if m.text == "Maks Bokaev")
    library.alias_mention(other)
    entity = library.entity("Maks Bokayev")
    assert [alias.name for alias in entity.aliases] == ["Maks Bokaev"]
    library.undo()
    assert library.entity("Maks Bokayev").aliases == ()
    assert library.passages() == []


@given(st.text(alphabet="aБ .!?\n\f\r😀", max_size=200), st.data())
def test_a_sentence_holds_its_words_and_stays_in_its_page(text: str, data: st.DataObject) -> None:
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = sentence_around(text, start, end)
    assert 0 <= span.start <= start < end <= span.end <= len(text)
    assert "\f" not in text[span.start : start] + text[end : span.end]
