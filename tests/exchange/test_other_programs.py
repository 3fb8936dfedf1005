"""What is handed over to Taguette and QualCoder comes back as it was."""

import csv
import sqlite3
from pathlib import Path

from index.library import Library
from index.model import Alias, ImportOptions
from tests.exchange.test_round_trips import content


def names(library: Library) -> list[object]:
    """Return the entities without their ids."""
    return sorted(
        (
            one.kind,
            one.name,
            one.description,
            sorted((alias.name, alias.weak) for alias in one.aliases),
        )
        for one in library.entities()
    )


def fill(library: Library) -> None:
    """Add what the formats carry with difficulty: equal names, and a passage without entities."""
    person = library.add_entity("Person", "Atyrau")
    place = library.add_entity("Place", "Atyrau", ["Guryev"])
    library.update_entity(
        place.id,
        aliases=(Alias("Guryev"), Alias("the city", weak=True)),
        description="On the Ural.\n=1+1",
    )
    hearing = next(one for one in library.documents() if one.file_name == "hearing.txt")
    library.tag_quote(hearing.id, "Суд в Атырау", [place.id, person.id], "a memo\nof two lines")
    library.tag_quote(hearing.id, "The hearing was closed.", [], "seen by nobody")


def test_taguette_round_trip(
    library: Library, empty: Library, tmp_path: Path, archive_source: Path
) -> None:
    fill(library)
    library.hand_over(tmp_path / "out")
    empty.import_files([archive_source], ImportOptions(ocr="never", jobs=1))
    assert empty.take_in(tmp_path / "out/taguette/codebook.csv").entities == 4
    taken = empty.take_in(tmp_path / "out/taguette/highlights.csv")
    assert (taken.passages, taken.entities, taken.problems) == (6, 0, ())
    assert names(empty) == names(library)
    without_memos = [row[:3] for row in content(library, ids=False)]
    assert sorted(row[:3] for row in content(empty, ids=False)) == sorted(without_memos)
    assert places(empty) == places(library)


def test_taguette_tables_have_taguettes_columns(library: Library, tmp_path: Path) -> None:
    library.hand_over(tmp_path / "out")
    with (tmp_path / "out/taguette/highlights.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["id", "document", "tag", "content"]
    assert len(rows) == sum(max(1, len(one.entities)) for one in library.passages())
    assert {int(row["id"]) for row in rows} == set(range(1, 5))


def test_qualcoder_round_trip(
    library: Library, empty: Library, tmp_path: Path, archive_source: Path
) -> None:
    fill(library)
    library.hand_over(tmp_path / "out")
    empty.import_files([archive_source], ImportOptions(ocr="never", jobs=1))
    taken = empty.take_in(tmp_path / "out/qualcoder/out.qda")
    assert (taken.documents, taken.passages, taken.problems) == (0, 6, ())
    assert names(empty) == names(library)
    assert content(empty, ids=False) == content(library, ids=False)
    assert places(empty) == places(library)
    assert {one.creator for one in empty.passages()} == {one.creator for one in library.passages()}
    assert empty.take_in(tmp_path / "out/qualcoder/out.qda").known == 6


def test_a_qualcoder_project_brings_its_texts(
    library: Library, empty: Library, tmp_path: Path
) -> None:
    fill(library)
    library.hand_over(tmp_path / "out")
    taken = empty.take_in(tmp_path / "out/qualcoder/out.qda/data.qda")
    assert (taken.documents, taken.passages, taken.problems) == (2, 6, ())
    assert content(empty, ids=False) == content(library, ids=False)


def test_qualcoder_offsets_count_code_points(library: Library, tmp_path: Path) -> None:
    fill(library)
    library.hand_over(tmp_path / "out")
    connection = sqlite3.connect(tmp_path / "out/qualcoder/out.qda/data.qda")
    rows = connection.execute(
        "SELECT fulltext, pos0, pos1, seltext FROM code_text JOIN source ON source.id = fid"
    ).fetchall()
    (version,) = connection.execute("SELECT databaseversion FROM project").fetchone()
    connection.close()
    assert version == "v17"
    assert len(rows) == 7
    assert all(text[start:end] == quote for text, start, end, quote in rows)


def places(library: Library) -> list[object]:
    """Return where the passages stand."""
    files = {document.id: document.file_name for document in library.documents()}
    return sorted(
        (files[one.document], one.anchor.start, one.anchor.end) for one in library.passages()
    )
