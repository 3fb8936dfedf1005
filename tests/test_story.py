"""The main job on real reports: import, search, tag by quote, export, verify."""

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import Ambiguous
from index.library import Library
from index.model import (
    AnchorStatus,
    ExportRequest,
    ImportOptions,
    ImportStatus,
    SearchRequest,
)


@pytest.fixture(scope="module")
def library(
    tmp_path_factory: pytest.TempPathFactory, reports: Path, corpus: Path
) -> Iterator[Library]:
    """An archive of the shared reports and twenty PDFs of the corpus."""
    with Library.create(tmp_path_factory.mktemp("story") / "archive") as library:
        twenty = sorted((corpus / "reports").glob("*.pdf"))[:60:3]
        results = library.import_files([reports, *twenty], ImportOptions(ocr="never"))
        assert all(
            result.status is ImportStatus.ADDED
            for result in results
            if result.path.parent == reports and result.path.name != "README.md"
        )
        assert sum(result.status is ImportStatus.ADDED for result in results) >= 20
        yield library


def test_from_search_to_a_bundle_that_verifies(library: Library, tmp_path: Path) -> None:
    hits = library.search(SearchRequest('"civil society" AND Kazakhstan')).hits
    assert hits
    entity = library.add_entity("Theme", "Civil society")
    for hit in hits[:5]:
        text = library.text(hit.document)
        first = hit.matches[0]
        quote = text[first.start : first.start + 80].strip()
        try:
            passage = library.tag_quote(hit.document, quote, [entity.id])
        except Ambiguous:
            passage = library.tag(hit.document, first.start, first.end, [entity.id])
        assert text[passage.anchor.start : passage.anchor.end] == passage.quote
        if library.document(hit.document).paged:
            assert passage.anchor.rects
    request = ExportRequest(entities=(entity.id,), originals=True)
    summary = library.export(tmp_path / "bundle", request)
    assert summary.passages == len(hits[:5])
    assert library.verify(tmp_path / "bundle").ok


def test_every_page_without_text_is_named(library: Library) -> None:
    for document in library.documents():
        states = {page.number: page.state for page in library.pages(document.id)}
        assert set(document.unsearchable_pages) == {
            number for number, state in states.items() if not state.searchable
        }


def test_pages_make_up_the_text(library: Library) -> None:
    for document in library.documents():
        text = library.text(document.id)
        assert len(text) == document.characters
        for page in library.pages(document.id):
            assert text[page.start : page.end] == library.text(document.id, page.number)


@settings(max_examples=120)
@given(st.integers(0, 2**32))
def test_a_random_phrase_is_always_found(library: Library, seed: int) -> None:
    chance = random.Random(seed)
    document = chance.choice(library.documents())
    page = chance.choice(library.pages(document.id))
    text = library.text(document.id)
    words = [
        (at, word)
        for at, word in _words(text, page.start, page.end)
        if word.isalpha() and len(word) > 2
    ]
    runs = [start for start in range(len(words) - 2) if _adjacent(text, words[start : start + 3])]
    if not runs:
        return
    first = chance.choice(runs)
    start, end = words[first][0], words[first + 2][0] + len(words[first + 2][1])
    phrase = " ".join(word for _, word in words[first : first + 3])
    results = library.search(SearchRequest(f'"{phrase}"', limit=0, document=document.id))
    assert any(
        match.start <= start and match.end >= end for hit in results.hits for match in hit.matches
    ), (phrase, start, end)


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_a_tagged_range_is_always_its_quote(library: Library, seed: int) -> None:
    chance = random.Random(seed)
    document = chance.choice([each for each in library.documents() if each.characters > 100])
    text = library.text(document.id)
    words = list(_words(text, 0, len(text)))
    if not words:
        return
    at = chance.randrange(len(words))
    last = words[min(len(words) - 1, at + chance.randrange(12))]
    start, end = words[at][0], last[0] + len(last[1])
    passage = library.tag(document.id, start, end)
    assert passage.quote == text[start:end]
    assert library.passage(passage.id).anchor.status is AnchorStatus.EXACT
    library.untag(passage.id)


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    begin = None
    for at in range(start, end + 1):
        inside = at < end and text[at].isalnum()
        if inside and begin is None:
            begin = at
        elif not inside and begin is not None:
            yield begin, text[begin:at]
            begin = None


def _adjacent(text: str, words: list[tuple[int, str]]) -> bool:
    """Tell whether nothing but one space lies between the words."""
    return all(
        text[left[0] + len(left[1]) : right[0]] == " " for left, right in itertools.pairwise(words)
    )
