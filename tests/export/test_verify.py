"""Verification finds what was changed, in our bags and in those of others."""

import hashlib
import shutil
import zipfile
from pathlib import Path

import bagit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import NotFound
from index.export import export, gather, verify
from index.export.bag import Bag, decode_path, encode_path, safe_name
from index.library import Library
from index.model import ExportRequest


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory, made_archive: Path) -> Path:
    """A bundle of the small archive, made once."""
    folder = tmp_path_factory.mktemp("verify")
    shutil.copytree(made_archive, folder / "archive")
    with Library.open(folder / "archive") as library:
        return library.export(folder / "bundle", ExportRequest(pictures=False)).bundle


def test_one_changed_byte_in_each_of_200_files_is_found_200_times(tmp_path: Path) -> None:
    bag = Bag(tmp_path / "bag")
    for number in range(200):
        bag.write(f"data/file {number}.txt", f"file {number}\n" * (number + 1))
    bag.close({"Bag-Software-Agent": "Muniment"})
    assert verify(tmp_path / "bag").ok
    found = 0
    for number in range(200):
        path = tmp_path / "bag" / f"data/file {number}.txt"
        good = path.read_bytes()
        bad = bytearray(good)
        bad[number % len(bad)] ^= 1 << number % 8
        path.write_bytes(bytes(bad))
        verdict = verify(tmp_path / "bag")
        found += len(verdict.problems) == 1 and f"file {number}.txt" in verdict.problems[0]
        path.write_bytes(good)
    assert found == 200
    assert verify(tmp_path / "bag").ok


def test_a_changed_byte_in_any_file_of_a_bundle_is_found(bundle: Path) -> None:
    for path in sorted(path for path in bundle.rglob("*") if path.is_file()):
        good = path.read_bytes()
        bad = bytearray(good)
        bad[len(bad) // 2] ^= 1
        path.write_bytes(bytes(bad))
        try:
            assert not verify(bundle).ok, path.name
        finally:
            path.write_bytes(good)
    assert verify(bundle).ok


def test_missing_and_added_files_are_named(bundle: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(bundle, tmp_path / "copy")
    (copy / "data/report.md").unlink()
    (copy / "data/extra.txt").write_text("x")
    (copy / "data/link").symlink_to("/etc/hostname")
    problems = " ".join(verify(copy).problems)
    for name in ("report.md", "extra.txt", "data/link"):
        assert name in problems


def test_a_quote_that_is_not_at_its_place_is_named(bundle: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(bundle, tmp_path / "copy")
    path = copy / "data/documents/hearing.txt"
    path.write_text("x" + path.read_text("utf-8"), "utf-8")
    remade = bagit.Bag(str(copy))
    remade.save(manifests=True)
    problems = verify(copy).problems
    assert len(problems) == 2
    assert all("not at its place" in problem for problem in problems)


def test_the_archive_is_compared(library: Library, tmp_path: Path) -> None:
    bundle = library.export(tmp_path / "bundle", ExportRequest(pictures=False)).bundle
    assert library.verify(bundle).ok
    document = next(one for one in library.documents() if one.file_name == "hearing.txt")
    path = library.original(document.id)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"x")
    assert any("original" in problem for problem in library.verify(bundle).problems)


@pytest.mark.parametrize("algorithms", [["md5"], ["sha1", "sha256"], ["sha512"]])
def test_bags_of_others_are_checked(tmp_path: Path, algorithms: list[str]) -> None:
    folder = tmp_path / "theirs"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "файл %25.txt").write_text("hello")
    (folder / "b.bin").write_bytes(bytes(range(256)))
    bagit.make_bag(str(folder), {"Contact-Name": "x" * 200}, checksums=algorithms)
    assert verify(folder).problems == ()
    (folder / "data/b.bin").write_bytes(b"")
    assert len(verify(folder).problems) == 2


def test_zips_of_other_programs_are_checked(tmp_path: Path) -> None:
    folder = tmp_path / "bag"
    folder.mkdir()
    (folder / "жук.txt").write_text("привет")
    bagit.make_bag(str(folder), checksums=["sha256"])
    made = tmp_path / "bag.zip"
    with zipfile.ZipFile(made, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = path.relative_to(tmp_path).as_posix().replace("жук", "beetle")
                archive.write(path, name)
        archive.writestr("__MACOSX/bag/._bagit.txt", b"what a Mac adds")
    # The name is written as UTF-8 without a sign that it is.
    made.write_bytes(made.read_bytes().replace(b"beetle", "жук".encode()))
    assert verify(made).problems == ()


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ("", "bagit.txt is missing"),
        ("BagIt-Version: 7.0\nTag-File-Character-Encoding: UTF-8\n", "newer"),
        ("nonsense\n", "version"),
        ("BagIt-Version: 1.0\nTag-File-Character-Encoding: klingon\n", "encoding"),
    ],
)
def test_what_is_no_bag_is_said(tmp_path: Path, lines: str, word: str) -> None:
    folder = tmp_path / "bag"
    folder.mkdir()
    if lines:
        (folder / "bagit.txt").write_text(lines)
    assert any(word in problem for problem in verify(folder).problems)


def test_a_manifest_cannot_lead_out_of_the_bag(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s")
    digest = hashlib.sha256(b"s").hexdigest()
    folder = tmp_path / "bag"
    folder.mkdir()
    (folder / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    (folder / "manifest-sha256.txt").write_text(f"{digest}  data/../../secret\n")
    assert any("leads out" in problem for problem in verify(folder).problems)


def test_damaged_and_hostile_zips(bundle: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        verify(tmp_path / "nothing")
    archive = tmp_path / "b.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("b/bagit.txt", "BagIt-Version: 1.0\n")
        out.writestr("b/data/bomb", b"\0" * (8 << 20))
    assert "too tightly" in verify(archive).problems[0]
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("b/../../x", "x")
    assert "leads out" in verify(archive).problems[0]
    archive.write_bytes(b"PK\x05\x06" + b"\0" * 18)
    assert not verify(archive).ok


@settings(max_examples=60)
@given(data=st.data())
def test_any_flipped_byte_of_a_zip_never_passes_as_another_content(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("zip")
    archive = folder / "b.zip"
    bag = Bag(folder / "bag")
    bag.write("data/a.txt", "hello " * 20)
    bag.close({"Bag-Software-Agent": "Muniment"})
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(bag.folder.rglob("*.txt")):
            out.write(path, f"b/{path.relative_to(bag.folder)}")
    content = bytearray(archive.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    archive.write_bytes(bytes(content))
    if verify(archive).ok:
        with zipfile.ZipFile(archive) as opened:
            assert opened.read("b/data/a.txt") == b"hello " * 20


@given(st.text(max_size=40))
def test_manifest_paths_round_trip(path: str) -> None:
    encoded = encode_path(path)
    assert "\n" not in encoded
    assert "\r" not in encoded
    assert decode_path(encoded) == path


@given(st.text(max_size=300))
def test_safe_names_are_safe(wanted: str) -> None:
    name = safe_name(wanted)
    assert name.strip(" .") == name != ""
    assert not set(name) & set('/\\:*?"<>|%\r\n\0')
    assert len(name.encode()) <= 170


def test_two_exports_of_one_state_are_equal(library: Library, tmp_path: Path) -> None:
    content = gather(library, ExportRequest(originals=True))
    first = export(content, library.readers, tmp_path / "one" / "bundle").bundle
    second = export(
        gather(library, ExportRequest(originals=True)), library.readers, tmp_path / "two" / "bundle"
    ).bundle
    names = {path.relative_to(first) for path in first.rglob("*") if path.is_file()}
    assert names == {path.relative_to(second) for path in second.rglob("*") if path.is_file()}
    different = {
        name.as_posix()
        for name in names
        if (first / name).read_bytes() != (second / name).read_bytes()
    }
    # Only what states the time of making may differ, and what is computed from it.
    assert different <= {
        "bag-info.txt",
        "manifest-sha512.txt",
        "tagmanifest-sha512.txt",
        "data/custody.jsonl",
        "data/project.qdpx",
        "data/report.docx",
        "data/report.html",
        "data/ro-crate-metadata.json",
    }
