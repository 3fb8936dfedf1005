"""Reading, drawing and marking through the reader processes."""

import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from index.errors import PasswordNeeded, UnreadableFile
from index.model import ImportOptions, PageState, Rect
from index.reading import Readers
from index.reading.result import Mark

OPTIONS = ImportOptions(ocr="never")


def test_a_pdf_is_read_page_by_page(readers: Readers, make_pdf) -> None:
    reading = readers.read(make_pdf("First page here.", "", "Third page."), OPTIONS)
    assert reading.paged
    assert [page.text for page in reading.pages] == ["First page here.", "", "Third page."]
    assert [page.state for page in reading.pages] == [
        PageState.TEXT,
        PageState.EMPTY,
        PageState.TEXT,
    ]
    assert [page.label for page in reading.pages] == ["1", "2", "3"]


def test_a_text_is_kept_sign_for_sign(readers: Readers, tmp_path: Path) -> None:
    text = "Первый абзац.\r\n\r\nSecond paragraph \x00 with a NUL.\n\n" + "Слово " * 3000
    path = tmp_path / "report.txt"
    path.write_bytes(text.encode())
    reading = readers.read(path, OPTIONS)
    assert "".join(page.text for page in reading.pages) == text
    assert not reading.paged
    assert reading.details["encoding"] == "utf-8"


def test_a_damaged_pdf_is_refused_with_a_sentence(readers: Readers, tmp_path: Path) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(b"%PDF-1.7 garbage")
    with pytest.raises(UnreadableFile, match="damaged"):
        readers.read(path, OPTIONS)
    with pytest.raises(UnreadableFile):
        readers.open(path, "application/pdf")


def test_an_encrypted_pdf_asks_for_its_password(readers: Readers, make_pdf) -> None:
    from pypdf import PdfWriter

    path = make_pdf("Secret words.")
    writer = PdfWriter(clone_from=path)
    writer.encrypt("пароль", algorithm="AES-256")
    writer.write(path)
    with pytest.raises(PasswordNeeded):
        readers.read(path, OPTIONS)
    with pytest.raises(PasswordNeeded, match="None of the passwords"):
        readers.read(path, ImportOptions(passwords=("wrong",)))
    reading = readers.read(path, ImportOptions(passwords=("wrong", "пароль")))
    assert reading.pages[0].text == "Secret words."


def test_boxes_and_rectangles_follow_the_text(readers: Readers, make_pdf) -> None:
    path = make_pdf("One two three.\nFour five six.")
    text = readers.read(path, OPTIONS).pages[0].text
    view = readers.open(path, "application/pdf")
    assert len(view.boxes(0)) == len(text)
    start = text.index("three")
    lines = view.rects(0, start, text.index("Four") + 4)
    assert len(lines) == 2
    assert lines[0].bottom <= lines[1].top
    assert view.boxes(0)[start].left == pytest.approx(lines[0].left, abs=2)
    picture = view.draw(0, 2.0)
    assert len(picture.pixels) == picture.stride * picture.height
    assert picture.width == pytest.approx(view.size(0)[0] * 2, abs=1)
    view.close()


def test_a_view_survives_the_death_of_its_process(readers: Readers, make_pdf) -> None:
    view = readers.open(make_pdf("Still here."), "application/pdf")
    view._reader.kill()
    assert len(view.boxes(0)) == len("Still here.")
    view.close()


def test_highlights_are_written_into_a_copy(readers: Readers, make_pdf) -> None:
    path = make_pdf("A sentence to mark.")
    before = path.read_bytes()
    view = readers.open(path, "application/pdf")
    mark = Mark("m1", 0, view.rects(0, 2, 10), "#ffe680", "Researcher", "Заметка")
    view.close()
    copy = readers.annotate(path, [mark])
    assert path.read_bytes() == before
    page = pdfium.PdfDocument(copy)[0]
    kinds = [pdfium.raw.FPDFAnnot_GetSubtype(_annotation(page, at)) for at in range(2)]
    assert kinds == [pdfium.raw.FPDF_ANNOT_HIGHLIGHT, pdfium.raw.FPDF_ANNOT_POPUP]


def _annotation(page, index: int):
    return pdfium.raw.FPDFPage_GetAnnot(page.raw, index)


@pytest.mark.parametrize("turns", [0, 90, 180, 270])
def test_highlights_lie_on_the_words_of_turned_and_cropped_pages(
    readers: Readers, make_pdf, turns: int
) -> None:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import RectangleObject

    path = make_pdf("A sentence to mark.\nAnd another line.")
    writer = PdfWriter(clone_from=PdfReader(path))
    writer.pages[0].cropbox = RectangleObject((20, 300, 500, 830))
    writer.pages[0].rotate(turns)
    writer.write(path)
    view = readers.open(path, "application/pdf")
    text = readers.read(path, OPTIONS).pages[0].text
    start = text.index("another")
    marked = view.rects(0, start, start + 7)
    clean = view.draw(0, 2.0)
    view.close()
    copy = tmp = path.with_name("copy.pdf")
    copy.write_bytes(readers.annotate(path, [Mark("m", 0, marked, "#ff0000", "", "")]))
    view = readers.open(tmp, "application/pdf")
    painted = view.draw(0, 2.0)
    view.close()
    changed = _difference(clean, painted)
    assert changed is not None
    for side in ("left", "top", "right", "bottom"):
        assert getattr(changed, side) == pytest.approx(getattr(marked[0], side), abs=3), side


def _difference(one, other) -> Rect | None:
    """Return the box of what differs between two pictures of a page, in points at two pixels."""
    from PIL import Image, ImageChops

    images = [
        Image.frombuffer("RGB", (p.width, p.height), p.pixels, "raw", "BGRX", p.stride, 1)
        for p in (one, other)
    ]
    box = ImageChops.difference(*images).getbbox()
    return None if box is None else Rect(*(side / 2 for side in box))


def test_a_locked_reader_is_refused_everything(readers: Readers, make_pdf) -> None:
    found = readers.probe(make_pdf("x"))
    assert set(found["tried"]) == {"socket", "open", "list", "write", "exec", "fork"}
    assert all(answer.startswith("refused") for answer in found["tried"].values()), found


def test_text_has_no_pages_to_draw(readers: Readers, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words")
    view = readers.open(path, "text/plain")
    assert view.page_count == 0
    assert view.rects(0, 0, 3) == ()
    with pytest.raises(UnreadableFile):
        view.draw(0, 1.0)


def test_the_helper_is_started_again_when_it_dies(make_pdf) -> None:
    path = make_pdf("Alive.")
    readers = Readers()
    try:
        assert readers.read(path, OPTIONS).pages[0].text == "Alive."
        zygote = readers._spawner.zygotes.get("pdf")
        if zygote is not None:
            zygote._process.kill()
            zygote._process.wait()
        assert readers.read(path, OPTIONS).pages[0].text == "Alive."
    finally:
        readers.close()


def test_files_are_read_side_by_side(readers: Readers, make_pdf) -> None:
    from concurrent.futures import ThreadPoolExecutor

    paths = [make_pdf(f"Report number {n}.", name=f"{n}.pdf") for n in range(8)]
    with ThreadPoolExecutor(4) as pool:
        texts = list(pool.map(lambda path: readers.read(path, OPTIONS).pages[0].text, paths))
    assert texts == [f"Report number {n}." for n in range(8)]


def test_the_copy_of_an_original_opens_without_repair(readers: Readers, make_pdf) -> None:
    from pypdf import PdfReader

    copy = readers.annotate(make_pdf("Words."), [])
    assert len(PdfReader(io.BytesIO(copy), strict=True).pages) == 1
