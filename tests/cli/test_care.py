"""The commands that look after documents: versions, reread, repair, ocr, labels."""

import shutil
from pathlib import Path

import pytest
from fpdf import FPDF

from tests.cli.conftest import Run

FIRST = """Report on the trial

The court sentenced the editor of the newspaper to five years in prison on Monday.

Observers were not admitted to the hearing, and no reasons were given for that.

A paragraph about wheat prices in the north that the next edition leaves out.
"""
SECOND = FIRST.replace("Report on", "Report on the second day of").partition("A paragraph about")[0]


@pytest.fixture
def report(tmp_path: Path, run: Run) -> str:
    path = tmp_path / "first.txt"
    path.write_text(FIRST)
    run("entities", "add", "Theme", "Trial")
    return str(run("import", path).record["document"])


def test_a_newer_version_takes_passages_over_and_names_the_lost(
    run: Run, report: str, tmp_path: Path
) -> None:
    moved = run(
        "tag", report, "--quote", "sentenced the editor of the newspaper", "--entity", "Trial"
    ).record["passage"]
    lost = run("tag", report, "--quote", "wheat prices in the north", "--entity", "Trial").record[
        "passage"
    ]
    (tmp_path / "second.txt").write_text(SECOND)
    done = run("versions", report, "--attach", tmp_path / "second.txt")
    assert done.code == 1
    assert done.record["moved"] == [moved] and done.record["lost"] == [lost]
    assert done.record["replaces"] == report
    chain = run("versions", report).records
    assert [each["document"] for each in chain] == [report, done.record["document"]]
    waiting = run("repair").record
    assert waiting["passage"] == lost and waiting["anchor"] == "lost"
    assert waiting["places"][0]["text"] == "wheat prices in the north"
    placed = run("repair", lost, "--place", len(waiting["places"]))
    assert placed.code == 0 and placed.record["anchor"] == "exact"
    assert run("repair").records == []
    assert run("repair", lost, "--place", 99).code == 2
    assert run("repair", lost, "--at", 0, 6).record["quote"] == "Report"
    assert run("repair", lost, "--lost").record["anchor"] == "lost"
    assert run("versions", report, "--attach", report).code == 2


def test_reading_again_says_what_became_of_passages_and_is_undone(run: Run, report: str) -> None:
    passage = run(
        "tag", report, "--quote", "Observers were not admitted", "--entity", "Trial"
    ).record["passage"]
    done = run("reread", report)
    assert (done.code, done.record["exact"]) == (0, [passage])
    assert run("reread", "--outdated").records == []
    assert run("reread").code == 2
    assert run("reread", report, "--encoding", "utf-16").code == 1
    assert run("text", report, json=False).out != FIRST
    assert "Read" in run("undo").record["undone"]
    assert run("text", report, json=False).out == FIRST
    assert run("passages").record["anchor"] == "exact"


def numbered(path: Path) -> Path:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=12)
    for number in range(5, 12):
        pdf.add_page()
        pdf.text(20, 30, f"Chapter text of some page {chr(60 + number)}")
        pdf.text(100, 285, str(number))
    pdf.output(str(path))
    return path


def test_labels_are_listed_accepted_and_set(run: Run, tmp_path: Path) -> None:
    document = run("import", numbered(tmp_path / "a.pdf")).record["document"]
    listed = run("labels", document).records
    assert [each["label"] for each in listed] == list("1234567")
    assert [each["printed"] for each in listed] == ["5", "6", "7", "8", "9", "10", "11"]
    accepted = run("labels", document, "--accept").records
    assert [each["label"] for each in accepted] == ["5", "6", "7", "8", "9", "10", "11"]
    assert run("labels", document, "--accept").code == 2
    changed = run("labels", document, "--set", "1=i", "4=1").records
    assert [each["label"] for each in changed] == ["i", "ii", "iii", "1", "2", "3", "4"]
    assert run("labels", document, "--set", "1=one").code == 2
    assert run("labels", document, "--set", "99=1").code == 2
    run("undo")
    assert run("labels", document).records[0]["label"] == "5"


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract")
def test_scanned_pages_are_recognised_on_command(run: Run, tmp_path: Path) -> None:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (1240, 600), "white")
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 48)
    ImageDraw.Draw(image).text((80, 200), "The archive was closed in March", "black", font=font)
    image.save(tmp_path / "scan.pdf")
    document = run("import", tmp_path / "scan.pdf", "--ocr", "never").record["document"]
    assert run("documents").record["unsearchable_pages"] == [1]
    done = run("ocr", document, "--language", "en").record
    assert (done["pages"], done["unsearchable_pages"]) == (1, [])
    assert "archive was closed" in run("text", document, json=False).out
    assert run("ocr").records == []
