"""A hidden name is in no file, no member and no file name, in no spelling that was met."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadInput, BundleInvalid
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
    folder, empty = tmp_path / "data", tmp_path / "empty"
    folder.mkdir()
    empty.mkdir()
    (folder / "x.html").write_text("<p>Max <b>Bok</b>ayev</p>", "utf-8")
    with pytest.raises(BundleInvalid, match=r"“Max Bokayev”.*alias"):
        last_search.require_hidden(folder, hider, NullProgress(), lambda: empty)


def test_a_word_of_every_bundle_is_told_from_a_name_left_over(
    library: Library, tmp_path: Path
) -> None:
    page = Entity("a", "Person", "Ann Page", (Alias("Max"),))
    hider = Hider([page], {"a": "Person A"})
    folder, empty = tmp_path / "data", tmp_path / "empty"
    for one, text in ((folder, "Page 12 of 13, Page 13"), (empty, "Page 00 of 00, Page 00")):
        one.mkdir()
        (one / "report.html").write_text(f"<p style='max-width: 9em'>{text}</p>", "utf-8")
    last_search.require_hidden(folder, hider, NullProgress(), lambda: empty)
    with (folder / "report.html").open("a", encoding="utf-8") as report:
        report.write("<p>Page said</p>")
    with pytest.raises(BundleInvalid, match="“Page”"):
        last_search.require_hidden(folder, hider, NullProgress(), lambda: empty)


@pytest.mark.parametrize("style", ["chicago-notes-bibliography", "apa"])
def test_people_with_words_of_every_bundle_for_names_can_be_hidden(
    library: Library, tmp_path: Path, style: str
) -> None:
    report = tmp_path / "page.txt"
    report.write_text("Here Ann Page spoke, and Max wrote on page 3 of the Report.\n", "utf-8")
    library.import_files([report], ImportOptions(ocr="never"))
    document = next(one for one in library.documents() if one.file_name == "page.txt")
    library.describe(document.id, {"title": "The Page file", "author": "Page, Ann", "date": "2016"})
    page = library.add_entity("Person", "Ann Page", ["Max", "Title"])
    paper = library.add_entity("Theme", "Report", ["data", "text", "Person", "Note"])
    library.tag_quote(document.id, "Ann Page spoke", [page.id, paper.id], "a note on Page")
    library.tag_quote(document.id, "Max wrote", [page.id])
    request = ExportRequest(style=style, pseudonyms={page.id: "A", paper.id: "B"})
    bundle = library.export(tmp_path / "bundle", request).bundle
    text = (bundle / "data/documents/A.txt").read_text("utf-8")
    assert text == "Here A spoke, and A wrote on A 3 of the B.\n"
    assert library.verify(bundle).ok
    assert "Ann" not in (bundle / "data/report.md").read_text("utf-8")


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


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Freedom\nHouse said", "B said"),
        ("Free-\ndom House and Zhana-\nozen", "B and A"),
        ("in Zhana\u00adozen", "in A"),
        ("of theFreedom House", "of theB"),
        ("#FreedomHouseReport", "#BReport"),
        ("see <https://freedomhouse.org/country/2020>, p. 2.", "see <B>, p. 2."),
        ("https://example.org/on-zhanaozen/x and www.zhanaozennews.kz.", "A and A."),
        ("write to press@freedomhouse.org today", "write to B today"),
        ("https://example.org/%D0%96%D0%B0%D0%BD%D0%B0%D0%BE%D0%B7%D0%B5%D0%BD", "A"),
        ("see https://example.org/on-zhanaozen/\ntrial/2016.html and", "see A and"),
        ("https://example.org/freedom-\nhouse/2016?a=1 said", "B said"),
        ("https://example.org/a/freedomho\nuse is down", "B is down"),
        ("https://example.org/land\nZhanaozen/Aktau", "A"),
        (
            "https://example.org/land\nand/or people of Zhanaozen",
            "https://example.org/land\nand/or people of A",
        ),
        ("\\(Full%20Zhanaozen\\).pdf](x", "A"),
        ("100%20 of them", "100%20 of them"),
        ("Zhanaozenology is a word", "Zhanaozenology is a word"),
        ("freedom of the house", "freedom of the house"),
    ],
)
def test_names_run_together_parted_and_in_addresses(text: str, hidden: str) -> None:
    place = Entity("a", "Place", "Zhanaozen", (Alias("Жанаозен"),))
    house = Entity("b", "Organization", "Freedom House")
    hider = Hider([place, house], {"a": "A", "b": "B"})
    assert hider.hide(text) == hidden
    assert hider.left_in(hidden) is None


@given(
    st.lists(
        st.sampled_from(
            (
                "Freedom",
                "House",
                "Zhana",
                "ozen",
                "-",
                "\n",
                " ",
                "\u00ad",
                ".",
                "/",
                "x",
                "@",
                "https://",
                "www.",
                "freedomhouse",
                "Жанаозен",
                "House.",
                "s",
                "%20",
                "%2",
                "?a=",
            ),
        ),
        max_size=14,
    )
)
def test_what_is_hidden_is_not_found_again(parts: list[str]) -> None:
    place = Entity("a", "Place", "Zhanaozen", (Alias("Жанаозен"),))
    house = Entity("b", "Organization", "Freedom House")
    hider = Hider([place, house], {"a": "[1]", "b": "[2]"})
    text = "".join(parts)
    hider.met(text)
    assert not hider.names_in(hider.hide(text))


def test_a_name_in_an_address_of_a_note_is_hidden_everywhere(tmp_path: Path) -> None:
    report = tmp_path / "briefing.txt"
    report.write_text(
        "The Freedom House called it not free.[1]\n\nNotes\n"
        "[1] Freedom House, https://freedomhouse.org/country/kazakhstan/2020\n",
        encoding="utf-8",
    )
    with Library.open(tmp_path / "archive", create=True) as library:
        library.import_files([report], ImportOptions(ocr="never"))
        house = library.add_entity("Organization", "Freedom House")
        document = library.documents()[0]
        library.describe(document.id, {"url": "https://freedomhouse.org/briefing"})
        library.tag_quote(document.id, "called it not free.[1]", [house.id])
        request = ExportRequest(pseudonyms={house.id: "NGO B"})
        bundle = library.export(tmp_path / "bundle", request).bundle
        assert library.verify(bundle).problems == ()
    for name, data in everything(bundle):
        assert b"freedomhouse" not in data.lower(), name


def test_a_document_in_which_pseudonyms_make_a_name_is_left_out(
    library: Library, tmp_path: Path
) -> None:
    report = tmp_path / "odd.txt"
    report.write_text("Here the Zhanaozen Bok was named.\n", encoding="utf-8")
    library.import_files([report], ImportOptions(ocr="never"))
    place = library.add_entity("Place", "Zhanaozen")
    other = library.add_entity("Organization", "Max Bok")
    person = library.entity("Max Bokayev")
    odd = next(one for one in library.documents() if one.file_name == "odd.txt")
    library.tag_quote(odd.id, "Here the Zhanaozen", [place.id])
    request = ExportRequest(pseudonyms={place.id: "Max", person.id: "P", other.id: "C"})
    summary = library.export(tmp_path / "bundle", request)
    assert any("left out with its passages" in notice for notice in summary.notices)
    assert not list((summary.bundle / "data/documents").glob("odd*"))
    assert summary.passages == 4


def test_a_pseudonym_that_is_a_hidden_name_is_refused(library: Library, tmp_path: Path) -> None:
    person = library.entity("Max Bokayev")
    request = ExportRequest(pseudonyms={person.id: "Mr. Bokayev"})
    with pytest.raises(BadInput, match="Choose another pseudonym"):
        library.export(tmp_path / "bundle", request)


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
