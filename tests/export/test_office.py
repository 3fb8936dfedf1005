"""The Word report as LibreOffice reads it: styles, footnotes, comments, and nothing foreign run."""

import re
import shutil
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from index.library import Library
from index.model import ExportRequest
from tests.programs import run

NAMES = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "script": "urn:oasis:names:tc:opendocument:xmlns:script:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
}


def opened(report: Path, folder: Path) -> etree._Element:
    """Return a Word file as LibreOffice understands it, as OpenDocument."""
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    run("soffice", home, "--headless", "--convert-to", "odt", "--outdir", folder, report)
    with zipfile.ZipFile(folder / "report.odt") as archive:
        return etree.fromstring(archive.read("content.xml"))


def words(element: etree._Element) -> str:
    """Return the text of an element, its white space as one."""
    return " ".join("".join(str(part) for part in element.itertext()).split())


def used_styles(root: etree._Element) -> set[str]:
    """Return the styles that the paragraphs of a text have, their own changes aside."""
    parents = {
        str(one.get(f"{{{NAMES['style']}}}name")): str(
            one.get(f"{{{NAMES['style']}}}parent-style-name")
        )
        for one in root.iterfind(".//style:style", NAMES)
    }
    used = root.xpath("//text:p/@text:style-name|//text:h/@text:style-name", namespaces=NAMES)
    return {parents.get(str(name), str(name)) for name in used}  # type: ignore[union-attr]


def test_a_report_with_footnotes_opens_in_libreoffice(bundle: Path, tmp_path: Path) -> None:
    root = opened(bundle / "report.docx", tmp_path)
    notes = root.findall(".//text:note", NAMES)
    assert len(notes) == 4
    assert any("Kazakhstan Country Profile" in words(note) for note in notes)
    comments = root.findall(".//office:annotation", NAMES)
    assert len(comments) == 3
    assert any("to check" in words(comment) for comment in comments)
    text = words(root)
    assert "heard the case of Max Bokayev.[1]" in text
    assert '<script>alert("x")</script> =1+1' in text
    assert {"Title", "Heading_20_1", "Quote", "Bibliography"} <= used_styles(root)
    assert not root.xpath("//script:*|//draw:image|//draw:object", namespaces=NAMES)


def test_a_report_with_author_and_date_opens_in_libreoffice(
    tmp_path: Path, made_archive: Path
) -> None:
    shutil.copytree(made_archive, tmp_path / "archive")
    with Library.open(tmp_path / "archive") as library:
        request = ExportRequest(style="apa", pictures=False, memos=False)
        made = library.export(tmp_path / "bundle", request).bundle / "data"
    root = opened(made / "report.docx", tmp_path)
    assert not root.findall(".//text:note", NAMES)
    assert not root.findall(".//office:annotation", NAMES)
    assert re.search(r"\(Lillis, \d{4}, p. 11\)", words(root))


@pytest.mark.parametrize("style", ["chicago-notes-bibliography", "apa"])
def test_a_report_can_be_printed(tmp_path: Path, made_archive: Path, style: str) -> None:
    shutil.copytree(made_archive, tmp_path / "archive")
    with Library.open(tmp_path / "archive") as library:
        request = ExportRequest(title="Land", style=style, pictures=False)
        made = library.export(tmp_path / "bundle", request).bundle / "data"
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    report = made / "report.docx"
    run("soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, report)
    printed = run("pdftotext", "-layout", tmp_path / "report.pdf", "-").decode("utf-8")
    for passage in ("heard the case of Max Bokayev.[1]", "признал Макса Бокаева виновным.[2]"):
        assert passage in " ".join(printed.split())
