"""Letters that were drawn after their line stand where they are seen."""

from contextlib import closing
from pathlib import Path

import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from index.model import ImportOptions, Rect
from index.reading import Readers

OPTIONS = ImportOptions(ocr="never")


def late(path: Path, lines: list[str], missing: str) -> Path:
    """Write lines whose letters in `missing` are drawn behind the rest of their line."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    for number, line in enumerate(lines):
        x, y = 20.0, 30 + 8 * number
        places = [x + pdf.get_string_width(line[:at]) for at in range(len(line))]
        piece = ""
        for at, sign in enumerate([*line, missing]):
            if sign in missing and piece:
                pdf.text(places[at - len(piece)], y, piece)
                piece = ""
            elif sign not in missing:
                piece += sign
        for at, sign in enumerate(line):
            if sign in missing:
                pdf.text(places[at], y, sign)
    pdf.output(str(path))
    return path


def test_late_letters_are_put_back(readers: Readers, tmp_path: Path) -> None:
    lines = ["they questioned the quiet quartz queue", "nothing is late in this line"]
    path = late(tmp_path / "late.pdf", lines, "q")
    text = readers.read(path, OPTIONS).pages[0].text
    assert [line.strip() for line in text.split("\n")] == lines


def test_rectangles_of_late_letters_lie_where_they_are_seen(
    readers: Readers, tmp_path: Path
) -> None:
    line = "they questioned the quiet quartz queue"
    path = late(tmp_path / "late.pdf", [line], "q")
    text = readers.read(path, OPTIONS).pages[0].text
    with closing(readers.open(path, "application/pdf")) as view:
        boxes = view.boxes(0)
        (word,) = view.rects(0, text.index("quartz"), text.index("quartz") + 6)
    lefts = [box.left for box, sign in zip(boxes, text, strict=True) if sign not in " \n"]
    assert lefts == sorted(lefts)
    assert _inside(boxes[text.index("quartz")], word)


def _inside(box: Rect, around: Rect) -> bool:
    return around.left - 1 <= (box.left + box.right) / 2 <= around.right + 1


@settings(max_examples=15, deadline=None)
@given(words=st.lists(st.text("qwertzuk", min_size=2, max_size=8), min_size=4, max_size=9))
def test_any_line_is_the_same_early_or_late(
    readers: Readers, tmp_path_factory: pytest.TempPathFactory, words: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("late")
    line = " ".join(words)
    read = []
    for missing in ("q", "#"):
        path = late(folder / f"{missing == 'q'}.pdf", [line], missing)
        read.append(readers.read(path, OPTIONS).pages[0].text.split())
    if sum(word.count("q") for word in words) > 3:
        assert read[0] == read[1]
