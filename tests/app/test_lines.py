"""Lines from character boxes: ranges, points and both ways of writing."""

from hypothesis import given
from hypothesis import strategies as st

from app.widgets.reader.lines import PageBoxes
from app.widgets.reader.words import next_word, previous_word, trimmed, word_at
from index.model import Rect

WIDE, HIGH = 6.0, 10.0


def boxes_of(lines: list[str]) -> tuple[list[Rect], str]:
    """Return the boxes of lines under each other, with an empty one for every break."""
    boxes: list[Rect] = []
    for row, line in enumerate(lines):
        for column in range(len(line)):
            left, top = 50 + column * WIDE, 40 + row * 14
            boxes.append(Rect(left, top, left + WIDE, top + HIGH))
        boxes.append(Rect(0, 0, 0, 0))
    return boxes, "".join(line + "\n" for line in lines)


LINES = st.lists(st.text("abc ", min_size=1, max_size=20), min_size=1, max_size=6)


@given(LINES)
def test_every_character_is_hit_where_it_is(lines: list[str]) -> None:
    boxes, text = boxes_of(lines)
    page = PageBoxes(boxes, text)
    assert len(page.lines) == len(lines)
    for place, box in enumerate(boxes):
        if box.right > box.left:
            assert page.offset_at(box.left + 1, box.top + 5) == place
            assert page.offset_at(box.right - 1, box.top + 5) == place + 1


@given(LINES, st.data())
def test_one_rectangle_a_line(lines: list[str], data: st.DataObject) -> None:
    boxes, text = boxes_of(lines)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    rects = PageBoxes(boxes, text).rects(start, end)
    touched = {box.top for box in boxes[start:end] if box.right > box.left}
    assert [rect.top for rect in rects] == sorted(touched)


def test_right_of_a_short_line_is_its_end() -> None:
    boxes, text = boxes_of(["a long line of words", "short", "another long line of words"])
    page = PageBoxes(boxes, text)
    assert page.offset_at(400, 40 + 14 + 5) == text.index("short") + 5


def test_columns_stay_apart() -> None:
    left, _ = boxes_of(["one two", "three"])
    right = [Rect(b.left + 300, b.top, b.right + 300, b.bottom) if b.right else b for b in left]
    page = PageBoxes([*left, *right], "one two\nthree\n" * 2)
    assert len(page.lines) == 4
    assert page.offset_at(352, 45) == 14


def test_right_to_left_line() -> None:
    word = "سلام"
    boxes = [Rect(100 - i * 6, 10, 106 - i * 6, 20) for i in range(len(word))]
    page = PageBoxes(boxes, word)
    assert len(page.lines) == 1
    assert page.offset_at(105.5, 15) == 0
    assert page.offset_at(100 - 3 * 6 + 0.5, 15) == 4
    edge = page.edge(0)
    assert edge is not None and edge.left == 106


def test_words() -> None:
    text = "the Nur-Otan party’s assem\ufffe\r\nblies, 2016"
    assert word_at(text, 5) == (4, 12)
    assert text[slice(*word_at(text, 14))] == "party’s"
    assert text[slice(*word_at(text, 22))] == "assem\ufffe\r\nblies"
    assert text[slice(*word_at(text, len(text)))] == "2016"
    assert next_word(text, 4) == text.index("party")
    assert previous_word(text, len(text)) == text.index("2016")
    assert trimmed(" ab \n", 0, 5) == (1, 3)
