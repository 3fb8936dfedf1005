"""Words that PDFium runs together or tears apart come out as they are seen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF

from index.model import ImportOptions, Rect
from index.reading import Readers

OPTIONS = ImportOptions(ocr="never")


@pytest.fixture
def drawn(tmp_path: Path) -> Callable[[Callable[[FPDF], None]], Path]:
    def make(draw: Callable[[FPDF], None]) -> Path:
        pdf = FPDF()
        pdf.add_page()
        pdf.set_font("Helvetica", size=12)
        draw(pdf)
        path = tmp_path / "drawn.pdf"
        pdf.output(str(path))
        return path

    return make


def words(pdf: FPDF, text: str, gap: float, y: float) -> None:
    """Draw a line word by word, so that no space is in the file."""
    x = 20.0
    for word in text.split():
        pdf.text(x, y, word)
        x += pdf.get_string_width(word) + gap


def test_words_with_narrow_gaps_and_no_spaces_are_parted(readers: Readers, drawn) -> None:
    line = "Documentation describes imprisonment conditions elsewhere"

    def draw(pdf: FPDF) -> None:
        for number in range(12):
            words(pdf, line, 0.55 if number % 3 else 1.4, 20 + 7 * number)

    path = drawn(draw)
    page = readers.read(path, OPTIONS).pages[0]
    assert page.text.split() == line.split() * 12
    view = readers.open(path, "application/pdf")
    boxes = view.boxes(0)
    assert len(boxes) == len(page.text)
    at = page.text.index("imprisonment")
    assert boxes[at - 1] == Rect(0, 0, 0, 0) or page.text[at - 1] == " "
    (rect,) = view.rects(0, at, at + len("imprisonment"))
    assert rect.left == pytest.approx(boxes[at].left, abs=1)
    view.close()


def test_letters_set_apart_stay_one_word(readers: Readers, drawn) -> None:
    def draw(pdf: FPDF) -> None:
        pdf.set_char_spacing(1.5)
        pdf.text(20, 20, "Configuring")

    assert readers.read(drawn(draw), OPTIONS).pages[0].text.strip() == "Configuring"


def test_letters_in_the_corners_of_a_page_are_no_word(readers: Readers, drawn) -> None:
    def draw(pdf: FPDF) -> None:
        for text, x, y in (("a", 12, 12), ("c", 12, 280), ("b", 190, 12), ("d", 190, 280)):
            pdf.text(x, y, text)

    found = readers.read(drawn(draw), OPTIONS).pages[0].text.split()
    assert sorted(found) == ["a", "b", "c", "d"]


@pytest.mark.parametrize("angle", [90, 270])
def test_turned_lines_are_whole_and_parted(readers: Readers, drawn, angle: int) -> None:
    def draw(pdf: FPDF) -> None:
        for number, text in enumerate(("Average income", "in", "thousand tenge")):
            with pdf.rotation(angle, 60 + 8 * number, 120):
                pdf.text(60 + 8 * number, 120, text)
        pdf.text(20, 250, "A caption below the picture")

    found = readers.read(drawn(draw), OPTIONS).pages[0].text.split()
    wanted = "Average income in thousand tenge A caption below the picture".split()
    assert sorted(found) == sorted(wanted)
