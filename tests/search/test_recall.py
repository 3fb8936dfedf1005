"""Real reports: every word and every phrase that stands in them is found where it stands."""

import random
import re
from pathlib import Path

import pytest

from index.errors import MunimentError
from index.model import ImportOptions, SearchRequest
from index.reading import Readers
from index.search.analysis import TOKEN, form_of, plain
from tests.search.conftest import Archive

DOCUMENTS = 16  # English reports, as texts and as PDF
PAGES = 15
RUSSIAN = ("*KOI8-R-*.ru*", "*windows-1251-russian*", "*utf-8-_ude_russian*")
KAZAKH_LETTERS = set("әғқңөұүһі")
DEMO = Path(__file__).parents[2] / "resources" / "demo"


@pytest.fixture(scope="module")
def read_pages(corpus: Path, reports: Path) -> list[list[str]]:
    """The pages of real reports in English and Russian, and of the demo's in Kazakh."""
    readers = Readers(jobs=2)
    found = []
    others = [path for pattern in RUSSIAN for path in sorted((corpus / "text").glob(pattern))[:4]]
    others += sorted((DEMO / "reports").iterdir()) + sorted((DEMO / "source").glob("*.txt"))
    paths = [path for path in sorted(reports.rglob("*")) if path.suffix in (".txt", ".pdf")]
    paths += sorted((corpus / "reports").rglob("*.pdf"))[::9]
    try:
        for path in [*others, *paths]:
            if len(found) == DOCUMENTS + len(others):
                break
            if path.stat().st_size > 1_500_000:
                continue
            try:
                reading = readers.read(path, ImportOptions(ocr="never"))
            except MunimentError:
                continue
            pages = [page.text for page in reading.pages][:PAGES]
            if any(len(text) > 200 for text in pages):
                found.append(pages)
    finally:
        readers.close()
    return found


def places(archive: Archive, query: str, document: str) -> set[tuple[int, int]]:
    """Return every match of a query in one document."""
    request = SearchRequest(query=query, limit=0, document=document)
    results = archive.search.search(request)
    return {(match.start, match.end) for hit in results.hits for match in hit.matches}


@pytest.mark.corpus
def test_a_thousand_words_and_a_thousand_phrases(
    archive: Archive, read_pages: list[list[str]]
) -> None:
    rng = random.Random(4)
    identities = [archive.add(*pages) for pages in read_pages]
    archive.search.follow()
    starts: dict[tuple[int, int], int] = {}
    for number, pages in enumerate(read_pages):
        at = 0
        for index, text in enumerate(pages):
            starts[number, index] = at
            at += len(text) + 1
    known = [
        (number, index, [match for match in TOKEN.finditer(text) if form_of(match[0])])
        for number, pages in enumerate(read_pages)
        for index, text in enumerate(pages)
    ]
    by_document: dict[int, list[tuple[int, list[re.Match[str]]]]] = {}
    for number, index, found in known:
        if len(found) > 5:
            by_document.setdefault(number, []).append((index, found))
    documents = sorted(by_document)
    for count in (1, 3):
        missed = []
        cyrillic = kazakh = 0
        for _ in range(1000):
            number = rng.choice(documents)
            index, found = rng.choice(by_document[number])
            first = rng.randrange(len(found) - count)
            chosen = found[first : first + count]
            words = " ".join(plain(form_of(match[0])) for match in chosen)
            cyrillic += bool(re.search("[а-яё]", words))
            kazakh += bool(KAZAKH_LETTERS & set(words))
            begin = starts[number, index] + chosen[0].start()
            end = starts[number, index] + chosen[-1].end()
            matches = places(archive, f'"{words}"', identities[number])
            if not any(low <= begin and high >= end for low, high in matches):
                missed.append((words, number, begin))
        assert missed == []
        assert cyrillic > 150
        assert kazakh > 20
