"""Encrypted archives: making one, opening one, changing its passphrase, copying to and fro.

Trying a passphrase takes about a second and is always done off the window's thread.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.jobs import Job, Jobs
from app.session import Session
from index import archives

if TYPE_CHECKING:
    from index.backup import Counts
    from index.crypto.keys import Keys

Failed = Callable[[Exception], None]


def unlock(
    *,
    jobs: Jobs,
    folder: Path,
    passphrase: str,
    done: "Callable[[Keys | None], None]",
    failed: Failed,
    owner: QObject,
) -> Job:
    """Find the keys of an archive; they are dropped when `owner` is gone by then."""
    return jobs.run(
        lambda progress: archives.keys_of(folder, passphrase),
        done=done,
        failed=failed,
        owner=owner,
    )


def make(
    *,
    jobs: Jobs,
    folder: Path,
    passphrase: str,
    done: "Callable[[Keys], None]",
    failed: Failed,
) -> None:
    """Make an encrypted archive; it is closed again, and `done` gets its keys."""
    jobs.run(
        lambda progress: _made(folder, passphrase),
        done=done,
        failed=failed,
        label="Making the archive",
        stake=True,
    )


def _made(folder: Path, passphrase: str) -> "Keys":
    from index.crypto import keys
    from index.library import Library

    made, header = keys.make(passphrase)
    Library.sealed(folder, made, header).close()
    return made


def change_passphrase(
    *, session: Session, old: str, new: str, done: Callable[[None], None], failed: Failed
) -> None:
    """Have another passphrase open the archive."""
    folder = session.library.folder

    def work(progress: object) -> None:
        from index.crypto import keys

        keys.rewrap(folder, keys.unlock(folder, old), new)

    session.jobs.run(work, done=done, failed=failed, label="Changing the passphrase", write=True)


def copy(
    *,
    session: Session,
    folder: Path,
    passphrase: str | None,
    done: "Callable[[Counts], None]",
    failed: Failed,
) -> None:
    """Write the archive into a new folder: encrypted for a passphrase, or plain without one."""
    from index import resealing

    library = session.library
    if passphrase is None:
        session.jobs.run(
            lambda progress: resealing.copy_plain(library, folder, progress),
            done=done,
            failed=failed,
            label="Writing the copy",
            stake=True,
        )
        return
    session.jobs.run(
        lambda progress: resealing.copy_encrypted(library, folder, passphrase, progress),
        done=done,
        failed=failed,
        label="Writing the encrypted copy",
        stake=True,
    )
