"""Work off the window's thread: order, dropping, cancelling, and what becomes of errors."""

import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from app.jobs import Job, Jobs
from index.errors import BadInput
from index.progress import Cancelled, Progress


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def idle(qtbot: QtBot, jobs: Jobs) -> None:
    qtbot.waitUntil(lambda: not jobs.busy(), timeout=20_000)


def test_results_come_back_to_this_thread(qtbot: QtBot, jobs: Jobs) -> None:
    here, told = QThread.currentThread(), []
    jobs.run(
        lambda progress: threading.current_thread().name,
        done=lambda name: told.append((name, QThread.currentThread() is here)),
    )
    idle(qtbot, jobs)
    assert told and told[0][0].startswith("read") and told[0][1]


def test_writes_keep_their_order(qtbot: QtBot, jobs: Jobs) -> None:
    order: list[int] = []

    def work(number: int) -> int:
        time.sleep(0.01 * (5 - number))
        return number

    for number in range(5):
        jobs.run(lambda progress, number=number: work(number), done=order.append, write=True)
    assert jobs.writing()
    idle(qtbot, jobs)
    assert order == [0, 1, 2, 3, 4] and not jobs.writing()


def test_a_newer_job_drops_the_older(qtbot: QtBot, jobs: Jobs) -> None:
    gate, told = threading.Event(), []

    def slow(progress: Progress) -> str:
        gate.wait(10)
        return "old"

    jobs.run(slow, done=told.append, key="search")
    jobs.run(lambda progress: "new", done=told.append, key="search")
    gate.set()
    idle(qtbot, jobs)
    assert told == ["new"]


def test_cancel_reaches_the_work(qtbot: QtBot, jobs: Jobs) -> None:
    begun, errors = threading.Event(), []

    def work(progress: Progress) -> None:
        begun.set()
        for number in range(10_000):
            progress.report(number, 10_000)
            time.sleep(0.001)

    job = jobs.run(work, done=lambda nothing: errors.append("done"), failed=errors.append)
    assert begun.wait(10)
    job.cancel()
    idle(qtbot, jobs)
    assert len(errors) == 1 and isinstance(errors[0], Cancelled)


def test_library_errors_are_sentences_and_bugs_are_shown(qtbot: QtBot, jobs: Jobs) -> None:
    sentences: list[str] = []
    crashes: list[str] = []
    jobs.problem.connect(sentences.append)
    jobs.crashed.connect(lambda error, details: crashes.append(details))

    def bad(progress: Progress) -> None:
        raise BadInput("There is no such page.")

    def broken(progress: Progress) -> None:
        raise ZeroDivisionError("of ours")

    jobs.run(bad, done=print)
    jobs.run(broken, done=print)
    idle(qtbot, jobs)
    assert sentences == ["There is no such page."]
    assert len(crashes) == 1 and "ZeroDivisionError: of ours" in crashes[0]


def test_nothing_reaches_a_widget_that_is_gone(qtbot: QtBot, jobs: Jobs) -> None:
    gate, told = threading.Event(), []
    owner = QObject()
    jobs.run(lambda progress: gate.wait(10), done=told.append, owner=owner)
    import shiboken6

    shiboken6.delete(owner)
    gate.set()
    idle(qtbot, jobs)
    assert told == []


def test_quick_work_never_appears_and_slow_work_does(qtbot: QtBot, jobs: Jobs) -> None:
    shown: list[Job | None] = []
    jobs.shown.connect(shown.append)
    jobs.run(lambda progress: None, done=lambda nothing: None, label="Quick")
    idle(qtbot, jobs)
    assert shown == []
    gate = threading.Event()
    jobs.run(lambda progress: gate.wait(10), done=lambda nothing: None, label="Slow")
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    gate.set()
    idle(qtbot, jobs)
    assert shown[0] is not None and shown[0].label == "Slow" and shown[-1] is None
