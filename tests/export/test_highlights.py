"""Highlights drawn by poppler and by PDFium: what lies under them is the quote, on any page.

A page is drawn without and with its marks. What differs is where the marks are
seen, whatever the numbers in the file say, and the words there are asked of the
same program.
"""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from fpdf import FPDF
from lxml import html
from PIL import Image, ImageChops
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from index.library import Library
from index.model import ExportRequest, ImportOptions
from tests.programs import run

DOTS = 144
Box = tuple[int, int, int, int]
QUOTES = [f"The sentence on sheet {number} is short." for number in range(4)]


def make_turned(path: Path) -> Path:
    """Write four pages, each turned by a quarter more, their visible part moved inwards."""
    pdf = FPDF()
    pdf.set_font("Helvetica", size=12)
    for quote in QUOTES:
        pdf.add_page()
        pdf.set_xy(40, 60)
        pdf.multi_cell(120, 8, f"Words before it. {quote} Words that follow it. " + "More. " * 40)
    pdf.output(str(path))
    writer = PdfWriter(clone_from=PdfReader(path))
    for number, page in enumerate(writer.pages):
        page.rotate(90 * number)
        page.cropbox = RectangleObject((30, 40, 560, 800))
    writer.write(path)
    return path


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A PDF with turned pages, and its highlighted copy out of a bundle."""
    folder = tmp_path_factory.mktemp("turned")
    source = make_turned(folder / "turned.pdf")
    with Library.open(folder / "archive", create=True) as library:
        library.import_files([source], ImportOptions(ocr="never"))
        (document,) = library.documents()
        entity = library.add_entity("Person", "Max Bokayev")
        for quote in QUOTES:
            library.tag_quote(document.id, quote, [entity.id], "A memo.")
        bundle = library.export(folder / "bundle", ExportRequest(pictures=False)).bundle
    return source, bundle / "data/documents/turned.pdf"


def by_poppler(path: Path, page: int, folder: Path) -> Image.Image:
    """Return a page as poppler draws it."""
    out = folder / f"{path.parent.name}-{page}"
    number = str(page + 1)
    run("pdftoppm", "-r", str(DOTS), "-png", "-singlefile", "-f", number, path, out)
    return Image.open(out.with_suffix(".png")).convert("RGB")


def by_pdfium(path: Path, page: int, folder: Path) -> Image.Image:
    """Return a page as PDFium draws it."""
    drawn: Image.Image = pypdfium2.PdfDocument(path)[page].render(scale=DOTS / 72).to_pil()
    return drawn.convert("RGB")


def poppler_words(path: Path, page: int, box: Box) -> str:
    """Return the words that poppler has in a part of a drawn page."""
    number = str(page + 1)
    listed = run("pdftotext", "-bbox", "-f", number, "-l", number, path, "-")
    found = []
    for word in html.document_fromstring(listed).iter("word"):
        left, top, right, bottom = (
            float(word.get(name, "nan")) * DOTS / 72 for name in ("xmin", "ymin", "xmax", "ymax")
        )
        x, y = (left + right) / 2, (top + bottom) / 2
        if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            found.append(word.text or "")
    return " ".join(found)


def pdfium_words(path: Path, page: int, box: Box) -> str:
    """Return the words that PDFium has in a part of a drawn page."""
    sheet = pypdfium2.PdfDocument(path)[page]
    found = sheet.get_textpage()
    scale = DOTS / 72
    width, height = (round(side * scale) for side in sheet.get_size())
    words = []
    for number in range(found.count_chars()):
        left, low, right, high = found.get_charbox(number)
        x, y = on_picture(sheet, (left + right) / 2, (low + high) / 2, width, height)
        if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            words.append(found.get_text_range(number, 1))
    return "".join(words)


def on_picture(
    sheet: pypdfium2.PdfPage, x: float, y: float, width: int, height: int
) -> tuple[int, int]:
    """Return where PDFium draws a point of a page."""
    import ctypes

    across, down = ctypes.c_int(), ctypes.c_int()
    pypdfium2.raw.FPDF_PageToDevice(
        sheet.raw, 0, 0, width, height, 0, x, y, ctypes.byref(across), ctypes.byref(down)
    )
    return across.value, down.value


@pytest.mark.parametrize("page", range(4))
@pytest.mark.parametrize(
    ("draw", "words"), [(by_poppler, poppler_words), (by_pdfium, pdfium_words)]
)
def test_what_lies_under_a_highlight_is_the_quote(
    marked: tuple[Path, Path],
    tmp_path: Path,
    draw: Callable[[Path, int, Path], Image.Image],
    words: Callable[[Path, int, Box], str],
    page: int,
) -> None:
    before, after = (draw(path, page, tmp_path) for path in marked)
    assert before.size == after.size
    changed = ImageChops.difference(before, after)
    # A comment's sign may be drawn beside; the mark is what covers a whole stretch.
    box = changed.convert("L").point([255 * (n > 24) for n in range(256)]).getbbox()
    assert box is not None
    found = " ".join(words(marked[0], page, box).split())
    # A letter at either edge may lie half under the mark.
    assert QUOTES[page] in found and len(found) <= len(QUOTES[page]) + 2
