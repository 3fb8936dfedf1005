"""Two researchers' archives become one, nothing lost, what differs listed."""

import json
import shutil
from pathlib import Path

import pytest

from index.errors import BadInput
from index.library import Library
from index.model import ImportOptions


def test_both_sides_are_there_afterwards(
    library: Library, made_archive: Path, tmp_path: Path
) -> None:
    shutil.copytree(made_archive, tmp_path / "other")
    with Library.open(tmp_path / "other") as other:
        report = tmp_path / "second.txt"
        report.write_text("Another report.\n\nMax Bokayev was released in 2021.\n")
        other.import_files([report], ImportOptions(ocr="never"))
        person = other.entity("Max Bokayev")
        other.update_entity(person.id, aliases=(*person.aliases, "M. Bokayev"))
        new = other.add_entity("Place", "Atyrau")
        twin = other.add_entity("Organization", "Committee")
        shared = other.passages()[0]
        other.set_passage(shared.id, note="their memo", entities=(*shared.entities, new.id))
        other.tag_quote(other.documents()[-1].id, "released in 2021", [person.id, twin.id])
    ours = library.add_entity("Organization", "committee", ["KNB"])
    library.set_passage(shared.id, note="our memo")
    merged = library.merge(tmp_path / "other")
    assert (merged.documents, merged.passages, merged.entities) == (1, 1, 1)
    assert merged.backup.is_file()
    passage = library.passage(shared.id)
    assert "our memo" in passage.note
    assert "their memo" in passage.note
    assert new.id in passage.entities
    assert any("memo" in conflict.sentence for conflict in merged.conflicts)
    assert "M. Bokayev" in library.entity("Max Bokayev").names
    assert [one.name for one in library.entities("Organization")] == ["committee"]
    added = next(one for one in library.passages() if one.quote == "released in 2021")
    assert ours.id in added.entities
    assert library.text(added.document)[added.anchor.start : added.anchor.end] == added.quote
    assert library.check().problems == ()
    subjects = {line["subject"] for line in library.custody()}
    assert {added.id, added.document} <= subjects
    again = library.merge(tmp_path / "other")
    assert (again.documents, again.passages, again.entities, again.history) == (0, 0, 0, 0)


def test_an_archive_is_not_merged_with_itself(library: Library) -> None:
    with pytest.raises(BadInput):
        library.merge(library.folder)


def test_hand_over_files_load_as_their_servers_want(library: Library, tmp_path: Path) -> None:
    done = library.hand_over(tmp_path / "out")
    pages = sum(len(library.pages(one.id)) for one in library.documents())
    assert (done.documents, done.pages) == (2, pages)
    check_bulk(library, tmp_path / "out")
    told = (tmp_path / "out/README.txt").read_text("utf-8")
    for path in (tmp_path / "out").iterdir():
        assert path.name in told or path.name == "README.txt"
    with pytest.raises(BadInput):
        library.hand_over(tmp_path / "out")


def check_bulk(library: Library, folder: Path) -> None:
    """Check action and document lines against the mapping, which takes no unknown field."""
    mapping = json.loads((folder / "index.json").read_text())["mappings"]
    data = (folder / "pages.bulk.ndjson").read_bytes()
    assert data.endswith(b"\n")
    lines = [json.loads(line) for line in data.splitlines()]
    assert len(lines) % 2 == 0
    for action, page in zip(lines[::2], lines[1::2], strict=True):
        assert list(action) == ["index"]
        assert action["index"]["_id"] == f"{page['document']}-{page['page']}"
        assert set(page) <= set(mapping["properties"])
        for passage in page["passages"]:
            assert set(passage) == set(mapping["properties"]["passages"]["properties"])
        whole = library.text(page["document"])
        assert whole[page["start"] : page["end"]] == page["text"]
