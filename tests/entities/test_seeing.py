"""What passages say together."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.entities import seeing
from index.library import Library
from index.model import ImportOptions


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    texts = {
        "one.txt": "Arrests in the western region\n\nMaks Bokayev was arrested with Talgat Ayan.",
        "two.txt": "A second look\n\nAs “Arrests in the western region” says, Bokayev was held.",
        "three.txt": "Another view\n\nTalgat Ayan was held.",
    }
    made = Library.create(tmp_path / "archive")
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    made.import_files([tmp_path / name for name in texts], ImportOptions(jobs=1))
    for document in made.documents():
        made.describe(document.id, {"title": made.text(document.id).splitlines()[0]})
    yield made
    made.close()


def test_who_stands_with_whom_and_what_is_corroborated(library: Library) -> None:
    bokayev = library.add_entity("Person", "Maks Bokayev")
    ayan = library.add_entity("Person", "Talgat Ayan")
    theme = library.add_entity("Theme", "Arrest")
    lower = library.add_entity("Theme", "Held", parent=theme.id)
    by_title = {document.title: document.id for document in library.documents()}
    first = by_title["Arrests in the western region"]
    second, third = by_title["A second look"], by_title["Another view"]
    library.tag_quote(first, "Maks Bokayev was arrested", [bokayev.id, ayan.id, theme.id])
    library.tag_quote(second, "Bokayev was held", [bokayev.id, lower.id])
    library.tag_quote(third, "Talgat Ayan was held", [ayan.id, lower.id])
    edges = seeing.co_occurrence(library.passages())
    together = next(edge for edge in edges if {edge.one, edge.other} == {bokayev.id, ayan.id})
    assert (len(together.passages), together.documents) == (1, 1)
    found = library.corroboration(theme.id)
    assert (found.documents, found.independent) == (3, 2)
    cites = {source.document: source.cites for source in found.sources}
    assert cites == {first: (), second: (first,), third: ()}


def test_copies_of_one_text_count_once(library: Library, tmp_path: Path) -> None:
    words = " ".join(f"Sentence {number} of the report on Maks Bokayev." for number in range(20))
    texts = {
        "report.txt": f"Report on the arrests of May\n\n{words}",
        "reprint.txt": f"Taken over from elsewhere\n\n{words.replace('the report', 'it', 3)}\n",
        "answer.txt": "An answer\n\nMaks Bokayev, says “Report on the arrests of May”, is well.\n"
        + " ".join(f"Another sentence with the number {number}." for number in range(20)),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        library.import_files([tmp_path / name], ImportOptions(jobs=1))
    bokayev = library.add_entity("Person", "Maks Bokayev")
    library.accept_mentions(list(library.mentions()))
    found = library.corroboration(bokayev.id)
    number = {document.id: document.file_name for document in library.documents()}
    by_name = {number[source.document]: source for source in found.sources}
    assert number[by_name["reprint.txt"].same] == "report.txt"
    assert by_name["report.txt"].same == by_name["answer.txt"].same == ""
    assert [number[each] for each in by_name["answer.txt"].cites] == ["report.txt"]
    assert (found.documents, found.texts, found.independent) == (4, 3, 2)


def test_a_title_cut_at_a_line_end_is_cited(library: Library, tmp_path: Path) -> None:
    (tmp_path / "cut.txt").write_text(
        "Yet another\n\nTalgat Ayan, says “Arrests in the wes-\ntern region”, too.",
        encoding="utf-8",
    )
    library.import_files([tmp_path / "cut.txt"], ImportOptions(jobs=1))
    ayan = library.add_entity("Person", "Talgat Ayan")
    library.accept_mentions(list(library.mentions()))
    found = library.corroboration(ayan.id)
    first = next(one.id for one in library.documents() if one.title.startswith("Arrests"))
    cut = next(one.id for one in library.documents() if one.file_name == "cut.txt")
    assert {one.document: one.cites for one in found.sources}[cut] == (first,)


def test_spellings_say_which_are_listed(library: Library) -> None:
    entity = library.add_entity("Person", "Maks Bokayev")
    found = seeing.spellings(entity.names, library.mentions())
    assert [(one.text, one.listed) for one in found] == [("Maks Bokayev", True)]
