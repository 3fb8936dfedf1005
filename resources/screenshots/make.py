"""Takes the screenshots anew: `python -m resources.screenshots.make`.

The demo archive is made in a temporary folder and shown in the real window,
once light and once dark, at 1280 by 800.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

# The pictures are the same with and without a screen.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.application import make_application, make_window
from app.session import Target
from app.settings import Settings
from app.theme import Theme
from app.views.main_window import MainWindow
from index import demo
from index.library import Library
from index.model import BundleSection, ExportRequest

FOLDER = Path(__file__).parent
QUERY = "Sadvakasov detention"
REVIEWED = "Yerlan Sadvakasov"


def settle(window: MainWindow) -> None:
    """Wait until the window has nothing more to do."""
    quiet = 0
    deadline = time.monotonic() + 60
    while quiet < 10 and time.monotonic() < deadline:
        QApplication.processEvents()
        time.sleep(0.03)
        quiet = 0 if window.session.jobs.busy() else quiet + 1


def search(window: MainWindow) -> None:
    """Search, and open the first result."""
    window.show_activity("search")
    window.focus_field()
    QTest.keyClicks(window.top.field, QUERY)
    settle(window)
    QTest.keyClick(window.top.field, Qt.Key.Key_Return)
    settle(window)


def passage(window: MainWindow) -> None:
    """Show a passage with everything known about it."""
    search(window)
    found = next(each for each in window.session.library.passages() if each.entities)
    window.session.open(Target(found.document, passage=found.id))
    settle(window)


def library(window: MainWindow) -> None:
    """Show the list of documents, one of them open."""
    search(window)
    window.show_activity("library")
    settle(window)


def entities(window: MainWindow) -> None:
    """Show what is to be reviewed of one person."""
    from app.views.entities_view import EntitiesView

    window.show_activity("entities")
    settle(window)
    view = window.view("entities")
    assert isinstance(view, EntitiesView)
    view.show_entity(window.session.library.entity(REVIEWED).id)
    settle(window)


def passages(window: MainWindow) -> None:
    """Show the list of passages, one of them open."""
    passage(window)
    window.show_activity("passages")
    settle(window)


def bundles(window: MainWindow) -> None:
    """Show a bundle with two sections."""
    opened = window.session.library
    under = {
        heading: tuple(each.id for each in opened.passages(entity=opened.entity(name).id))
        for heading, name in (("The water", "Clean water"), ("The arrests", "Arbitrary detention"))
    }
    sections = tuple(BundleSection(heading, ids) for heading, ids in under.items())
    everything = tuple(dict.fromkeys(one for ids in under.values() for one in ids))
    opened.add_bundle(
        ExportRequest(title="Water and speech, 2019", passages=everything, sections=sections)
    )
    window.show_activity("bundles")
    settle(window)


SCENES: dict[str, Callable[[MainWindow], None]] = {
    "search": search,
    "passage": passage,
    "library": library,
    "review": entities,
    "passages": passages,
    "bundle": bundles,
}


def take(archive: Path, look: str, scene: str, settings: Path) -> None:
    """Show one scene in a window of its own and keep its picture."""
    theme = Theme()
    kept = Settings(settings)
    kept.theme = look
    theme.apply(make_application(), look, kept.text_size)
    with Library.open(archive) as opened:
        window = make_window(opened, kept, theme)
        window.resize(1280, 800)
        window.show()
        settle(window)
        SCENES[scene](window)
        window.grab().save(str(FOLDER / f"{scene}-{look}.png"))
        window.close()
        window.deleteLater()
        QApplication.processEvents()


def main() -> int:
    """Take every scene, or those named, light and dark."""
    scenes = sys.argv[1:] or list(SCENES)
    with tempfile.TemporaryDirectory() as folder:
        made = demo.make(Path(folder))
        for look in ("light", "dark"):
            for scene in scenes:
                take(made.archive, look, scene, Path(folder, f"{scene}-{look}.ini"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
