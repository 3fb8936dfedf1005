"""Every command does its job, prints the promised keys and ends with the promised status."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import REPORT, Run

DOCUMENT_KEYS = {
    "document",
    "title",
    "authors",
    "issued",
    "publisher",
    "language",
    "media_type",
    "pages",
    "characters",
    "sha256",
    "collection",
    "passages",
    "unsearchable_pages",
    "csl",
}
PASSAGE_KEYS = {
    "passage",
    "document",
    "page",
    "label",
    "start",
    "end",
    "quote",
    "entities",
    "note",
    "anchor",
    "footnotes",
    "created",
}


def test_new_makes_an_archive_once(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "fresh"
    assert run("new", folder).record == {"archive": str(folder)}
    again = run("new", folder)
    assert again.code == 2
    assert "not an empty folder" in again.err


def test_import_reports_every_file(run: Run, report: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    ran = run("import", tmp_path)
    found = {Path(record["path"]).name: record for record in ran.records}
    assert ran.code == 1
    assert found["trial.txt"]["status"] == "added"
    assert found["trial.txt"]["characters"] == len(REPORT)
    assert found["broken.pdf"]["status"] == "failed"
    assert found["broken.pdf"]["reason"]
    assert found["photo.jpg"]["status"] == "skipped"
    assert len(found) == 3  # the archive lies in the same folder, and is left alone
    assert run("import", report).record["status"] == "known"


def test_import_of_nothing_is_a_failure(run: Run, tmp_path: Path) -> None:
    ran = run("import", tmp_path / "missing.pdf")
    assert ran.code == 1
    assert ran.record["status"] == "failed"


def test_documents_and_text(run: Run, document: str) -> None:
    record = run("documents").record
    assert set(record) == DOCUMENT_KEYS
    assert record["document"] == document
    assert run("text", document, json=False).out == REPORT
    assert run("text", document[:6]).record == {"document": document, "text": REPORT}


def test_describe_corrects_and_undo_takes_it_back(run: Run, document: str) -> None:
    before = run("documents").record
    after = run("describe", document, "title=Суд в Атырау", "issued=2016-11-28").record
    assert (after["title"], after["issued"]) == ("Суд в Атырау", "2016-11-28")
    assert after["csl"]["issued"] == {"date-parts": [[2016, 11, 28]]}
    run("undo")
    assert run("documents").record == before
    assert run("describe", document, "issued=yesterday").code == 2
    assert run("describe", document, "colour=red").code == 2


def test_notes_are_resolved(run: Run, document: str) -> None:
    first, second = run("notes", document).records
    assert first["marker"] == "1"
    assert first["urls"] == ["https://example.org/chronicle"]
    assert [REPORT[r["start"] : r["end"]] for r in first["references"]] == ["[1]"]
    assert "page 14" in second["text"]


def test_search_points_into_the_text(run: Run, document: str) -> None:
    ran = run("search", '"five years"', "--count")
    hit, count = ran.records
    assert hit["document"] == document
    assert [REPORT[start:end] for start, end in hit["matches"]] == ["five years"]
    assert count == {"pages": 1, "documents": 1}
    assert run("search", "nowhere").records == []


@pytest.mark.parametrize("query", ['"unclosed', "(a", "AND", "nofield:x AND (", "wor* AND OR"])
def test_a_query_never_ends_in_a_traceback(run: Run, document: str, query: str) -> None:
    ran = run("search", query)
    assert ran.code in (0, 2)
    assert "Traceback" not in ran.err


def test_search_answers_a_list(run: Run, document: str, tmp_path: Path) -> None:
    queries = tmp_path / "names.txt"
    queries.write_text('Bokayev\nnobody\n(\n"closed to the press"\n', encoding="utf-8")
    good, none, bad, phrase = run("search", "--queries", queries, "--limit", 1).records
    assert (good["pages"], good["documents"], len(good["hits"])) == (1, 1, 1)
    assert (none["pages"], none["hits"]) == (0, [])
    assert set(bad) == {"query", "error"}
    assert phrase["pages"] == 1


def test_a_list_is_narrowed_as_one_query_is(run: Run, document: str, tmp_path: Path) -> None:
    queries = tmp_path / "names.txt"
    queries.write_text("Bokayev\n", encoding="utf-8")
    everywhere = run("search", "--queries", queries).record
    nowhere = run("search", "--queries", queries, "--collection", "None such").record
    assert (everywhere["pages"], nowhere["pages"]) == (1, 0)


def test_search_says_how_it_was_widened_and_can_be_kept_from_it(run: Run, document: str) -> None:
    widened = run("search", "Талгат", "--count")
    assert widened.records[-1]["pages"] == 1
    assert "in another script: talgat" in widened.err
    strict = run("search", "Талгат", "--count", "--without", "script,stem")
    assert strict.records[-1]["pages"] == 0
    assert run("search", "x", "--without", "magic").code == 2
    assert "Did you mean: prosecutor" in run("search", "prossecutor").err


@pytest.mark.parametrize("arguments", [("date:20x",), ("a", "--since", "abc"), ("  ",)])
def test_what_is_no_date_or_no_query_is_refused(
    run: Run, document: str, arguments: tuple[str, ...]
) -> None:
    assert run("search", *arguments).code == 2


def test_entities_are_kept(run: Run, tmp_path: Path) -> None:
    added = run("entities", "add", "Person", "Maks Bokayev", "--alias", "Макс Бокаев").record
    assert set(added) == {"entity", "kind", "name", "aliases", "description", "passages"}
    listed = tmp_path / "list.csv"
    listed.write_text(
        "kind,name,aliases\nPerson,Talgat Ayan,Talgat Ayanov; Талгат Аян\nGhost,X,\n",
        encoding="utf-8",
    )
    imported = run("entities", "import", listed)
    assert imported.code == 1
    assert "Ghost" in imported.err
    assert imported.record["aliases"] == ["Talgat Ayanov", "Талгат Аян"]
    assert [record["name"] for record in run("entities").records] == [
        "Maks Bokayev",
        "Talgat Ayan",
    ]
    parts = run("entities", "split", "Talgat Ayan", "talgat ayanov").records
    assert [part["name"] for part in parts] == ["Talgat Ayan", "Talgat Ayanov"]
    assert parts[0]["aliases"] == ["Талгат Аян"]
    assert run("entities", "split", "Talgat Ayan", "Nobody").code == 2
    run("undo")
    merged = run("entities", "merge", "Maks Bokayev", "Talgat Ayan").record
    assert "Talgat Ayan" in merged["aliases"]
    run("undo")
    assert len(run("entities").records) == 2
    out = tmp_path / "out.csv"
    assert run("entities", "export", out).code == 0
    assert "Талгат Аян" in out.read_text(encoding="utf-8-sig")
    assert run("entities", "remove", "Talgat Ayan").record["name"] == "Talgat Ayan"
    assert len(run("entities").records) == 1


def test_what_was_done_to_an_entity_is_told(run: Run, document: str) -> None:
    entity = run("entities", "add", "Person", "Maks Bokayev").record["entity"]
    run("entities", "add", "Person", "Somebody Else")
    run("tag", document, "--quote", "closed to the press", "--entity", "Maks Bokayev")
    told = run("entities", "history", "Maks Bokayev").records
    assert [line["entity"] for line in told] == [entity, entity]
    assert "Maks Bokayev" in told[0]["change"] and told[0]["at"] <= told[1]["at"]
    run("undo")
    assert run("entities", "history", "Maks Bokayev").records == told[:1]


def test_mentions_are_offered_until_tagged(run: Run, document: str) -> None:
    run("entities", "add", "Person", "Maks Bokayev", "--alias", "Макс Бокаев")
    records = run("mentions").records
    assert {REPORT[r["start"] : r["end"]] for r in records} >= {"Maks Bokayev", "Макс Бокаев"}
    assert all(REPORT[r["start"] : r["end"]] == r["text"] for r in records)
    first = next(r for r in records if r["text"] == "Maks Bokayev")
    run("tag", document, first["start"], first["end"], "--entity", "Maks Bokayev")
    left = {(r["start"], r["end"]) for r in run("mentions").records}
    assert (first["start"], first["end"]) not in left


def test_tagging_by_quote_and_offsets(run: Run, document: str) -> None:
    run("entities", "add", "Person", "Maks Bokayev")
    tagged = run(
        "tag",
        document,
        "--quote",
        "sentenced Maks Bokayev and Talgat Ayan to five years in prison.",
        "--entity",
        "Maks Bokayev",
        "--note",
        "=cmd, *bold*, <b>",
    ).record
    assert set(tagged) == PASSAGE_KEYS
    assert tagged["anchor"] == "exact"
    assert REPORT[tagged["start"] : tagged["end"]] == tagged["quote"]
    assert [note["marker"] for note in tagged["footnotes"]] == ["1"]
    assert run("passages", "--entity", "Maks Bokayev").record == tagged
    assert run("passages", "--document", document).record == tagged
    assert run("untag", tagged["passage"]).record == tagged
    assert run("passages").records == []
    assert run("undo").code == 0
    assert run("passages").record == tagged


@pytest.mark.parametrize(
    "arguments",
    [
        ["--quote", "the"],
        ["--quote", "words that are not there"],
        ["--quote", "  "],
        ["5", "5"],
        ["10", "999999"],
        ["-3", "5"],
        ["5"],
        ["0", "9", "--quote", "both"],
    ],
)
def test_a_bad_passage_is_refused(run: Run, document: str, arguments: list[str]) -> None:
    run("entities", "add", "Person", "Maks Bokayev")
    ran = run("tag", document, *arguments, "--entity", "Maks Bokayev")
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert run("passages").records == []


def test_unknown_things_are_one_sentence_and_2(run: Run, document: str) -> None:
    for arguments in (
        ["text", "ffff"],
        ["text", "no such thing"],
        ["text", document, "--page", "99"],
        ["untag", "abcd"],
        ["search", "x", "--entity", "Nobody"],
        ["tag", document, "0", "5", "--entity", "Nobody"],
        ["verify", "nowhere"],
        ["cite", "ffff"],
        ["undo"],
    ):
        ran = run(*arguments)
        assert ran.code == 2, arguments
        assert len(ran.err.strip().splitlines()) == 1, ran.err


def test_usage_errors_are_2(run: Run) -> None:
    assert run("frobnicate").code == 2
    assert run("import").code == 2
    for arguments in (
        ["search", "x", "--limit", "many"],
        ["search", "x", "--limit", "-1"],
        ["text", "a", "--page", "first"],
        ["import", ""],
        ["import", "x", "--jobs", "0"],
        ["mentions", "--min-score", "7"],
        ["entities", "import", "x", "--map", "name"],
        ["describe", "a", "title"],
    ):
        ran = run(*arguments)
        assert ran.code == 2, arguments
        assert len(ran.err.splitlines()) == 1, ran.err
        assert "_" not in ran.err, "a name of the code is not a word for people"


def test_an_empty_archive_can_be_searched(run: Run, archive_folder: Path) -> None:
    run("new", archive_folder)
    assert run("search", "word", "--count").record == {"pages": 0, "documents": 0}
    assert run("mentions").code == 0
    assert run("check").record == {"ok": True, "problems": []}


def test_a_limit_of_0_prints_no_hits(run: Run, document: str) -> None:
    assert run("search", "court", "--limit", 0, "--count").record == {"pages": 1, "documents": 1}
    assert run("search", "court", "--limit", 0).records == []


def test_a_path_that_cannot_be_written_is_2(run: Run, document: str, tmp_path: Path) -> None:
    ran = run("entities", "export", tmp_path / "missing" / "list.csv")
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_to_a_full_disk_is_5(document: str, archive_folder: Path) -> None:
    words = [sys.executable, "-m", "app", "--archive", str(archive_folder), "text", document]
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True)
    assert ran.returncode == 5
    assert len(ran.stderr.splitlines()) == 1


def test_damage_met_half_way_is_4(run: Run, document: str, archive_folder: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(archive_folder / "archive.sqlite")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    (page,) = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'claimed_entity'"
    ).fetchone()
    connection.close()
    with (archive_folder / "archive.sqlite").open("r+b") as record:
        record.seek((page - 1) * size)
        record.write(b"\xff" * size)
    ran = run("mentions")
    assert ran.code == 4
    assert "restore" in ran.err


def test_an_emptied_record_is_not_taken_for_a_new_archive(
    run: Run, document: str, archive_folder: Path
) -> None:
    for path in archive_folder.glob("archive.sqlite*"):
        path.write_bytes(b"")
    ran = run("documents")
    assert ran.code == 4
    assert "restore" in ran.err


def test_check_reindex_and_repair(run: Run, document: str, archive_folder: Path) -> None:
    assert run("check").record == {"ok": True, "problems": []}
    for path in (archive_folder / "search").rglob("*"):
        if path.is_file():
            path.unlink()
    assert run("search", "Bokayev").records
    for path in (archive_folder / "originals").rglob("*"):
        if path.is_file():
            path.chmod(0o600)
            path.write_bytes(path.read_bytes()[:-1] + b"x")
    damaged = run("check")
    assert damaged.code == 1
    assert any("not the file" in problem for problem in damaged.record["problems"])
    assert run("reindex").record["ok"]


def test_backup_and_restore(run: Run, document: str, tmp_path: Path) -> None:
    run("entities", "add", "Person", "Maks Bokayev")
    run("tag", document, "--quote", "closed to the press", "--entity", "Maks Bokayev")
    counts = run("backup", tmp_path / "all.muniment").record
    assert (counts["documents"], counts["passages"], counts["entities"]) == (1, 1, 1)
    restored = tmp_path / "restored"
    assert run("restore", tmp_path / "all.muniment", restored).record == counts
    here, there = run("passages").records, run("--archive", restored, "passages").records
    assert here == there
    packed = tmp_path / "all.muniment"
    packed.write_bytes(packed.read_bytes()[:200])
    assert run("restore", packed, tmp_path / "other").code == 4
    assert not (tmp_path / "other").exists()


def test_a_backup_needs_no_room_in_the_archive(
    run: Run, document: str, archive_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []
    real = tempfile.mkdtemp

    def noted(suffix: str | None = None, prefix: str | None = None, dir: Any = None) -> str:
        made.append(Path(dir or tempfile.gettempdir()))
        return real(suffix, prefix, dir)

    monkeypatch.setattr(tempfile, "mkdtemp", noted)
    (tmp_path / "stick").mkdir()
    assert run("backup", tmp_path / "stick" / "all.muniment").code == 0
    assert made and archive_folder not in made
    assert [path.name for path in (tmp_path / "stick").iterdir()] == ["all.muniment"]
    assert run("backup", tmp_path / "missing" / "all.muniment").code == 2


def test_a_newer_archive_is_3_and_a_broken_one_4(
    run: Run, document: str, archive_folder: Path
) -> None:
    import sqlite3

    connection = sqlite3.connect(archive_folder / "archive.sqlite")
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    assert run("documents").code == 3
    for name in ("archive.sqlite-wal", "archive.sqlite-shm"):
        (archive_folder / name).unlink(missing_ok=True)
    (archive_folder / "archive.sqlite").write_bytes(b"garbage" * 1000)
    broken = run("documents")
    assert broken.code == 4
    assert "restore" in broken.err


def test_json_is_all_there_is_on_standard_output(run: Run, report: Path) -> None:
    def lines(*arguments: Any) -> None:
        for line in run(*arguments).out.splitlines():
            json.loads(line)

    lines("import", report)
    lines("documents")
    lines("search", "court")
    lines("check")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_odd_file_names_are_taken_and_shown_harmlessly(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    for number, name in enumerate(
        (b"bad\xff.txt", b"esc\x1b[31m.txt", b"line\nfeed.txt", "turn\u202etxt.txt".encode())
    ):
        (folder / os.fsdecode(name)).write_text(f"Words {number}.")
    os.mkfifo(folder / "pipe.txt")
    shown = run("import", folder, json=False)
    assert shown.code == 1
    assert len(shown.out.splitlines()) == 5
    assert not set("\x1b\u202e") & set(shown.out)
    assert shown.out.count("added") == 4
    records = run("documents").records
    assert len(records) == 4
    assert len(run("search", "Words").records) == 4


def test_quiet_names_only_what_failed(run: Run, report: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    ran = run("--quiet", "import", tmp_path, json=False)
    assert (ran.code, ran.out) == (1, "")
    (line,) = ran.err.splitlines()
    assert "broken.pdf" in line
    assert run("--quiet", "documents").record["title"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_without_a_screen_the_window_says_so(
    run: Run, archive_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    ran = run(json=False)
    assert ran.code == 2
    assert "no screen" in ran.err
    assert not archive_folder.exists()
