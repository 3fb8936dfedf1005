"""A hidden name is in no file, no member and no file name, in no spelling that was met."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import BundleInvalid
from index.export import export, gather, last_search
from index.export.hiding import Hider
from index.library import Library
from index.model import Alias, Entity, ExportRequest, ImportOptions
from index.progress import NullProgress

SPELLINGS = ("Bokayev", "Bokaev", "БОКАЕВ", "Бокаев", "Бокаева", "bokayev")


def everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file and every member of a packed file with its name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            yield path.name, data
            if path.suffix in (".docx", ".qdpx"):
                with zipfile.ZipFile(io.BytesIO(data)) as archive:
                    for name in archive.namelist():
                        yield name, archive.read(name)


def test_no_spelling_is_left_in_any_file(library: Library, tmp_path: Path) -> None:
    report = tmp_path / "bokayev_trial.txt"
    report.write_text(
        "Trial of Maks Bokaev\n\nBOKAYEV was sentenced. Бокаеву отказали. The lawyer of Max "
        "Bokayev appealed.[1]\n\nNotes\n[1] https://example.org/max-bokayev/appeal\n",
        encoding="utf-8",
    )
    library.import_files([report], ImportOptions(ocr="never"))
    person = library.entity("Max Bokayev")
    document = library.documents()[-1]
    library.tag_quote(document.id, "The lawyer of Max Bokayev appealed.[1]", [person.id])
    library.describe(document.id, {"author": "Bokayev, Max", "title": "Max Bokayev's trial"})
    request = ExportRequest(title="About Max Bokayev", pseudonyms={person.id: "Person A"})
    summary = library.export(tmp_path / "bundle", request)
    for name, data in everything(summary.bundle):
        text = f"{name}\n{data.decode('utf-8', 'replace')}"
        for spelling in SPELLINGS:
            assert spelling not in text, (name, spelling)
    assert "Person A" in (summary.bundle / "data/report.html").read_text("utf-8")
    assert any("text only" in notice for notice in summary.notices)
    assert not list(summary.bundle.rglob("*.pdf"))
    assert library.verify(summary.bundle).problems == ()


def test_a_name_left_over_stops_the_export(library: Library, tmp_path: Path) -> None:
    person = library.entity("Max Bokayev")
    hider = Hider([person], {person.id: "Person A"})
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "x.html").write_text("<p>Max <b>Bok</b>ayev</p>", "utf-8")
    with pytest.raises(BundleInvalid):
        last_search.require_hidden(tmp_path, hider, NullProgress())


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("the case of Max Bokayev.", "the case of A."),
        ("MAX   BOKAYEV", "A"),
        ("суд над Бокаевым", "суд над A"),
        ("Bokayevskaya", "Bokayevskaya"),
        ("maximum", "maximum"),
        ("Bokayev, Max", "A"),
        ("by Bokayev, Max, and others", "by A, and others"),
        ("М. Бокаев и Бокаев М. сказали", "A и A сказали"),
        ("M. Bokayev said. Max came.", "A said. Max came."),
        ("He told Bokayev. Max was late.", "He told A. Max was late."),
        ("в Бокаеве и к Бокаеву", "в A и к A"),
        ("Т. Бокаев", "Т. A"),
    ],
)
def test_names_are_replaced_and_others_stay(text: str, hidden: str) -> None:
    person = Entity("e", "Person", "Max Bokayev", (Alias("Макс Бокаев"),))
    assert Hider([person], {"e": "A"}).hide(text) == hidden


def test_each_person_has_the_own_pseudonym_in_every_spelling(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(3):
        (reports / f"{number}.txt").write_text(
            "The trial of Maks Bokaev and of Talgat Ayan went on. Аяну и Бокаеву отказали.\n",
            encoding="utf-8",
        )
    with Library.open(tmp_path / "archive", create=True) as library:
        library.import_files([reports], ImportOptions(ocr="never"))
        ayan = library.add_entity("Person", "Talgat Ayan", ["Талгат Аян"])
        bokayev = library.add_entity("Person", "Max Bokayev", ["Макс Бокаев"])
        for document in library.documents():
            library.tag_quote(document.id, "went on. Аяну", [ayan.id, bokayev.id])
            library.describe(document.id, {"author": "Bokayev, Max; Ayan, Talgat"})
        request = ExportRequest(pseudonyms={ayan.id: "Second", bokayev.id: "First"}, style="apa")
        bundle = library.export(tmp_path / "bundle", request).bundle
    for path in (bundle / "data/documents").iterdir():
        text = path.read_text("utf-8").strip()
        assert text == "The trial of First and of Second went on. Second и First отказали."
    references = (bundle / "data/citations.csl.json").read_text("utf-8")
    assert '"literal": "First"' in references and '"literal": "Second"' in references
    for name, data in everything(bundle):
        for spelling in ("Max", "Talgat", "Ayan", "Аян"):
            assert spelling.encode() not in data or name.endswith((".xml", ".jpeg")), name


def test_memos_authors_and_file_names_can_be_left_out(library: Library, tmp_path: Path) -> None:
    request = ExportRequest(memos=False, authors=False, file_names=False)
    content = gather(library, request)
    creators = {passage.creator for passage in content.passages} - {""}
    bundle = export(content, library.readers, tmp_path / "bundle").bundle
    for name, data in everything(bundle):
        text = f"{name}\n{data.decode('utf-8', 'replace')}"
        assert "to check" not in text
        assert "country profile" not in text
        for creator in creators:
            assert f'"{creator}"' not in text
    assert library.verify(bundle).ok
