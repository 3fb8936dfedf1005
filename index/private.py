"""A private folder for a while, in memory where the system has one with enough room."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

MEMORY = Path("/dev/shm")  # Linux; elsewhere what is in the folder lies on the disk for a while
SPARE = 64 << 20  # bytes


@contextlib.contextmanager
def folder(prefix: str, size: int, otherwise: Path | None = None) -> Iterator[Path]:
    """Give a folder for files of about so many bytes that nobody else may look into.

    It is in memory if that leaves room for as much again, else in `otherwise` or where the
    system has temporary files. It is removed in the end.
    """
    place = MEMORY if _has_room(2 * size + SPARE) else otherwise
    with tempfile.TemporaryDirectory(prefix=prefix, dir=place) as made:
        yield Path(made)


def _has_room(size: int) -> bool:
    try:
        return MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > size
    except OSError:
        return False
