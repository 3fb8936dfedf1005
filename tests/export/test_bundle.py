"""A bundle is whole, the same every time, and a bag to a program that others wrote."""

import errno
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import bagit
import pytest
from lxml import etree

from index.errors import BadInput, BundleThere, DiskFull
from index.export import export, gather
from index.library import Library
from index.model import BundleSection, ExportRequest, PaintedPage
from index.progress import Cancelled
from index.reading.painting import Wanted
from index.reading.result import Mark


class Stopping:
    """A progress that cancels at the report with a given text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def report(self, done: int, total: int, text: str = "") -> None:
        """Cancel when the time has come."""
        if text == self.text:
            raise Cancelled


def test_folder_verifies_here_and_with_bagit(library: Library, tmp_path: Path) -> None:
    out = tmp_path / "out" / "bundle"
    summary = library.export(out, ExportRequest(title="Land", originals=True))
    assert (summary.passages, summary.documents) == (4, 2)
    assert summary.files == sum(path.is_file() for path in out.rglob("*"))
    bagit.Bag(str(out)).validate()
    assert library.verify(out).problems == ()
    assert [path.name for path in out.parent.iterdir()] == ["bundle"]


def test_originals_are_byte_for_byte(
    library: Library, tmp_path: Path, archive_source: Path
) -> None:
    out = tmp_path / "bundle"
    library.export(out, ExportRequest(originals=True))
    for path in archive_source.iterdir():
        assert (out / "data/originals" / path.name).read_bytes() == path.read_bytes()


def test_zip_has_its_extension_and_verifies(library: Library, tmp_path: Path) -> None:
    summary = library.export(tmp_path / "bundle", ExportRequest(zip=True))
    assert summary.bundle == tmp_path / "bundle.zip"
    assert library.verify(summary.bundle).problems == ()
    with zipfile.ZipFile(summary.bundle) as archive:
        archive.extractall(tmp_path / "unpacked")
    bagit.Bag(str(tmp_path / "unpacked" / "bundle")).validate()


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("step", ["Writing citations", "Highlighting copies", "Moving into place"])
def test_cancelling_leaves_nothing_and_harms_nothing(
    library: Library, tmp_path: Path, step: str, zipped: bool
) -> None:
    folder = tmp_path / "out"
    request = ExportRequest(zip=zipped)
    first = library.export(folder / "bundle", request).bundle
    before = [(path, path.stat().st_mtime_ns) for path in sorted(folder.rglob("*"))]
    content = gather(library, replace(request, replace=True))
    with pytest.raises(Cancelled):
        export(content, library.readers, folder / "bundle", Stopping(step))
    assert [(path, path.stat().st_mtime_ns) for path in sorted(folder.rglob("*"))] == before
    assert library.verify(first).ok


def test_a_bundle_is_replaced_and_anything_else_refused(library: Library, tmp_path: Path) -> None:
    out = tmp_path / "bundle"
    library.export(out, ExportRequest(title="one"))
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    with pytest.raises(BundleThere, match="--replace"):
        library.export(out, ExportRequest(title="two"))
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    library.export(out, ExportRequest(title="two", replace=True))
    assert "two" in (out / "bag-info.txt").read_text("utf-8")
    assert library.verify(out).ok
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis.txt").write_text("years of work")
    with pytest.raises(BadInput, match="not a bundle"):
        library.export(precious, ExportRequest(replace=True))
    note = tmp_path / "note.zip"
    note.write_text("not a zip")
    with pytest.raises(BadInput):
        library.export(note, ExportRequest(replace=True))
    link = tmp_path / "link"
    link.symlink_to(precious)
    with pytest.raises(BadInput):
        library.export(link, ExportRequest(replace=True))
    assert (precious / "thesis.txt").read_text() == "years of work"
    assert note.read_text() == "not a zip"


@pytest.mark.parametrize("inside", ["bundle", "originals/new/bundle.zip", "../link/bundle", "."])
def test_nothing_is_written_into_the_archive_itself(
    library: Library, tmp_path: Path, inside: str
) -> None:
    (tmp_path / "link").symlink_to(library.folder / "originals")
    before = sorted(library.folder.rglob("*"))
    with pytest.raises(BadInput, match="inside the archive"):
        library.export(library.folder / inside, ExportRequest())
    with pytest.raises(BadInput, match="inside the archive"):
        library.hand_over(library.folder / inside)
    assert sorted(library.folder.rglob("*")) == before


def test_passages_are_chosen_by_entity(library: Library, tmp_path: Path) -> None:
    person = library.entity("Max Bokayev")
    summary = library.export(tmp_path / "b", ExportRequest(entities=(person.id,)))
    assert (summary.passages, summary.documents) == (2, 1)
    with pytest.raises(BadInput):
        library.export(tmp_path / "c", ExportRequest(passages=("0" * 32,)))


def test_offsets_of_annotations_count_in_the_text_copy(library: Library, tmp_path: Path) -> None:
    out = tmp_path / "bundle"
    library.export(out, ExportRequest())
    collection = json.loads((out / "data/annotations.jsonld").read_bytes())
    found = set()
    for annotation in collection["first"]["items"]:
        target = annotation["target"][0]
        text = (out / "data" / unquote(target["source"])).read_bytes().decode("utf-8")
        position, quote = target["selector"][:2]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])
        found.add(quote["exact"])
    assert found == {passage.quote for passage in library.passages()}


class FullDisk:
    """Reader processes on a disk that fills up while a copy is written."""

    def annotate(self, path: Path, marks: Sequence[Mark], password: str | None = None) -> bytes:
        """Fail as the system does."""
        raise OSError(errno.ENOSPC, "No space left on device")

    def paint(
        self, path: Path, wanted: Sequence[Wanted], password: str | None = None
    ) -> Iterator[PaintedPage]:
        """Fail as the system does."""
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_nothing_and_harms_nothing(library: Library, tmp_path: Path) -> None:
    out = tmp_path / "out" / "bundle"
    library.export(out, ExportRequest(pictures=False))
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    with pytest.raises(DiskFull):
        export(gather(library, ExportRequest(replace=True)), FullDisk(), out)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert [path.name for path in out.parent.iterdir()] == ["bundle"]


def test_preview_says_what_will_be_there(library: Library) -> None:
    person = library.entity("Max Bokayev")
    plain = library.preview(ExportRequest(originals=True))
    assert (plain.passages, plain.documents, plain.footnotes) == (4, 2, 2)
    assert "2 page pictures" in plain.contains
    assert "2 original files, byte for byte" in plain.contains
    hidden = library.preview(ExportRequest(memos=False, pseudonyms={person.id: "A"}))
    assert "1 name replaced by pseudonyms" in hidden.held_back
    assert "Your memos" in hidden.held_back
    assert not [one for one in hidden.contains if "picture" in one]
    assert hidden.bytes < plain.bytes


def test_reports_follow_the_sections(library: Library, tmp_path: Path) -> None:
    ids = [passage.id for passage in library.passages()]
    sections = (
        BundleSection("Arrests <b>", (ids[3], ids[0])),
        BundleSection("Nothing here", ("0" * 32,)),
        BundleSection("The trial", (ids[2],)),
    )
    request = ExportRequest(sections=sections, pictures=False)
    bundle = library.export(tmp_path / "bundle", request).bundle
    text = (bundle / "data/report.md").read_text("utf-8")
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings == [r"## Arrests \<b\>", "## The trial", "## Other passages", "## Bibliography"]
    page = (bundle / "data/report.html").read_text("utf-8")
    assert page.index("виновным") < page.index("stands on sheet 1") < page.index("heard the case")
    assert "Arrests &lt;b&gt;" in page
    assert library.verify(bundle).ok


def test_footnotes_look_back_in_the_order_of_reading(library: Library, tmp_path: Path) -> None:
    ids = [passage.id for passage in library.passages()]
    request = ExportRequest(
        style="oscola", pictures=False, sections=(BundleSection("All", (ids[3], ids[0], ids[2])),)
    )
    bundle = library.export(tmp_path / "bundle", request).bundle
    with zipfile.ZipFile(bundle / "data/report.docx") as archive:
        root = etree.fromstring(archive.read("word/footnotes.xml"))
    notes = ["".join(map(str, note.itertext())).strip() for note in root]
    assert [re.sub(r".*(\(n \d\)).*", r"\1", note) for note in notes if "(n " in note] == [
        "(n 1)",
        "(n 2)",
    ]
    assert not [note for note in notes if "ibid" in note.lower()]
