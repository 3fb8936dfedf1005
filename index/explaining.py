"""What an exception of the system means to the user, where the library let one through."""

import errno
import os
from pathlib import Path

from index.errors import BadInput, MunimentError
from index.store import driver
from index.store.blobs import space_error
from index.store.database import RECORD, translate

_FAULTS_OF_A_PATH = frozenset(
    (
        errno.ENOENT,
        errno.ENOTDIR,
        errno.EISDIR,
        errno.EEXIST,
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
        errno.ELOOP,
        errno.ENAMETOOLONG,
    )
)


def explained(error: BaseException, archive: Path | None = None) -> MunimentError | None:
    """Return an error of ours with a sentence to show, or None when `error` is a bug of ours."""
    if isinstance(error, MunimentError):
        return error
    if isinstance(error, driver.errors()):
        return translate(error, (archive or Path()) / RECORD)
    if isinstance(error, OSError):
        return space_error(error) or _of_path(error)
    return None


def _of_path(error: OSError) -> MunimentError | None:
    if error.errno not in _FAULTS_OF_A_PATH or not error.filename:
        return None
    name = os.fsdecode(error.filename)
    return BadInput(f"{name} cannot be used: {error.strerror}.")
