"""Long texts: only what is near the view is laid out, and places stay where they were."""

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from app.theme import LIGHT, PAGE_GAP
from app.widgets.reader.text_stack import KEPT, TextStack
from index.model import Page, PageState

SECTIONS = 2000


@pytest.fixture
def stack(qapp: QApplication) -> TextStack:
    """A text of many sections, some of one line and some of several."""
    parts = [
        f"Section {n}.\n" + "A sentence that wraps. " * (n % 60) + "\n" for n in range(SECTIONS)
    ]
    pages, start = [], 0
    for number, part in enumerate(parts):
        pages.append(Page("d", number, f"¶ {number}", start, start + len(part), PageState.TEXT))
        start += len(part)
    font = QFont()
    font.setPixelSize(15)
    made = TextStack(pages, "".join(parts), [part.count("\n") for part in parts], font, LIGHT)
    made.rescale(800, None)
    return made


def in_order(stack: TextStack) -> bool:
    return all(a < b for a, b in zip(stack.tops, stack.tops[1:], strict=False))


def test_only_what_is_seen_is_made(stack: TextStack) -> None:
    assert len(stack.sheets) == SECTIONS
    assert in_order(stack)
    stack.prepare(1000, 1003, 1.0)
    assert [n for n in range(SECTIONS) if stack.is_ready(n)] == list(range(999, 1005))
    assert stack.sheets[1000].start == 0 + sum(
        page.end - page.start for page in (stack.sheets[n].page for n in range(1000))
    )


def test_sheets_far_away_are_let_go_and_keep_their_height(stack: TextStack) -> None:
    stack.prepare(0, 3, 1.0)
    before = (stack.tops[3], stack.sheets[2].height)
    for first in range(0, SECTIONS, 5):
        stack.prepare(first, first + 5, 1.0)
    assert sum(stack.sheets.made(n) is not None for n in range(SECTIONS)) <= 5 * KEPT
    assert not stack.is_ready(2)
    assert (stack.tops[3], stack.sheets[2].height) == before
    height = stack.height
    stack.prepare(0, 3, 1.0)
    assert stack.height == height, "what was laid out before has the height it had"


def test_places_are_found_by_height_and_by_offset(stack: TextStack) -> None:
    stack.prepare(500, 501, 1.0)
    for index in (0, 499, 500, 501, SECTIONS - 1):
        assert stack.at(stack.tops[index]) == index
        assert stack.of(stack.sheets[index].start) == index
    assert stack.at(-5) == 0
    assert stack.height == pytest.approx(
        stack.tops[-1] + round(stack.sheets[SECTIONS - 1].height) + PAGE_GAP
    )


def test_another_size_starts_again(stack: TextStack) -> None:
    stack.prepare(10, 12, 1.0)
    before = stack.height
    stack.rescale(800, 2.0)
    assert not any(stack.is_ready(n) for n in range(9, 14))
    assert stack.height > before
    with pytest.raises(IndexError):
        stack.sheets[SECTIONS]
    assert stack.sheets[-1].end == stack.sheets[SECTIONS - 1].end


def test_paper_begins_and_ends_with_white_and_keeps_few_margins_where_it_is_narrow(
    stack: TextStack,
) -> None:
    stack.prepare(0, 2, 1.0)
    stack.prepare(SECTIONS - 2, SECTIONS - 1, 1.0)
    first, second, last = stack.sheets[0], stack.sheets[1], stack.sheets[SECTIONS - 1]
    assert first.lines()[0].rect.top() > second.lines()[0].rect.top() + 20
    assert last.height > last.lines()[-1].rect.bottom() + 20
    left = first.lines()[0].rect.left()
    stack.rescale(320, None)
    stack.prepare(0, 2, 1.0)
    narrow = stack.sheets[0].lines()[0].rect.left()
    assert 0 < narrow < left
    point = stack.sheets[0].lines()[0].rect.center()
    assert stack.sheets[0].offset_at(point) > 0
