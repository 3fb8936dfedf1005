"""Pages without text are recognised page by page; what stands after them stays on its words."""

from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

from index import ocr_run, versions
from index.errors import BadInput
from index.library import Library
from index.model import AnchorStatus, ImportOptions, PageState, SearchRequest
from index.progress import Cancelled
from index.reading import ocr
from index.reading.readers import Readers

SCANNED = ("The first scanned page", "Zhanaozen was closed", "Observers left early")


def picture(path: Path, words: str) -> Path:
    image = Image.new("L", (1240, 400), 255)
    ImageDraw.Draw(image).text((80, 120), words, 0, ImageFont.load_default(64))
    image.save(path)
    return path


def write_scan(path: Path, count: int = 2) -> Path:
    pdf = FPDF(format="A4")
    pdf.set_font("helvetica", size=14)
    for number in range(count):
        pdf.add_page()
        pdf.image(str(picture(path.with_suffix(f".{number}.png"), SCANNED[number])), 10, 20, 190)
    pdf.add_page()
    pdf.multi_cell(0, 8, "Words that are printed. The judge read the sentence.")
    pdf.output(str(path))
    return path


def can_recognise(library: Library, document: str) -> bool:
    """Say whether tesseract is here; without it, check that a sentence says what to install."""
    if not ocr.installed():
        with pytest.raises(BadInput, match="install tesseract-ocr"):
            ocr_run.recognise(library, [document])
        return False
    return True


@pytest.fixture
def scan(tmp_path: Path) -> tuple[Library, str]:
    library = Library.create(tmp_path / "archive")
    report = write_scan(tmp_path / "scan.pdf")
    (result,) = library.import_files([report], ImportOptions(ocr="never"))
    assert result.unsearchable_pages == (1, 2)
    return library, result.document or ""


def test_pages_become_searchable_and_passages_stay(scan: tuple[Library, str]) -> None:
    library, document = scan
    passage = library.tag_quote(document, "The judge read the sentence.")
    if not can_recognise(library, document):
        return
    done = ocr_run.recognise(library, [document], ("en",))
    assert (done.documents, done.pages, done.empty) == (1, 2, 0)
    assert done.changes.documents == {document}
    assert library.document(document).unsearchable_pages == ()
    found = library.search(SearchRequest("Zhanaozen"))
    assert [hit.page for hit in found.hits] == [2]
    after = library.passage(passage.id)
    assert after.anchor.status is AnchorStatus.EXACT
    assert library.text(document)[after.anchor.start : after.anchor.end] == passage.quote
    assert after.anchor.rects == passage.anchor.rects and after.anchor.page == 2
    tagged = library.tag_quote(document, "Zhanaozen")
    assert tagged.anchor.rects[1]
    assert library.check().ok

    carried = versions.reread(library, document)
    assert set(carried.exact) == {passage.id, tagged.id}
    assert [page.state for page in library.pages(document)][:2] == [PageState.OCR] * 2
    library.close()


def test_a_stopped_run_goes_on_where_it_was(
    scan: tuple[Library, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    library, document = scan
    if not can_recognise(library, document):
        return
    monkeypatch.setattr(ocr_run, "cores", lambda: 1)

    class StopAfterOne:
        def report(self, done: int, total: int, text: str = "") -> None:
            assert total == 2
            if done == 1:
                raise Cancelled

    with pytest.raises(Cancelled):
        ocr_run.recognise(library, [document], ("en",), StopAfterOne())
    assert library.document(document).unsearchable_pages == (2,)
    assert library.search(SearchRequest("scanned")).pages == 1
    done = ocr_run.recognise(library, [document], ("en",))
    assert done.pages == 1 and library.document(document).unsearchable_pages == ()
    first, second = library.pages(document)[:2]
    assert "first" in library.text(document, first.number)
    assert "Zhanaozen" in library.text(document, second.number)
    assert set(library.details(document)["ocr"]) == {"0", "1"}
    assert ocr_run.recognise(library, [document]).pages == 0
    library.close()


def test_languages_without_data_are_named() -> None:
    assert ocr_run.missing_languages(("xx",)) == ("xx",)
    assert bool(ocr_run.ready()) is not bool(ocr.installed())


def test_a_reading_stops_between_two_pages(tmp_path: Path) -> None:
    """Minutes of recognition must not go on behind a closed window."""
    if not ocr.installed():
        return
    report = write_scan(tmp_path / "scan.pdf")
    asked: list[bool] = []

    def after_one_page() -> bool:
        asked.append(len(asked) > 0)
        return asked[-1]

    readers = Readers()
    try:
        with pytest.raises(Cancelled):
            readers.read(report, ImportOptions(ocr="always", languages=("en",)), after_one_page)
        assert asked == [False, True]
    finally:
        readers.close()
