"""Pages drawn in few colours: what the readers send, and what is not taken from them."""

from pathlib import Path

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableFile
from index.reading import Readers
from index.reading.painting import MAX_COLORS, Wanted, page_of, paint


def make_colored(path: Path) -> Path:
    """Write a page in black, and one with a red field."""
    pdf = FPDF()
    pdf.set_font("Helvetica", size=12)
    for red in (0, 200):
        pdf.add_page()
        pdf.set_fill_color(red, 0, 0)
        pdf.rect(20, 40, 60, 60, style="F")
        pdf.cell(text="Words beside a field.")
    pdf.output(str(path))
    return path


def test_pages_come_in_order_in_few_colors(readers: Readers, tmp_path: Path) -> None:
    path = make_colored(tmp_path / "two.pdf")
    wanted = [Wanted(1, 0.5, 16), Wanted(0, 1.0, 8), Wanted(1, 1.0, 64)]
    pages = list(readers.paint(path, wanted))
    assert [page.width > 400 for page in pages] == [False, True, True]
    for one, page in zip(wanted, pages, strict=True):
        assert len(page.palette) <= 3 * one.colors
        assert len(page.pixels) == page.width * page.height
    middle = (200 * pages[2].width) + 100
    shade = pages[2].pixels[middle]
    red, green, blue = pages[2].palette[3 * shade : 3 * shade + 3]
    assert red > 150 and green < 40 and blue < 40
    # What has no colour stays without, from white to black.
    greys = [tuple(pages[1].palette[n : n + 3]) for n in range(0, len(pages[1].palette), 3)]
    assert all(len(set(grey)) == 1 for grey in greys)
    assert {grey[0] for grey in greys} >= {0, 255}


def test_a_page_that_is_not_there_is_said(readers: Readers, tmp_path: Path) -> None:
    pages = readers.paint(make_colored(tmp_path / "two.pdf"), [Wanted(0, 0.2, 8), Wanted(7, 1, 8)])
    assert next(pages).pixels
    with pytest.raises(UnreadableFile, match="no page 8"):
        next(pages)


@given(
    st.integers(1, 6), st.integers(1, 6), st.integers(0, 3), st.integers(2, MAX_COLORS), st.data()
)
def test_greys_stay_near(width: int, height: int, spare: int, colors: int, data: st.DataObject):
    levels = data.draw(st.binary(min_size=width * height, max_size=width * height))
    rows = [levels[n * width : (n + 1) * width] for n in range(height)]
    padding = b"\xff" * 4 * spare
    pixels = b"".join(b"".join(bytes((v, v, v, 255)) for v in row) + padding for row in rows)
    palette, indexes = paint(pixels, width, height, 4 * (width + spare), colors)
    assert len(palette) <= 3 * colors and len(indexes) == width * height
    if not spare:
        for level, index in zip(levels, indexes, strict=True):
            assert abs(palette[3 * index] - level) <= 255 / (colors - 1) / 2 + 1


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ({}, b""),
        ({"painted": [2, 2, 0]}, b"\0" * 4),
        ({"painted": [2, 2, 9]}, b"\0" * 31),
        ({"painted": [2, 2, 1]}, b"\0" * 6),
        ({"painted": [2, 2, 1]}, b"\0\0\0" + b"\0\0\0\1"),
        ({"painted": [-2, -2, 1]}, b"\0" * 7),
        ({"painted": ["x", 2, 1]}, b"\0" * 7),
    ],
)
def test_what_is_no_picture_is_refused(header: dict[str, object], body: bytes) -> None:
    with pytest.raises(UnreadableFile):
        page_of(header, body, Wanted(0, 1.0, 8))
    assert page_of({"painted": [2, 2, 1]}, b"\0" * 7, Wanted(0, 1.0, 8)).pixels == b"\0" * 4
