"""What an opened archive promises beyond its rooms."""

from pathlib import Path

import pytest

from index.errors import BadInput, NotFound
from index.library import Library
from index.model import ImportStatus, SearchRequest


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "a.txt").write_text("The wells of Kokmuran were closed.")
    library = Library.create(tmp_path / "archive")
    library.import_files([tmp_path / "a.txt"])
    return library


def test_a_removed_document_is_gone_everywhere(library: Library, tmp_path: Path) -> None:
    (document,) = library.documents()
    original = library.original(document.id)
    assert original.read_bytes() == (tmp_path / "a.txt").read_bytes()
    library.remove_document(document.id)
    assert library.documents() == []
    assert not original.exists()
    assert library.search(SearchRequest("wells")).pages == 0
    assert library.check().ok
    with pytest.raises(NotFound):
        library.document(document.id)
    (again,) = library.import_files([tmp_path / "a.txt"])
    assert again.status.value == "added"
    assert library.search(SearchRequest("wells")).pages == 1
    library.close()


def test_a_document_with_passages_is_not_removed(library: Library) -> None:
    (document,) = library.documents()
    library.tag_quote(document.id, "were closed")
    with pytest.raises(BadInput, match="1 passage;"):
        library.remove_document(document.id)
    library.close()


def test_an_archive_can_be_moved(library: Library, tmp_path: Path) -> None:
    library.close()
    moved = tmp_path / "elsewhere" / "archive"
    moved.parent.mkdir()
    (tmp_path / "archive").rename(moved)
    with Library.open(moved) as again:
        (document,) = again.documents()
        assert again.original(document.id).is_file()
        assert again.search(SearchRequest("wells")).pages == 1


def test_a_folder_with_other_things_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "thing").write_text("x")
    for make in (Library.create, lambda folder: Library.open(folder, create=True)):
        with pytest.raises(BadInput):
            make(tmp_path)
    with pytest.raises(NotFound):
        Library.open(tmp_path / "nowhere")


def test_originals_cannot_be_written_to(library: Library) -> None:
    (document,) = library.documents()
    assert library.original(document.id).stat().st_mode & 0o222 == 0
    library.close()


def test_links_in_a_folder_are_named_and_not_followed(tmp_path: Path) -> None:
    """What a link points to may lie anywhere; that it was left out has to be seen."""
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    folder.mkdir()
    (outside / "secret.txt").write_text("Not meant to be imported.\n", "utf-8")
    (folder / "report.txt").write_text("A report on the court.\n", "utf-8")
    (folder / "file.txt").symlink_to(outside / "secret.txt")
    (folder / "more").symlink_to(outside)
    with Library.create(tmp_path / "archive") as library:
        results = library.import_files([folder])
        assert {result.path.name: result.status for result in results} == {
            "report.txt": ImportStatus.ADDED,
            "file.txt": ImportStatus.SKIPPED,
            "more": ImportStatus.SKIPPED,
        }
        assert len(library.documents()) == 1
