"""Exit statuses, and which error means which."""

from index import errors
from index.progress import Cancelled

DONE = 0
SOMETHING_FAILED = 1
BAD_INPUT = 2
UNAVAILABLE = 3
DAMAGED = 4
DISK_FULL = 5
CANCELLED = 130

_STATUSES: tuple[tuple[type[BaseException], int], ...] = (
    (errors.BadInput, BAD_INPUT),
    (errors.ArchiveUnavailable, UNAVAILABLE),
    (errors.ArchiveDamaged, DAMAGED),
    (errors.IndexDamaged, DAMAGED),
    (errors.DiskFull, DISK_FULL),
    (errors.MunimentError, SOMETHING_FAILED),
    (Cancelled, CANCELLED),
    (KeyboardInterrupt, CANCELLED),
)


def of(error: BaseException) -> int | None:
    """Return the exit status that an error means, or None for a bug of ours."""
    for kind, status in _STATUSES:
        if isinstance(error, kind):
            return status
    return None
