"""Typing in the window of a large archive: from the request to the rows that show its answer.

    python -m tests.benchmarks.typing_window [PAGES] [FOLDER]

FOLDER may be that of `query_latency`. The pause that the window waits for the next
letter, and in which it paints the last answer, is left out; the workers, the way back
to the window's thread and the new rows are not. At the end searches are given up, and
it is measured how long their worker goes on.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.search_corpus import Corpus, archive
from tests.benchmarks.search_opening import WANTED_TYPING, verdict

if TYPE_CHECKING:
    from app.views.main_window import MainWindow
    from app.views.search_view import SearchView

Until = Callable[[Callable[[], bool]], float]

WANTED_CANCEL = 0.050
PAUSE = 0.15  # seconds between two letters


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = (Path(sys.argv[2]) if len(sys.argv) > 2 else Path(name)) / "ours"
        corpus = Corpus(pages)
        database, service = archive(folder, corpus)
        service.follow()
        database.close()
        words = [
            corpus.vocabulary[language][n]
            for n in (200, 3_000, 20_000)
            for language in ("en", "ru")
        ]
        type_in_window(folder, words, Path(name))


def type_in_window(folder: Path, words: list[str], settings: Path) -> None:
    """Open the window over the archive, type the words and print what it took."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from app.application import make_application, make_window
    from app.settings import Settings
    from app.theme import Theme
    from app.views.search_view import SearchView
    from index.library import Library

    application = make_application([])
    with Library.open(folder) as library:
        theme = Theme()
        theme.apply(application, "light", 13)
        window = make_window(library, Settings(settings / "settings.ini"), theme)
        window.resize(1280, 800)
        window.show()
        view = window.view("search")
        assert isinstance(view, SearchView)

        def until(condition: Callable[[], bool]) -> float:
            began = time.perf_counter()
            while not condition():
                # Asleep between events, as a window is: looking again and again would
                # take the interpreter from the worker.
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
            return time.perf_counter() - began

        def ask(text: str) -> float:
            # Before the next letter the window has painted the answer to the last one.
            pause = time.perf_counter() + PAUSE
            until(lambda: time.perf_counter() > pause)
            view.find_text(text)
            view._typing.stop()
            view.results = None
            view._search()
            return until(lambda: view.results is not None)

        until(lambda: not window.session.jobs.busy())
        ask(words[0])
        seconds = sorted(ask(word[:n]) for word in words for n in range(1, len(word) + 1))
        p95 = seconds[int(len(seconds) * 0.95)]
        print(
            f"typing in the window: median {1000 * seconds[len(seconds) // 2]:.0f} ms,"
            f" p95 {1000 * p95:.0f} ms, slowest {1000 * seconds[-1]:.0f} ms"
            f" ({verdict(p95, WANTED_TYPING)})"
        )
        late = max(_given_up(window, view, word[:3], until) for word in words)
        print(
            f"a search nobody waits for ends after {1000 * late:.0f} ms at most"
            f" ({verdict(late, WANTED_CANCEL)})"
        )
        window.close()
    application.quit()


def _given_up(
    window: "MainWindow",
    view: "SearchView",
    text: str,
    until: Callable[[Callable[[], bool]], float],
) -> float:
    """Search, give the search up, and return the seconds until its worker is free."""
    view.find_text(text)
    view._typing.stop()
    view._search()
    job = next(job for job in window.session.jobs._jobs if job.key == "search")
    time.sleep(0.005)
    window.session.jobs.drop("search")
    future = job.future
    assert future is not None
    return until(future.done)


if __name__ == "__main__":
    main()
