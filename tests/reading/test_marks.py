"""Marks of other programs, and page numbers printed on the pages."""

from pathlib import Path

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from index.model import ImportOptions, Rect
from index.reading import Readers, running_heads
from index.reading.result import Mark

OPTIONS = ImportOptions(ocr="never")


def test_a_mark_left_in_the_file_is_found_over_its_words(readers: Readers, make_pdf) -> None:
    path = make_pdf("Before.", "A sentence that somebody marked.")
    text = readers.read(path, OPTIONS).pages[1].text
    start = text.index("somebody")
    view = readers.open(path, "application/pdf")
    rects = view.rects(1, start, start + len("somebody"))
    view.close()
    mark = Mark("m", 1, rects, "#ff6666", "Асель", "Проверить")
    path.write_bytes(readers.annotate(path, [mark]))
    reading = readers.read(path, OPTIONS)
    (found,) = reading.highlights
    whole = "\f".join(page.text for page in reading.pages)
    assert whole[found.span.start : found.span.end] == "somebody"
    assert (found.page, found.comment, found.author) == (1, "Проверить", "Асель")
    assert found.color == "#ff6666"
    assert found.rects[0].left == pytest.approx(rects[0].left, abs=0.1)


def test_a_copy_begins_with_the_file_as_it_is(readers: Readers, make_pdf) -> None:
    path = make_pdf("Before.", "A sentence to be marked.")
    mark = Mark("m", 1, (Rect(60, 30, 200, 45),), "#ff6666", "Асель", "Проверить")
    assert readers.annotate(path, [mark]).startswith(path.read_bytes())
    # Where the table of the file is damaged, the marks are in the copy all the same.
    path.write_bytes(path.read_bytes().replace(b"startxref\n", b"startxref\n9"))
    path.with_name("copy.pdf").write_bytes(readers.annotate(path, [mark]))
    assert len(readers.read(path.with_name("copy.pdf"), OPTIONS).highlights) == 1


def numbered(folder: Path, numbers: list[str]) -> Path:
    pdf = FPDF()
    pdf.set_auto_page_break(False)
    pdf.set_font("Helvetica", size=12)
    for number in numbers:
        pdf.add_page()
        pdf.multi_cell(0, 8, "Words of the report, " * 20)
        pdf.set_y(-20)
        pdf.cell(0, 10, number, align="C")
    path = folder / "numbered.pdf"
    pdf.output(str(path))
    return path


def test_printed_page_numbers_are_offered(readers: Readers, tmp_path: Path) -> None:
    printed = ["", "ii", "iii", "iv", "1", "2", "3", "4", "5"]
    reading = readers.read(numbered(tmp_path, printed), OPTIONS)
    assert [page.label for page in reading.pages] == [str(n) for n in range(1, 10)]
    assert reading.details["guessed_labels"][1:] == printed[1:]


def test_nothing_is_offered_where_numbers_agree_with_the_file(
    readers: Readers, tmp_path: Path
) -> None:
    reading = readers.read(numbered(tmp_path, ["1", "2", "3", "4"]), OPTIONS)
    assert "guessed_labels" not in reading.details


def test_page_labels_come_from_the_label_tree(readers: Readers, make_pdf) -> None:
    from pypdf import PdfWriter
    from pypdf.constants import PageLabelStyle

    path = make_pdf(*("Words." for _ in range(5)))
    writer = PdfWriter(clone_from=path)
    writer.set_page_label(0, 1, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(2, 4, style=PageLabelStyle.DECIMAL, start=7)
    whole = writer.add_outline_item(title="Report", page_number=0)
    writer.add_outline_item(title="Part", page_number=2, parent=whole)
    writer.write(path)
    reading = readers.read(path, OPTIONS)
    assert [page.label for page in reading.pages] == ["i", "ii", "7", "8", "9"]
    assert [(s.level, s.title, s.page) for s in reading.outline] == [
        (0, "Report", 0),
        (1, "Part", 2),
    ]


@given(st.integers(1, 399))
def test_roman_digits_go_there_and_back(number: int) -> None:
    assert running_heads.from_roman(running_heads.to_roman(number)) == number


@given(st.text(alphabet="ivxlcm", max_size=8))
def test_what_is_no_roman_number_is_zero(text: str) -> None:
    number = running_heads.from_roman(text)
    assert number == 0 or running_heads.to_roman(number) == text
