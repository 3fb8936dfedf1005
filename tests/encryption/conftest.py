"""Encrypted archives for the tests, and what must never be readable of them."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from fpdf import FPDF

from index.library import Library
from index.model import ImportOptions, SearchRequest
from tests import sealing
from tests.sealing import PASSPHRASE

WORDS = ("Atyrau", "Бокаев", "prosecutor", "Sarsenova", "Hilltop", "whispered", "trial-notes")
TEXT = """The trial in Atyrau

By Dana Sarsenova, 28 November 2016

A court in Atyrau sentenced Maks Bokayev to five years in prison. Макс Бокаев was also fined,
and the prosecutor whispered something in the corridor.
"""


def write_sources(folder: Path) -> Path:
    """Write a PDF and a text whose words and names are looked for afterwards."""
    folder.mkdir()
    (folder / "trial-notes.txt").write_text(TEXT, encoding="utf-8")
    pdf = FPDF(format="A4")
    pdf.set_title("Hilltop minutes")
    pdf.set_font("helvetica", size=12)
    for line in ("The prosecutor met Dana Sarsenova at Hilltop.", "Nothing was whispered there."):
        pdf.add_page()
        pdf.multi_cell(0, 8, line)
    pdf.output(str(folder / "trial-notes.pdf"))
    return folder


def secrets_of(sources: Path) -> tuple[str, ...]:
    """What a thief must not find: words, file names, and the hash of every original."""
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in sources.iterdir()]
    return (*WORDS, *hashes, *(text[:12] for text in hashes))


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return write_sources(tmp_path / "sources")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, which is looked through too."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def archive(tmp_path: Path, sources: Path) -> Path:
    """An encrypted archive with two documents, an entity and a passage."""
    folder = tmp_path / "archive"
    with sealing.make(folder) as library:
        fill(library, sources)
    return folder


def fill(library: Library, sources: Path) -> None:
    results = library.import_files([sources], ImportOptions(ocr="never"))
    assert [result.status.value for result in results] == ["added", "added"]
    person = library.add_entity("Person", "Maks Bokayev", ["Бокаев"])
    text = next(one for one in library.documents() if one.file_name == "trial-notes.txt")
    library.tag_quote(text.id, "five years in prison", [person.id], "Sarsenova says so")


@pytest.fixture
def library(archive: Path) -> Iterator[Library]:
    with Library.open(archive, passphrase=PASSPHRASE) as opened:
        yield opened


def answers(library: Library) -> list[int]:
    queries = ("prosecutor", "Бокаев", '"five years"', "whisp*", "Atyrau OR Hilltop")
    return [library.search(SearchRequest(query)).pages for query in queries]


ANSWERS = [2, 1, 1, 2, 2]


PROGRAM = """
    import os, sys
    from pathlib import Path
    from index.library import Library
    from index.model import ImportOptions

    with Library.open(Path(sys.argv[1]), passphrase=sys.argv[2]) as library:
        def tell(result):
            print(result.status.value, flush=True)
        while True:
            library.import_files([Path(sys.argv[3])], ImportOptions(jobs=2), on_result=tell)
            for document in library.documents():
                library.remove_document(document.id)
"""
