"""The queue over a real archive: what waits, what is decided, what a new name brings."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.entities.candidates import PageFilter
from index.entities.matching import Matcher
from index.entities.page_keys import PageKeys
from index.entities.textwords import TextWords
from index.library import Library
from index.model import Alias, Entity, ImportOptions
from tests.benchmarks.new_entity import PAGES_EACH, fill

FIRST = (
    "Maks Bokayev was arrested in Atyrau.\n\nLater Макса Бокаева freed a court. Bokayev spoke."
    "\n\nTalgat Ayan wrote to Open Dialogue Foundation (ODF). ODF answered.\n"
)
SECOND = "Max Bokaev and Talgat Ayan came to Atyrau. See example.kz/maks-bokayev for more.\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    for name, text in (("first.txt", FIRST), ("second.txt", SECOND)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with_documents = Library.create(tmp_path / "archive")
    for name in ("first.txt", "second.txt"):  # several at once may end in any order
        with_documents.import_files([tmp_path / name], ImportOptions(jobs=1))
    yield with_documents
    with_documents.close()


def waiting(library: Library) -> list[str]:
    return [mention.text for mention in library.mentions()]


def test_a_new_entity_brings_its_mentions_and_a_removed_one_takes_them(library: Library) -> None:
    assert waiting(library) == []
    library.add_entity("Person", "Maks Bokayev")
    assert waiting(library) == ["Maks Bokayev", "Макса Бокаева", "Bokayev", "Max Bokaev"]
    organization = library.add_entity("Organization", "Open Dialogue Foundation")
    assert waiting(library).count("ODF") == 2
    library.remove_entity(organization.id)
    assert "ODF" not in waiting(library)
    library.undo()
    assert waiting(library).count("ODF") == 2


def test_what_is_decided_waits_no_more(library: Library) -> None:
    library.add_entity("Person", "Maks Bokayev")
    mentions = list(library.mentions())
    library.accept_mentions(mentions[:1])
    library.reject_mentions(mentions[2:3])
    assert waiting(library) == ["Макса Бокаева", "Max Bokaev"]
    library.undo()
    assert waiting(library) == ["Макса Бокаева", "Bokayev", "Max Bokaev"]


def test_somebody_else_is_remembered_by_the_spelling(library: Library, tmp_path: Path) -> None:
    library.add_entity("Person", "Maks Bokayev")
    mention = next(one for one in library.mentions() if one.text == "Max Bokaev")
    library.reject_mentions([mention], else_=True)
    (tmp_path / "third.txt").write_text("Max Bokaev again, and Maks Bokayev.", encoding="utf-8")
    library.import_files([tmp_path / "third.txt"], ImportOptions(jobs=1))
    assert waiting(library).count("Max Bokaev") == 0
    assert waiting(library).count("Maks Bokayev") == 2


def test_a_cached_mention_is_what_the_matcher_finds(library: Library) -> None:
    names = ["Maks Bokayev", "Talgat Ayan", "Talgat Aian"]
    for name in names:
        library.add_entity("Person", name)
        list(library.mentions())  # one after the other, each by its pages
    matcher = Matcher(library.entities())
    for document in library.documents():
        found = matcher.find(document.id, library.text(document.id))
        assert list(library.mentions(document=document.id)) == found


def test_groups_count_what_is_exact(library: Library) -> None:
    entity = library.add_entity("Person", "Maks Bokayev")
    group = library.review.grouped(list(library.mentions()))[0]
    assert (group.key, len(group.mentions), group.exact) == (entity.id, 4, 1)
    assert len(library.review.exact(group.mentions)) == 1
    by_document = library.review.grouped(list(library.mentions()), by="document")
    assert [len(group.mentions) for group in by_document] == [3, 1]


def numbers(text: str) -> bytes:
    text_words = TextWords(text)
    return PageKeys().of(text_words, [0, len(text_words)])[0]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Maks Bokayev", "Мақс Боқаевтың"),
        ("Karim Massimov", "Karim Masymov"),
        ("Yerzhan Yelshibayev", "Ержана Елшибаева"),
        ("Askhat Zheksebayev", "Askhat Zhexebayef"),
        ("Kassym-Jomart Tokayev", "Касым-Жомарта Токаева"),
        ("Elena Shvetsova", "Elena Shvetsva"),
    ],
)
def test_no_page_is_passed_over(name: str, text: str) -> None:
    entity = Entity("1", "Person", name)
    pages = PageFilter(
        [
            (7, 1, numbers("nothing here")),
            (9, 1, numbers(f"then {text} came")),
        ]
    )
    assert pages.candidates([entity]).full == {1: [9]}


def test_other_names_are_sought_on_their_pages_only() -> None:
    entity = Entity("1", "Organization", "Nurotan", (Alias("Комитет безопасности"),))
    rows = [
        (1, 1, numbers("the Nur-Otan party")),
        (2, 2, numbers("из Комитета безопасности")),
        (3, 3, numbers("another committee of finance")),
    ]
    assert PageFilter(rows).candidates([entity]).full == {1: [1], 2: [2]}


@pytest.mark.parametrize(
    ("kind", "name", "said", "later"),
    [
        ("Organization", "Open Dialogue Foundation", "Open Dialogue Foundation (ODF)", "ODF"),
        ("Person", "Maks Bokayev", "Maks Bokayev", "Bokayev"),
    ],
)
def test_a_new_name_is_followed_through_its_document(
    tmp_path: Path, kind: str, name: str, said: str, later: str
) -> None:
    pages = [f"Page {number} names nobody." for number in range(PAGES_EACH)]
    pages[3] = f"Here {said} is named."
    pages[40] = f"And {later} spoke."
    with Library.create(tmp_path / "archive") as library:
        fill(library.database, pages)
        assert list(library.mentions()) == []
        library.add_entity(kind, name)
        assert [mention.text for mention in library.mentions()][-1] == later
