"""The reader helper: imports every codec and library once, then forks one locked child a job.

It is a process of its own, started from nothing; it never opens a foreign file
and ends when the program that started it does.
"""

import array
import contextlib
import ctypes
import gc
import json
import os
import selectors
import signal
import socket
import sys
from typing import Any

from index.reading import lockdown, preload, worker

GREETING = {"ready": True}
M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_THRESHOLD = -1, -2, -3
KEPT, GROWTH = 256 << 20, 1 << 20


class Zygote:
    """Listens on one socket, forks children, and says how each ended."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._text = b""
        self._descriptors: list[int] = []
        self._children: dict[int, int] = {}  # process id -> job
        self._wake_in, self._wake_out = os.pipe()
        for descriptor in (self._wake_in, self._wake_out):
            os.set_blocking(descriptor, False)

    def run(self) -> None:
        """Serve until the other side hangs up, then end every child."""
        signal.set_wakeup_fd(self._wake_out, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        selector = selectors.DefaultSelector()
        selector.register(self._control, selectors.EVENT_READ)
        selector.register(self._wake_in, selectors.EVENT_READ)
        self._say(GREETING)
        while True:
            for key, _ in selector.select():
                if key.fileobj is self._control:
                    if not self._listen():
                        return self._end_all()
                else:
                    self._reap()

    def _say(self, words: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):
            self._control.sendall(json.dumps(words).encode("ascii") + b"\n")

    def _listen(self) -> bool:
        """Take in what was asked; return whether anybody is still there."""
        try:
            data, ancillary, _, _ = self._control.recvmsg(65536, socket.CMSG_SPACE(64 * 4))
        except OSError:
            return False
        for level, kind, content in ancillary:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                numbers = array.array("i")
                numbers.frombytes(content[: len(content) - len(content) % numbers.itemsize])
                self._descriptors += numbers
        if not data:
            return False
        *lines, self._text = (self._text + data).split(b"\n")
        for line in lines:
            words = json.loads(line)
            if "kill" in words:
                self._kill(words["kill"])
            else:
                self._fork(words["job"])
        return True

    def _fork(self, job: int) -> None:
        file, channel, place, *self._descriptors = self._descriptors
        child = os.fork()
        if child == 0:
            self._become_worker(file, channel, place)
        for descriptor in (file, channel, place):
            os.close(descriptor)
        self._children[child] = job

    def _become_worker(self, file: int, channel: int, place: int) -> None:
        """Run in the child: drop what is the helper's, do the job, leave without cleaning up."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            lockdown.die_with_parent()
            self._control.close()
            for descriptor in (self._wake_in, self._wake_out, *self._descriptors):
                os.close(descriptor)
            worker.run(channel, os.dup(channel), lockdown.lock_down, file, place)
        finally:
            os._exit(0)

    def _kill(self, job: int) -> None:
        for child, of in self._children.items():
            if of == job:
                os.kill(child, signal.SIGKILL)

    def _reap(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self._wake_in, 4096)
        for child in list(self._children):
            done, status, usage = os.wait4(child, os.WNOHANG)
            if done:
                job = self._children.pop(child)
                self._say(
                    {
                        "ended": job,
                        "code": os.waitstatus_to_exitcode(status),
                        "kilobytes": usage.ru_maxrss,
                        "seconds": round(usage.ru_utime + usage.ru_stime, 3),
                    }
                )

    def _end_all(self) -> None:
        for child in self._children:
            with contextlib.suppress(OSError):
                os.kill(child, signal.SIGKILL)


def _keep_freed_memory() -> None:
    """Have the C library keep what a page gave back for the next page.

    By itself it returns large pieces to the system, which then clears and maps them anew
    for every page; the limits of a reader hold in either case.
    """
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        for option in (M_MMAP_THRESHOLD, M_TRIM_THRESHOLD):
            libc.mallopt(option, KEPT)
        libc.mallopt(M_TOP_PAD, GROWTH)


def main(arguments: list[str]) -> None:
    """Serve on the socket whose number is given, or do one job over standard input and output."""
    preload.everything(arguments[0])
    lockdown.prepare()
    if arguments[1] == "--once":
        worker.run(os.dup(0), os.dup(1), lockdown.lock_down, None)
        return
    lockdown.leave_the_network()
    _keep_freed_memory()
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=int(arguments[1])) as control:
        Zygote(control).run()


if __name__ == "__main__":
    main(sys.argv[1:])
