"""Texts that read from right to left begin at the right; slant is kept to scripts that have it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.direction import option_for, reads_leftward
from app.theme import Theme
from app.widgets.prose import Prose, upright
from app.widgets.reader_bar import ReaderBar
from index.model import Page, PageState


@pytest.mark.parametrize(
    ("text", "leftward"),
    [
        ("The report", False),
        ("… “الإعلان العالمي” of 1948", True),
        ("12. דו״ח", True),
        ("Доклад (أ)", False),
        ("1948 — …", False),
        ("", False),
    ],
)
def test_the_first_letter_decides(text: str, leftward: bool) -> None:
    assert reads_leftward(text) is leftward
    side = Qt.AlignmentFlag.AlignRight if leftward else Qt.AlignmentFlag.AlignLeft
    assert option_for(text).alignment() == side


def test_only_scripts_with_a_slant_are_slanted() -> None:
    kept = "<i>The Report</i> (2016)"
    assert upright(kept) == kept
    assert upright("<i>Доклад</i>") == "<i>Доклад</i>"
    assert upright("<i>الإعلان</i>, <i>Title</i>") == "الإعلان, <i>Title</i>"


def test_prose_breaks_long_names_and_copies_them_whole(qtbot: QtBot) -> None:
    name = "annual_report_" * 20 + ".pdf"
    prose = Prose.plain(f"File {name} & more")
    qtbot.addWidget(prose)
    assert prose.text() == f"File {name} & more"
    assert prose.heightForWidth(150) > 3 * prose.heightForWidth(5000)
    prose.resize(150, prose.heightForWidth(150))
    prose.show()
    assert prose.document().size().width() <= 150


def test_the_reader_bar_says_what_there_is_room_for(qtbot: QtBot) -> None:
    pane = QWidget()  # as in the window, it may be narrower than the whole bar
    qtbot.addWidget(pane)
    bar = ReaderBar(Theme(), pane)
    bar.resize(900, 40)
    pane.show()
    bar.show_page(Page("d", 0, "12", 0, 10, PageState.TEXT), 300)
    bar.show_zoom(1.1)
    bar.show_matches(0, 51)
    assert bar.matches.text() == "1 of 51 matches"
    assert bar.place.isVisible() and bar.page_word.isVisible() and bar.larger.isVisible()
    row = bar.layout()
    assert row is not None
    narrow = round(row.minimumSize().width() * 0.75)
    bar.resize(narrow, 40)
    assert bar.matches.text() == "1 of 51"
    assert bar.matches.toolTip() == "1 of 51 matches"
    assert row.minimumSize().width() <= narrow
    bar.resize(900, 40)
    assert bar.matches.text() == "1 of 51 matches" and bar.larger.isVisible()
