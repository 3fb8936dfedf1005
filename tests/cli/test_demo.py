"""The demo makes an archive that shows what the program is for, and a bundle that verifies."""

import json
from pathlib import Path

import pytest

from app.cli import demo
from index.library import Library
from tests.cli.conftest import Run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


def test_the_demo_shows_the_whole_job(run: Run, folder: Path) -> None:
    record = run("demo", folder, "--no-window").record
    assert record == {"archive": str(folder / "archive"), "bundle": str(folder / "bundle")}
    with Library.open(folder / "archive") as library:
        documents = library.documents()
        assert len(documents) >= 8
        assert {"en", "ru", "kk"} <= {document.language for document in documents}
        assert {document.paged for document in documents} == {True, False}
        assert any(document.unsearchable_pages for document in documents)
        assert any(
            page.label != str(page.number)
            for document in documents
            if document.paged
            for page in library.pages(document.id)
        )
        assert any(entity.aliases for entity in library.entities())
        assert library.passages()
        assert any(library.notes_of(passage) for passage in library.passages())
        assert library.verify(folder / "bundle").ok


def test_a_second_demo_keeps_what_is_there(run: Run, folder: Path) -> None:
    run("demo", folder, "--no-window")
    with Library.open(folder / "archive") as library:
        before = [passage.id for passage in library.passages()]
    again = run("demo", folder, "--no-window")
    assert again.code == 0
    with Library.open(folder / "archive") as library:
        assert [passage.id for passage in library.passages()] == before


def test_without_a_screen_the_demo_says_where_things_are(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not demo.has_screen()
    ran = run("demo", folder)
    assert ran.code == 0
    assert "no screen" in ran.err
    assert json.loads(ran.out)["bundle"].endswith("bundle")
