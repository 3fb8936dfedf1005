"""Work off the window's thread: one worker writes, a few read, drawing has its own.

Nothing slow is called on the window's thread. A view hands a function to
`Jobs.run`; the function gets the job itself as its `Progress`, and what it
returns reaches `done` back on the window's thread.
"""

import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from index.errors import MunimentError
from index.explaining import explained
from index.progress import Cancelled, Progress

T = TypeVar("T")

SHOW_AFTER = 0.3  # seconds before a job is worth a line on the screen
TICK = 100  # milliseconds between two updates of that line
LANES = {"write": 1, "read": 3, "draw": 2, "slow": 1, "recognise": 1}  # workers each


class Job:
    """One piece of work under way; reports on its own thread, is read on the window's."""

    def __init__(self, label: str, key: str | None, owner: QObject | None, lane: str) -> None:
        self.label = label
        self.key = key
        self.owner = owner
        self.lane = lane
        self.stake = lane in ("write", "recognise")  # the user will miss what it does not do
        self.begun = time.monotonic()
        self.state: tuple[int, int, str] = (0, 0, "")
        self.stopped = False  # asked to stop; ends at its next report
        self.dropped = False  # nobody wants its result any more
        self.future: Future[None] | None = None

    def report(self, done: int, total: int, text: str = "") -> None:
        """Note how far the work is, and raise `Cancelled` when it shall stop."""
        if self.stopped:
            raise Cancelled
        self.state = (done, total, text)

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self.stopped = True

    def drop(self) -> None:
        """Stop the work and forget its result, with no word to anybody."""
        self.dropped = self.stopped = True


class Jobs(QObject):
    """All work of one window.

    `shown` carries the job for the status line (or None) at most ten times a
    second and not before 300 ms; `problem` carries a sentence of the
    library's; `crashed` carries an exception of ours and its traceback.
    """

    shown = Signal(object)
    problem = Signal(str)
    crashed = Signal(object, str)
    idle = Signal()
    _finished = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools = {
            lane: ThreadPoolExecutor(count, thread_name_prefix=lane)
            for lane, count in LANES.items()
        }
        self._jobs: list[Job] = []
        self._showing = False
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._show)

    def run(
        self,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        label: str = "",
        write: bool = False,
        key: str | None = None,
        owner: QObject | None = None,
        lane: str = "read",
        stake: bool = False,
    ) -> Job:
        """Call `work` on a worker and `done` with its result on this thread.

        A newer job with the same `key` drops the older one. When `owner` is
        gone, so is the result. `failed` gets what the library raised, or
        `Cancelled`; without it a library error is shown as its sentence.
        Other exceptions are bugs: they are shown with their details, and then
        `failed` is told, so that a view can stop waiting. A job without a
        `label` never appears in the status line. What may take seconds and
        nobody waits for goes into the lane "slow". `stake` says of a job that does
        not write in the archive that the window should not close on it unasked.
        """
        if key is not None:
            self.drop(key)
        job = Job(label, key, owner, "write" if write else lane)
        job.stake = job.stake or stake
        if self._closed:
            job.drop()
            return job
        self._jobs.append(job)
        job.future = self._pools[job.lane].submit(self._work, job, work, done, failed)
        if not self._timer.isActive():
            self._timer.start()
        return job

    def drop(self, key: str) -> None:
        """Stop the job with this key, if there is one, and forget its result."""
        for job in self._jobs:
            if job.key == key:
                job.drop()

    def writing(self) -> bool:
        """Say whether a write is under way or waiting."""
        return any(job.lane == "write" for job in self._jobs)

    def at_stake(self) -> Job | None:
        """Return work that would be cut short if the window closed now, if there is any."""
        return next((job for job in self._due() if job.stake), None)

    def busy(self) -> bool:
        """Say whether any job is under way or waiting."""
        return bool(self._jobs)

    def close(self) -> None:
        """Stop every job and wait for the workers to end."""
        self._closed = True
        self._timer.stop()
        for job in self._jobs:
            job.drop()
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)
        self._jobs.clear()

    def _work(
        self,
        job: Job,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None,
    ) -> None:
        try:
            job.report(0, 0)  # stopped before it began
            finish: Callable[[], None] = partial(done, work(job))
        except Exception as error:
            told = explained(error) or error
            finish = partial(self._fail, told, traceback.format_exc(), failed)
        if not self._closed:
            self._finished.emit(job, finish)

    def _deliver(self, job: Job, finish: Callable[[], None]) -> None:
        if job in self._jobs:
            self._jobs.remove(job)
        try:
            gone = job.owner is not None and not shiboken6.isValid(job.owner)
            if not (job.dropped or gone or self._closed):
                finish()
        finally:
            if not self._jobs:
                self._timer.stop()
                self._show()
                self.idle.emit()

    def _fail(
        self, error: Exception, details: str, failed: Callable[[Exception], None] | None
    ) -> None:
        expected = isinstance(error, MunimentError | Cancelled)
        if not expected:
            self.crashed.emit(error, details)
        if failed is not None:
            failed(error)
        elif isinstance(error, MunimentError):
            self.problem.emit(str(error))

    def _show(self) -> None:
        due = self._due()
        if due or self._showing:
            self.shown.emit(due[0] if due else None)
        self._showing = bool(due)

    def _due(self) -> list[Job]:
        """Return the jobs that are worth a line, writes first: they are what the user waits for."""
        now = time.monotonic()
        due = [job for job in self._jobs if job.label and now - job.begun >= SHOW_AFTER]
        return sorted(due, key=lambda job: (job.lane != "write", job.begun))
