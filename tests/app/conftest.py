"""What tests of the window ask for: a real archive with small reports, and the window over it."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fpdf import FPDF
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from app.application import make_application, make_window
from app.settings import LARGEST_TEXT, NORMAL_TEXT, Settings
from app.theme import Theme
from app.views.main_window import MainWindow
from app.widgets.reader.page_view import PageView
from index.library import Library
from tests import sealing

FIRST = (
    "Protest in the square. In May the police detained Maks Bokayev and Talgat Ayan in Atyrau, "
    "where thousands had spoken against the land reform. The court met behind closed doors."
)
SECOND = (
    "On the second page the sentence is read. Maks Bokayev was jailed for five years, and the "
    "judge forbade him to speak in public for three years more."
)
NOTICE = (
    "Заявление.\n\nСуд в Атырау признал Макса Бокаева виновным 😀 в организации протестов.\n\n"
    "The same day the square was closed.\n"
)


def write_report(path: Path) -> Path:
    """Write a small PDF of two pages."""
    pdf = FPDF(format="A4")
    pdf.set_title("The land protests")
    pdf.set_font("helvetica", size=12)
    for text in (FIRST, SECOND):
        pdf.add_page()
        pdf.multi_cell(0, 8, text)
    pdf.output(str(path))
    return path


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    """Have garbage collected as usual after a test in which a program stopped that."""
    yield
    gc.enable()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a PDF and a text report."""
    folder = tmp_path / "files"
    folder.mkdir()
    write_report(folder / "report.pdf")
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    return folder


ENCRYPTED = pytest.mark.parametrize("library", ["plain", "encrypted"], indirect=True)
"""Has a test run over an archive of either kind."""


@pytest.fixture
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    """A new archive with nothing in it."""
    encrypted = getattr(request, "param", "plain") == "encrypted"
    make = sealing.make if encrypted else Library.create
    with make(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """Let the tests' application be the program's own class."""
    return QApplication


@dataclass
class Driver:
    """The window with hands: waits for work to end, and drags over words."""

    window: MainWindow
    qtbot: QtBot

    def settle(self) -> None:
        """Wait until all work is done and everything it led to is too."""
        jobs = self.window.session.jobs
        for _ in range(3):
            self.qtbot.waitUntil(lambda: not jobs.busy(), timeout=60_000)
            QApplication.processEvents()

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait until a condition holds."""
        self.qtbot.waitUntil(condition, timeout=60_000)

    @property
    def view(self) -> PageView:
        """The page view of the document that is shown."""
        document = self.window.reader.current
        assert document is not None and document.view is not None
        return document.view

    def find(self, words: str) -> tuple[int, int]:
        """Return where words stand in the document that is shown."""
        start = self.view.text.index(words)
        return start, start + len(words)

    def drag(self, words: str) -> None:
        """Select words with the mouse, as they are seen."""
        start, end = self.find(words)
        first = self.view.range_rects(start, start + 1)[0]
        last = self.view.range_rects(end - 1, end)[-1]
        a = QPoint(first.left() + 1, first.center().y())
        b = QPoint(last.right(), last.center().y())
        port, button, none = self.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
        QTest.mousePress(port, button, none, a)
        QTest.mouseMove(port, (a + b) / 2)
        QTest.mouseMove(port, b)
        QTest.mouseRelease(port, button, none, b)


class Strays(QObject):
    """Notes widgets that flash as windows of their own because they are shown without a parent."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look on."""
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.windowType() == Qt.WindowType.Window
            and not isinstance(watched, QMainWindow)
        ):
            self.seen.append(type(watched).__name__)
        return False


@pytest.fixture
def driver(qtbot: QtBot, library: Library, tmp_path: Path, qapp: QApplication) -> Iterator[Driver]:
    """The real window over the archive, without a screen."""
    settings, theme = Settings(tmp_path / "window.ini"), Theme()
    theme.apply(make_application(), "light", 13)
    window = make_window(library, settings, theme)
    crashes: list[str] = []
    window.session.jobs.crashed.connect(lambda error, details: crashes.append(details))
    qtbot.addWidget(window)
    window.resize(1280, 800)
    strays = Strays()
    qapp.installEventFilter(strays)
    window.show()
    hands = Driver(window, qtbot)
    hands.settle()
    yield hands
    window.close()
    qapp.removeEventFilter(strays)
    assert not crashes, crashes[0]
    assert not strays.seen, f"a part of the window was shown as a window of its own: {strays.seen}"


@pytest.fixture
def large(driver: Driver, qapp: QApplication) -> Iterator[Driver]:
    """The window with the largest text, on a small screen."""
    theme = driver.window.session.theme
    theme.apply(qapp, "light", LARGEST_TEXT)
    driver.window.resize(1024, 700)
    yield driver
    theme.apply(qapp, "light", NORMAL_TEXT)
