"""The library's side of the reader helper: starts it, asks for readers, watches them."""

import contextlib
import functools
import itertools
import json
import os
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from index.errors import UnreadableFile
from index.files import AnyFile, with_descriptor
from index.reading import launch
from index.reading.place import Place
from index.reading.preload import ANY, PDF
from index.reading.watch import Watch, Watchdog

HAS_ZYGOTE = sys.platform == "linux"
"""Elsewhere a process cannot be forked safely after its libraries are loaded, or not at all."""


GRACE = 1.0
"""How long a reader that has finished may take to end by itself."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a reader ended: exit code (negative: a signal), peak memory, processor time."""

    code: int
    kilobytes: int = 0
    seconds: float = 0.0


class Reader(Protocol):
    """A reader process with one open file."""

    receiving: BinaryIO
    sending: BinaryIO
    file: bytes  # what is to be sent with the job where no descriptor can be passed

    def page(self) -> int | None:
        """Return the index of the page at work, None where that is not known."""

    def kill(self) -> None:
        """End the process at once."""

    def ending(self) -> Ending | None:
        """Wait a moment for the process to end and say how it did."""

    def close(self, *, finished: bool = False) -> None:
        """Let go of the process: one that has finished ends by itself, else it is ended now."""


class ForkedReader:
    """A child of the helper."""

    def __init__(self, zygote: "Zygote", job: int, channel: socket.socket, place: Place) -> None:
        self._zygote, self._job, self._channel, self._place = zygote, job, channel, place
        self.receiving: BinaryIO = channel.makefile("rb")
        self.sending: BinaryIO = channel.makefile("wb")
        self.file = b""

    def page(self) -> int | None:
        """Return the index of the page at work."""
        return self._place.page()

    def kill(self) -> None:
        """End the process at once."""
        self._zygote.kill(self._job)
        with contextlib.suppress(OSError):
            self._channel.shutdown(socket.SHUT_RDWR)

    def ending(self) -> Ending | None:
        """Wait a moment for the process to end and say how it did."""
        return self._zygote.ending(self._job)

    def close(self, *, finished: bool = False) -> None:
        """Close the channel; the process is ended now, or soon when it does not end by itself."""
        if not finished:
            self.kill()
        self._zygote.let_go(self._job)
        for stream in (self.sending, self.receiving, self._channel, self._place):
            with contextlib.suppress(OSError, ValueError):
                stream.close()


class Zygote:
    """The helper process; started when first needed, and again when it has died."""

    def __init__(self, kind: str, watch: Watch) -> None:
        self._kind, self._watch = kind, watch
        self._lock = threading.Lock()
        self._ended = threading.Condition()
        self._endings: dict[int, Ending] = {}
        self._let_go: dict[int, Watchdog] = {}  # jobs of which nobody asks any more
        self._jobs = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self.peak_kilobytes = 0

    def open(self, path: AnyFile) -> ForkedReader:
        """Start a reader over the file at `path`, which is opened here and not there."""
        try:
            with with_descriptor(path) as file, self._lock:
                ours, theirs = socket.socketpair()
                place = Place()
                with theirs:
                    job = next(self._jobs)
                    try:
                        self._ask(job, [file.fileno(), theirs.fileno(), place.descriptor])
                    except OSError:
                        ours.close()
                        place.close()
                        raise
                return ForkedReader(self, job, ours, place)
        except OSError as error:
            raise UnreadableFile(f"The file could not be read: {error.strerror}.") from error

    def _ask(self, job: int, descriptors: list[int]) -> None:
        for attempt in range(2):
            control = self._running()
            try:
                socket.send_fds(control, [json.dumps({"job": job}).encode() + b"\n"], descriptors)
                return
            except OSError:
                self._forget()
                if attempt:
                    raise

    def _running(self) -> socket.socket:
        if self._control is not None and self._process is not None and self._process.poll() is None:
            return self._control
        self._forget()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                launch.command(self._kind, str(theirs.fileno())),
                pass_fds=[theirs.fileno()],
                env=launch.environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._control = ours
        threading.Thread(target=self._listen, args=(ours,), name="readers", daemon=True).start()
        return ours

    def _listen(self, control: socket.socket) -> None:
        """Take in how readers ended, until the helper hangs up."""
        with contextlib.suppress(OSError, ValueError), control.makefile("rb") as lines:
            for line in lines:
                words: dict[str, Any] = json.loads(line)
                if "ended" in words:
                    ending = Ending(words["code"], words["kilobytes"], words["seconds"])
                    self._has_ended(words["ended"], ending)

    def _has_ended(self, job: int, ending: Ending) -> None:
        with self._ended:
            self.peak_kilobytes = max(self.peak_kilobytes, ending.kilobytes)
            watchdog = self._let_go.pop(job, None)
            if watchdog is None:
                self._endings[job] = ending
                self._ended.notify_all()
            else:
                watchdog.close()

    def kill(self, job: int) -> None:
        """End the reader with this job, if it still runs."""
        with self._lock:
            if self._control is not None:
                with contextlib.suppress(OSError):
                    self._control.sendall(json.dumps({"kill": job}).encode() + b"\n")

    def ending(self, job: int, seconds: float = 2.0) -> Ending | None:
        """Wait a moment for a reader to end and say how it did; asked once."""
        with self._ended:
            self._ended.wait_for(lambda: job in self._endings, seconds)
            return self._endings.pop(job, None)

    def let_go(self, job: int) -> None:
        """Expect a reader to end by itself, and end it when it does not."""
        with self._ended:
            if self._endings.pop(job, None) is None:
                watchdog = self._let_go[job] = self._watch.over(functools.partial(self.kill, job))
                watchdog.allow(GRACE)

    def _forget(self) -> None:
        if self._control is not None:
            with contextlib.suppress(OSError):
                self._control.shutdown(socket.SHUT_RDWR)
            self._control.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._control = self._process = None

    def close(self) -> None:
        """End the helper and every reader."""
        with self._lock:
            self._forget()


class SpawnedReader:
    """A process started for one job, where there is no helper to fork from."""

    def __init__(self, path: AnyFile, kind: str) -> None:
        try:
            self.file = path.read_bytes()
        except OSError as error:
            raise UnreadableFile(f"The file could not be read: {error.strerror}.") from error
        self._process = subprocess.Popen(
            launch.command(kind, "--once"),
            env=launch.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self.sending: BinaryIO = self._process.stdin  # type: ignore[assignment]
        self.receiving: BinaryIO = self._process.stdout  # type: ignore[assignment]

    def page(self) -> int | None:
        """Return None: such a reader sends every page by itself."""
        return None

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()

    def ending(self) -> Ending | None:
        """Wait a moment for the process to end and say how it did."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return Ending(self._process.wait(2.0))
        return None

    def close(self, *, finished: bool = False) -> None:
        """End the process and close the pipes."""
        self.kill()
        for stream in (self.sending, self.receiving):
            with contextlib.suppress(OSError, ValueError):
                stream.close()
        self._process.wait()


class Spawner:
    """Starts readers in the way this system allows."""

    def __init__(self, zygote: bool = HAS_ZYGOTE) -> None:
        self.watch = Watch()
        self.zygotes = {kind: Zygote(kind, self.watch) for kind in (PDF, ANY)} if zygote else {}

    def open(self, path: AnyFile, kind: str = PDF) -> Reader:
        """Start a reader of a kind over a file; raise `UnreadableFile` when that cannot be."""
        if kind in self.zygotes:
            return self.zygotes[kind].open(path)
        return SpawnedReader(path, kind)

    @property
    def peak_memory(self) -> int:
        """The most memory that any reader has held, in bytes, as far as it is known."""
        return max((zygote.peak_kilobytes << 10 for zygote in self.zygotes.values()), default=0)

    def close(self) -> None:
        """End every reader of the helper."""
        for zygote in self.zygotes.values():
            zygote.close()


def cores() -> int:
    """Return how many readers may work side by side."""
    return max(1, os.cpu_count() or 1)
