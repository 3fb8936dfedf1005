"""Each format beside PDF: its words, its notes, its own description, and what is refused."""

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from fpdf import FPDF

from index.errors import UnreadableFile
from index.model import ImportOptions
from index.reading import Readers
from index.reading.result import Reading

OPTIONS = ImportOptions(ocr="never")


@pytest.fixture
def read(readers: Readers, tmp_path: Path):
    """Read bytes as a file with a name."""

    def run(name: str, data: bytes) -> Reading:
        path = tmp_path / name
        path.write_bytes(data)
        return readers.read(path, OPTIONS)

    return run


def text_of(reading: Reading) -> str:
    return "".join(page.text for page in reading.pages)


HTML = """<!doctype html><html lang="ru"><head><meta charset="windows-1251"><title>Отчёт</title>
<meta property="og:site_name" content="Бюро"><meta name="author" content="Иван Иванов">
<meta property="article:published_time" content="2021-03-04T10:00:00"></head><body>
<script>alert(1)</script><h1>Заголовок</h1><p>Первый абзац<sup>1</sup> и&nbsp;слова.</p>
<table><tr><td>а</td><td>б</td></tr></table><ol><li>Примечание: https://example.org/a</li></ol>
</body></html>"""


def test_html_shows_what_a_browser_shows(read) -> None:
    reading = read("page.html", HTML.encode("cp1251"))
    text = text_of(reading)
    assert "Первый абзац¹ и слова." in text.replace("\u00a0", " ")
    assert "alert" not in text
    assert "а б" in text
    assert reading.outline[0].title == "Заголовок"
    assert reading.csl["publisher"] == "Бюро"
    assert reading.csl["author"] == [{"family": "Иванов", "given": "Иван"}]
    assert reading.csl["issued"] == {"date-parts": [[2021, 3, 4]]}
    assert reading.csl["language"] == "ru"
    assert reading.details["encoding"] == "windows-1251"
    assert reading.notes[0].urls == ("https://example.org/a",)
    assert text[reading.notes[0].references[0].start] == "¹"


def test_deeply_nested_html_is_read(read) -> None:
    assert "deep" in text_of(read("a.html", b"<html>" + b"<div>" * 5_000 + b"deep"))


def test_docx_keeps_headings_tables_and_properties(read) -> None:
    document = docx.Document()
    document.core_properties.title = "A Title"
    document.core_properties.author = "Aigerim Nurlanova"
    document.add_heading("First heading", 1)
    document.add_paragraph("Words of the report.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    buffer = io.BytesIO()
    document.save(buffer)
    reading = read("a.docx", buffer.getvalue())
    assert text_of(reading) == "First heading\n\nWords of the report.\n\nleft | right"
    assert reading.csl["title"] == "A Title"
    assert reading.csl["author"] == [{"family": "Nurlanova", "given": "Aigerim"}]
    assert reading.outline[0].title == "First heading"


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
ODT = f"""<office:document-content xmlns:office="{OFFICE}" xmlns:text="{TEXT}"><office:body>
<office:text><text:h text:outline-level="1">Head</text:h><text:p>Body<text:note>
<text:note-citation>1</text:note-citation><text:note-body><text:p>See https://example.org/x</text:p>
</text:note-body></text:note> goes<text:s text:c="2"/>on.</text:p></office:text></office:body>
</office:document-content>"""


def packed(**parts: str | bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return buffer.getvalue()


def test_odt_notes_are_resolved(read) -> None:
    data = packed(mimetype="application/vnd.oasis.opendocument.text", content_dot_xml=ODT)
    reading = read("a.odt", data)
    assert text_of(reading).startswith("Head\n\nBody¹ goes on.")
    (note,) = reading.notes
    assert note.text == "See https://example.org/x"
    assert text_of(reading)[note.references[0].start : note.references[0].end] == "¹"


CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)
PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A Book</dc:title>'
    "<dc:creator>Jane Roe</dc:creator></metadata><manifest>"
    '<item id="b" href="two.xhtml" media-type="application/xhtml+xml"/>'
    '<item id="a" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
)


def test_epub_chapters_come_in_the_order_of_the_spine(read) -> None:
    data = packed(
        mimetype="application/epub+zip",
        **{
            "META-INF__container_dot_xml": CONTAINER,
            "OEBPS__book_dot_opf": PACKAGE,
            "OEBPS__one_dot_xhtml": "<html><body><p>One.</p></body></html>",
            "OEBPS__two_dot_xhtml": "<html><body><p>Two.</p></body></html>",
        },
    )
    reading = read("a.epub", data)
    assert text_of(reading) == "One.\n\nTwo."
    assert reading.csl["title"] == "A Book"
    assert reading.csl["type"] == "book"


def test_a_message_keeps_headers_words_and_names_of_attachments(read) -> None:
    message = EmailMessage()
    message["From"] = "Асель <asel@example.org>"
    message["Subject"] = "О деле"
    message["Date"] = "Mon, 04 Mar 2024 10:00:00 +0500"
    message.set_content("Добрый день.\n\nВторой абзац.")
    message.add_attachment(b"x", maintype="image", subtype="png", filename="scan.png")
    reading = read("a.eml", bytes(message))
    assert "Второй абзац." in text_of(reading)
    assert "scan.png" in text_of(reading)
    assert reading.csl["title"] == "О деле"
    assert reading.csl["issued"] == {"date-parts": [[2024, 3, 4]]}


def test_rtf_is_read(read) -> None:
    data = rb"{\rtf1\ansi\ansicpg1251{\fonttbl\f0 Arial;}\f0 \'cf\'f0\'e8\'e2\'e5\'f2\par World}"
    assert text_of(read("a.rtf", data)) == "Привет\n\nWorld"


def test_markdown_is_kept_as_written(read) -> None:
    text = "# The title\n\nWords[^1] here.\n\n## Part\n\nMore.\n\n[^1]: A note.\n"
    reading = read("a.md", text.encode())
    assert text_of(reading) == text
    assert [part.title for part in reading.outline] == ["The title", "Part"]
    assert reading.notes[0].text == "A note."


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bomb.docx", packed(word__document_dot_xml=b" " * (200 << 20))),
        ("slip.epub", packed(**{"..__evil": "x", "mimetype": "application/epub+zip"})),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("program.txt", b"\x7fELF" + bytes(100)),
        ("archive.zip", packed(a_dot_txt="words")),
        ("empty.txt", b""),
    ],
)
def test_what_is_no_report_is_refused_with_a_sentence(read, name: str, data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"\.$"):
        read(name, data)


def test_entities_are_not_expanded(read) -> None:
    evil = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>' + ODT.replace(
        "goes", "&b;"
    )
    data = packed(mimetype="application/vnd.oasis.opendocument.text", content_dot_xml=evil)
    with pytest.raises(UnreadableFile, match="entities"):
        read("a.odt", data)


def test_the_title_of_a_pdf_is_what_is_set_largest(readers: Readers, tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=10)
    pdf.write(6, "Steppe Institute, working papers, number 12\n\n")
    pdf.set_font_size(20)
    pdf.multi_cell(100, 10, "The courts and the mines of the northern province, 2011 to 2021")
    pdf.set_font_size(10)
    pdf.write(6, "By a group of authors. The text begins here and goes on.\n" * 6)
    path = tmp_path / "12.pdf"
    pdf.output(str(path))
    found = readers.read(path, OPTIONS)
    assert found.csl["title"] == "The courts and the mines of the northern province, 2011 to 2021"
    assert found.origins["title"][0] == "the largest words of the first page"
