"""A small archive with passages in printed pages and in a text, ready to be exported."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fpdf import FPDF

from index.library import Library
from index.model import ExportRequest, ImportOptions

HOSTILE = (
    '<script>alert("x")</script> =1+1 \u202egnp.exe **bold** [a](javascript:x) '
    '<img src="http://reports.invalid/seen.png" onerror="document.title=1">'
)
TEXT = """Report on the hearing

The court met on 21 May 2016 and heard the case of Max Bokayev.[1]

Суд в Атырау признал Макса Бокаева виновным.[2] The hearing was closed.

Notes
[1] Field notes, https://example.org/notes?a=1&b=2
[2] Court record <b>12</b>.
"""


def make_pdf(path: Path, pages: int = 3) -> Path:
    """Write a PDF whose printed page numbers run from 11."""
    pdf = FPDF()
    pdf.set_title("Kazakhstan Country Profile")
    pdf.set_author("Joanna Lillis")
    for number in range(pages):
        pdf.add_page(label_style="D", label_start=11 + number)
        pdf.set_font("Helvetica", size=12)
        pdf.multi_cell(
            180, 8, f"Page {number + 1}. Ahead of the protest, 40 activists were detained. " * 6
        )
        pdf.ln()
        pdf.multi_cell(180, 8, f"The only sentence of its kind stands on sheet {number + 1}.")
    pdf.output(str(path))
    return path


@pytest.fixture(scope="session")
def archive_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a PDF and a text report."""
    folder = tmp_path_factory.mktemp("reports")
    make_pdf(folder / "country profile.pdf")
    (folder / "hearing.txt").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def made_archive(tmp_path_factory: pytest.TempPathFactory, archive_source: Path) -> Path:
    """An archive with two documents, two entities and four passages, made once."""
    folder = tmp_path_factory.mktemp("made") / "archive"
    with Library.open(folder, create=True) as library:
        # One by one: files imported together are numbered as they are done.
        for path in sorted(archive_source.iterdir()):
            library.import_files([path], ImportOptions(ocr="never", jobs=1))
        documents = {document.file_name: document.id for document in library.documents()}
        person = library.add_entity("Person", "Max Bokayev", ["Макс Бокаев"])
        theme = library.add_entity("Theme", HOSTILE)
        profile, hearing = documents["country profile.pdf"], documents["hearing.txt"]
        for sheet in (1, 2):
            quote = f"The only sentence of its kind stands on sheet {sheet}."
            library.tag_quote(profile, quote, [theme.id], HOSTILE)
        library.tag_quote(hearing, "heard the case of Max Bokayev.[1]", [person.id, theme.id])
        library.tag_quote(hearing, "признал Макса Бокаева виновным.[2]", [person.id], "to check")
    return folder


@pytest.fixture
def library(tmp_path: Path, made_archive: Path) -> Iterator[Library]:
    """A copy of the small archive, opened."""
    shutil.copytree(made_archive, tmp_path / "archive")
    with Library.open(tmp_path / "archive") as library:
        yield library


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory, made_archive: Path) -> Path:
    """A bundle of the small archive, made once for all tests that only read it."""
    folder = tmp_path_factory.mktemp("formats")
    shutil.copytree(made_archive, folder / "archive")
    with Library.open(folder / "archive") as library:
        document = next(one for one in library.documents() if one.file_name == "hearing.txt")
        fields = {
            "title": HOSTILE,
            "publisher": "A & B {C} _d_ 100%",
            "url": "https://example.org/a_b?c={d}",
            "date": "2016-05",
            "author": "Сыдыков, Ерлан; {Комитет} <b>and</b> Co",
        }
        library.describe(document.id, fields)
        request = ExportRequest(title=HOSTILE, originals=True)
        return library.export(folder / "bundle", request).bundle / "data"
