"""Small real files made on the spot, and one set of readers for all tests of this room."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fpdf import FPDF

from index.reading import Readers

MakePdf = Callable[..., Path]


@pytest.fixture(scope="session")
def readers() -> Iterator[Readers]:
    """Readers that every test of the room shares; their helper starts once."""
    found = Readers()
    yield found
    found.close()


@pytest.fixture
def make_pdf(tmp_path: Path) -> MakePdf:
    """Write a PDF with one page a string; an empty string makes an empty page."""

    def make(*pages: str, name: str = "made.pdf", size: float = 12) -> Path:
        pdf = FPDF()
        pdf.set_font("Helvetica", size=size)
        for text in pages:
            pdf.add_page()
            if text:
                pdf.multi_cell(0, 8, text)
        path = tmp_path / name
        pdf.output(str(path))
        return path

    return make
