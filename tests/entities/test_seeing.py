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
    found = seeing.corroboration(library.database, theme.id)
    assert (found.documents, found.independent) == (3, 2)
    cites = {source.document: source.cites for source in found.sources}
    assert cites == {first: (), second: (first,), third: ()}


def test_spellings_say_which_are_listed(library: Library) -> None:
    entity = library.add_entity("Person", "Maks Bokayev")
    found = seeing.spellings(entity.names, library.mentions())
    assert [(one.text, one.listed) for one in found] == [("Maks Bokayev", True)]
