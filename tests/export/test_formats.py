"""Every file of a bundle is what its format says, to readers that others wrote."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import rispy
from bibtexparser.entrypoint import parse_string
from lxml import etree, html
from PIL import Image

from index.citing import items
from tests.export.refi_schema import problems


def test_csl_json_has_no_unknown_key(bundle: Path) -> None:
    found = json.loads((bundle / "citations.csl.json").read_bytes())
    assert len(found) == 2
    for one in found:
        assert set(one) <= items.NAMES | items.DATES | items.STRINGS | {"id", "type", "custom"}
        assert one["type"] in items.TYPES
        assert re.fullmatch("[0-9a-f]{64}", one["custom"]["sha256"])
        for name in one.get("author", ()):
            assert set(name) <= set(items.NAME_PARTS)
        for key in items.DATES & set(one):
            assert all(isinstance(part, int) for parts in one[key]["date-parts"] for part in parts)


def test_bibtex_and_ris_are_read_by_their_libraries(bundle: Path) -> None:
    library = parse_string((bundle / "references.bib").read_text("utf-8"))
    assert not library.failed_blocks
    assert len(library.entries) == len({entry.key for entry in library.entries}) == 2
    titles = {entry.fields_dict["title"].value for entry in library.entries}
    assert "Kazakhstan Country Profile" in titles
    publisher = next(e.fields_dict for e in library.entries if "date" in e.fields_dict
                     and e.fields_dict["date"].value == "2016-05")  # fmt: skip
    assert r"A \& B \{C\} \_d\_ 100\%" in [one.value for one in publisher.values()]
    entries = rispy.loads((bundle / "references.ris").read_text("utf-8"))
    assert {entry["title"] for entry in entries} >= {"Kazakhstan Country Profile"}
    assert any("Сыдыков, Ерлан" in entry.get("authors", ()) for entry in entries)


def test_annotations_follow_the_recommendation(bundle: Path) -> None:
    collection = json.loads((bundle / "annotations.jsonld").read_bytes())
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    found = collection["first"]["items"]
    assert collection["total"] == len(found) == 4
    assert len({one["id"] for one in found}) == 4
    for one in found:
        assert one["type"] == "Annotation"
        assert re.fullmatch("urn:uuid:[0-9a-f-]{36}", one["id"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", one["created"])
        for target in one["target"]:
            check_target(target, bundle)


TERMS = frozenset(
    (
        "@context id type label total first startIndex items motivation created modified creator "
        "name body target purpose source format value selector exact prefix suffix start end "
        "conformsTo dcterms:identifier dcterms:type dcterms:source"
    ).split()
)
CLASSES = frozenset(
    (
        "AnnotationCollection AnnotationPage Annotation SpecificResource TextualBody Person "
        "Organization TextQuoteSelector TextPositionSelector FragmentSelector"
    ).split()
)


def test_annotations_use_the_terms_of_their_context(bundle: Path) -> None:
    def check(value: object) -> None:
        if isinstance(value, dict):
            assert set(value) <= TERMS
            assert value.get("type", "Annotation") in CLASSES
            for part in value.values():
                check(part)
        elif isinstance(value, list):
            for part in value:
                check(part)

    check(json.loads((bundle / "annotations.jsonld").read_bytes()))


def check_target(target: dict[str, Any], bundle: Path) -> None:
    """Check the selectors of one target."""
    from urllib.parse import unquote

    assert (bundle / unquote(target["source"])).is_file()
    kinds = [selector["type"] for selector in target["selector"]]
    assert "TextQuoteSelector" in kinds
    for selector in target["selector"]:
        if selector["type"] == "FragmentSelector":
            pdf = selector["conformsTo"] == "http://tools.ietf.org/rfc/rfc3778"
            shape = r"page=\d+&viewrect=\d+,\d+,\d+,\d+" if pdf else r"char=\d+,\d+"
            assert re.fullmatch(shape, selector["value"])


def test_crate_describes_every_file(bundle: Path) -> None:
    crate = json.loads((bundle / "ro-crate-metadata.json").read_bytes())
    assert crate["@context"] == "https://w3id.org/ro/crate/1.1/context"
    graph = {one["@id"]: one for one in crate["@graph"]}
    assert len(graph) == len(crate["@graph"])
    assert graph["ro-crate-metadata.json"]["conformsTo"]["@id"] == "https://w3id.org/ro/crate/1.1"
    assert graph["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    root = graph["./"]
    assert root["@type"] == "Dataset"
    assert {"name", "description", "datePublished", "license"} <= set(root)
    from urllib.parse import unquote

    parts = {unquote(one["@id"]) for one in root["hasPart"]}
    there = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}
    assert parts == there - {"ro-crate-metadata.json", "ro-crate-preview.html"}
    references = re.findall(r'\{"@id": "([^"]+)"\}', json.dumps(crate["@graph"]))
    assert {one for one in references if not one.startswith("https://")} <= set(graph)


def test_refi_files_follow_their_schemas(bundle: Path) -> None:
    codebook = etree.parse(bundle / "codebook.qdc").getroot()
    assert list(problems(codebook)) == []
    with zipfile.ZipFile(bundle / "project.qdpx") as archive:
        root = etree.fromstring(archive.read("project.qde"))
        assert etree.QName(root).namespace == "urn:QDA-XML:project:1.0"
        assert list(problems(root)) == []
        names = set(archive.namelist())
        quotes = set()
        for element in root.iter():
            for key in ("plainTextPath", "path"):
                if element.get(key):
                    assert f"sources/{str(element.get(key)).removeprefix('internal://')}" in names
            if etree.QName(element).localname == "PlainTextSelection":
                parent = element.getparent()
                assert parent is not None
                path = str(parent.get("plainTextPath")).removeprefix("internal://")
                text = archive.read(f"sources/{path}").decode("utf-8")
                start, end = (int(str(element.get(f"{one}Position"))) for one in ("start", "end"))
                quotes.add(text[start:end])
    assert "heard the case of Max Bokayev.[1]" in quotes
    assert len(quotes) == 4


def test_spreadsheets_calculate_nothing(bundle: Path) -> None:
    for name in ("passages.csv", "entities.csv"):
        text = (bundle / name).read_bytes()
        assert text.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r") and cell]


def test_word_file_has_styles_footnotes_and_comments(bundle: Path) -> None:
    document = docx.Document(str(bundle / "report.docx"))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Title", "Heading 1", "Quote", "Bibliography"} <= styles
    quotes = [one.text for one in document.paragraphs if one.style and one.style.name == "Quote"]
    assert len(quotes) == 4
    assert any("to check" in comment.text for comment in document.comments)
    with zipfile.ZipFile(bundle / "report.docx") as archive:
        notes = etree.fromstring(archive.read("word/footnotes.xml"))
        body = archive.read("word/document.xml")
    assert len(notes) == 2 + 4
    assert body.count(b"<w:footnoteReference ") == 4
    assert "<script>" not in body.decode("utf-8")


def test_highlights_lie_on_the_quotes(bundle: Path) -> None:
    (path,) = (bundle / "documents").glob("*.pdf")
    document = pypdfium2.PdfDocument(path)
    from pypdf import PdfReader

    found = []
    for number, page in enumerate(PdfReader(path).pages):
        for reference in page.get("/Annots", ()):
            annotation = reference.get_object()
            if annotation["/Subtype"] != "/Highlight":
                continue
            left, low, right, top = (float(value) for value in annotation["/Rect"])
            text = document[number].get_textpage().get_text_bounded(left, low, right, top)
            found.append(" ".join(text.split()))
            assert annotation["/Contents"].startswith("<script>")
    wanted = [f"The only sentence of its kind stands on sheet {sheet}." for sheet in (1, 2)]
    assert found == wanted


def test_pictures_show_the_mark(bundle: Path) -> None:
    pictures = sorted((bundle / "pages").iterdir())
    assert [path.name for path in pictures] == [
        "country profile p11.png",
        "country profile p12.png",
    ]
    for path in pictures:
        colors = Image.open(path).convert("RGB").getcolors(1 << 24) or []
        assert any(color[0] > 200 and color[2] < 160 for _, color in colors)


def test_report_is_self_contained_and_runs_nothing(bundle: Path) -> None:
    text = (bundle / "report.html").read_text("utf-8")
    root = html.document_fromstring(text)
    assert not root.xpath("//script|//iframe|//object|//embed|//link|//form|//base")
    assert not root.xpath("//@*[starts-with(name(), 'on')]")
    for address in root.xpath("//@src"):
        assert str(address).startswith("data:image/png;base64,")
    for address in root.xpath("//@href"):
        assert not re.match(r"(?i)\s*(javascript|data|vbscript):", str(address))
    assert "url(" not in "".join(root.xpath("//style/text()"))
    assert "@import" not in text
    assert len(root.xpath("//article")) == 4
    assert root.xpath("//a[@href='https://example.org/notes?a=1&b=2']")
    words = root.text_content()
    assert '<script>alert("x")</script> =1+1' in words
    assert "\u202e" not in words


def test_markdown_shows_foreign_signs_as_they_are(bundle: Path) -> None:
    from markdown_it import MarkdownIt

    rendered = MarkdownIt("commonmark").render((bundle / "report.md").read_text("utf-8"))
    root = html.fragment_fromstring(rendered, create_parent="div")
    assert not root.xpath("//script|//img")
    assert not [one for one in root.xpath("//a/@href") if "javascript" in str(one)]
    assert "**bold** [a](javascript:x)" in " ".join(root.text_content().split())
