"""A lock on an archive that holds between processes and dies with its holder."""

import contextlib
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from index.errors import ArchiveLocked, ArchiveUnavailable

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


class FileLock:
    """Hold the file `path` locked, again and again within one process.

    Threads of this process queue for as long as it takes; another process is
    waited for `patience` seconds, then `ArchiveLocked` is raised.
    """

    def __init__(self, path: Path, patience: float = 10.0) -> None:
        self.path = path
        self.patience = patience
        self._thread = threading.RLock()
        self._depth = 0
        self._descriptor = -1

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock for the length of a `with` block; may be nested."""
        with self._thread:
            if self._depth == 0:
                self._acquire()
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._release()

    def _acquire(self) -> None:
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise ArchiveUnavailable(
                f"The archive folder {self.path.parent} cannot be written to."
            ) from error
        deadline = time.monotonic() + self.patience
        while not _try_lock(descriptor):
            if time.monotonic() > deadline:
                os.close(descriptor)
                raise ArchiveLocked(
                    "Another program is changing this archive. Try again when it is done."
                )
            time.sleep(0.02)
        self._descriptor = descriptor

    def _release(self) -> None:
        _unlock(self._descriptor)
        os.close(self._descriptor)
        self._descriptor = -1
