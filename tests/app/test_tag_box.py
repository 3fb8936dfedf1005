"""The tag box: what is offered first, what the keys do, and where it stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.models.entity_choices import Choice, EntityChoices, recent_choices
from app.settings import Settings
from app.theme import Theme
from app.widgets.placing import place_beside
from app.widgets.tag_box import TagBox
from index.model import Alias, Entity

MAKS = Entity("1", "Person", "Maks Bokayev", (Alias("Макс Бокаев"),), passage_count=2)
TRIAL = Entity("2", "Event", "Bokaev trial, Atyrau")
OTAN = Entity("3", "Organization", "Nur-Otan", (Alias("Нұр Отан"),))
AYAN = Entity("4", "Person", "Talgat Ayan")
ALL = (MAKS, TRIAL, OTAN, AYAN)


def names(choices: list[Choice]) -> list[str]:
    return [choice.entity.id for choice in choices]


def test_best_entity_first() -> None:
    choices = EntityChoices(ALL)
    assert names(choices.find("bok")) == ["2", "1"]  # a beginning before a later word
    assert names(choices.find("maks bok")) == ["1"]
    assert names(choices.find("nur otan")) == ["3"]
    assert names(choices.find("отан")) == ["3"]
    assert choices.find("бокаев")[0].also == "Макс Бокаев" or names(choices.find("бокаев"))
    assert names(choices.find("a", recent=["4"]))[0] in ("4", "2")
    assert choices.find("   ") == []


def test_named_before_recent() -> None:
    known = {entity.id: entity for entity in ALL}
    assert names(recent_choices(["3"], ["4", "3", "gone"], known)) == ["3", "4"]


@pytest.fixture
def box(qtbot: QtBot) -> Iterator[TagBox]:
    window = QWidget()
    window.resize(600, 500)
    qtbot.addWidget(window)
    made = TagBox(Theme(), window)
    window.show()
    choices = EntityChoices(ALL)
    made.ask([Choice(MAKS), Choice(OTAN)], choices.find, suggested=0, name="Atyrau")
    made.show()
    yield made
    window.close()


def test_enter_accepts_the_best(qtbot: QtBot, box: TagBox) -> None:
    QTest.keyClicks(box.field, "tal")
    with qtbot.waitSignal(box.accepted) as signal:
        QTest.keyClick(box.field, Qt.Key.Key_Return)
    assert signal.args == ["4", ""]
    assert not box.isVisible()


def test_enter_takes_nobody_while_nothing_is_typed(qtbot: QtBot, box: TagBox) -> None:
    with qtbot.assertNotEmitted(box.accepted):
        QTest.keyClick(box.field, Qt.Key.Key_Return)
    assert box.isVisible()


def test_digits_take_recent_ones_only_before_typing(qtbot: QtBot, box: TagBox) -> None:
    QTest.keyClicks(box.field, "x")
    with qtbot.assertNotEmitted(box.accepted):
        QTest.keyClick(box.field, Qt.Key.Key_2)
    assert box.field.text() == "x2"
    box.field.clear()
    box._typed("")
    with qtbot.waitSignal(box.accepted) as signal:
        QTest.keyClick(box.field, Qt.Key.Key_2)
    assert signal.args == ["3", ""]


def test_control_enter_makes_a_new_one_of_the_words(qtbot: QtBot, box: TagBox) -> None:
    QTest.keyClick(box.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(box.field, Qt.Key.Key_Escape)  # back to the list, not out
    assert box.isVisible()
    QTest.keyClick(box.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(box.created) as signal:
        QTest.keyClick(box.field, Qt.Key.Key_4)
    assert signal.args == ["Place", "Atyrau", ""]


def test_note_alone(qtbot: QtBot, box: TagBox) -> None:
    QTest.keyClick(box.field, Qt.Key.Key_Tab)
    QTest.keyClicks(box.note, "Look again")
    with qtbot.waitSignal(box.noted) as signal:
        QTest.keyClick(box.note, Qt.Key.Key_Return)
    assert signal.args == ["Look again"]


def test_escape_gives_back(qtbot: QtBot, box: TagBox) -> None:
    with qtbot.waitSignal(box.closed):
        QTest.keyClick(box.field, Qt.Key.Key_Escape)
    assert not box.isVisible()


RECTS = st.lists(
    st.builds(
        QRect, st.integers(0, 700), st.integers(0, 500), st.integers(1, 500), st.integers(8, 40)
    ),
    min_size=1,
    max_size=6,
)


@given(RECTS)
def test_it_never_covers_the_words(words: list[QRect]) -> None:
    bounds, size = QRect(0, 0, 800, 600), QSize(300, 160)
    place = place_beside(size, words, bounds)
    if place is not None:
        box = QRect(place, size)
        assert bounds.contains(box)
        assert not any(box.intersects(rect) for rect in words)


def test_it_stands_below_then_above() -> None:
    bounds, size = QRect(0, 0, 800, 600), QSize(300, 160)
    assert place_beside(size, [QRect(100, 100, 200, 20)], bounds) == QPoint(100, 125)
    above = place_beside(size, [QRect(100, 560, 200, 20)], bounds)
    assert above is not None and above.y() + 160 <= 560


def test_settings_remember(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "w.ini")
    settings.text_size = 99
    settings.theme = "dark"
    settings.remember_archive(tmp_path)
    settings.remember_archive(tmp_path / "gone")
    settings.remember_entities(tmp_path, ["a", "b"])
    settings.remember_entities(tmp_path, ["b", "c"])
    settings.save()
    again = Settings(tmp_path / "w.ini")
    assert again.text_size == 24 and again.theme == "dark"
    assert again.recent_archives == (tmp_path,)
    assert again.recent_entities(tmp_path) == ("b", "c", "a")
    assert again.recent_entities(tmp_path / "gone") == ()
    (tmp_path / "w.ini").write_text("[look]\ntext_size=large\ntheme=plaid\n", encoding="utf-8")
    broken = Settings(tmp_path / "w.ini")
    assert broken.text_size == 13 and broken.theme == "system"
