"""Other programs and archives: files taken in, archives merged, everything handed over."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.session import Session

if TYPE_CHECKING:
    from index.exchange.hand_over import HandedOver
    from index.exchange.merging import Merged
    from index.exchange.taking import Taken

Failed = Callable[[Exception], None]


def take_in(
    *, session: Session, path: Path, done: "Callable[[Taken], None]", failed: Failed
) -> None:
    """Take in another program's project, list or bundle."""
    session.write(
        f"Taking in {path.name}",
        lambda progress: session.library.take_in(path, progress),
        done=done,
        failed=failed,
    )


def merge(
    *,
    session: Session,
    other: Path,
    passphrase: str = "",
    done: "Callable[[Merged], None]",
    failed: Failed,
) -> None:
    """Take in a colleague's archive, after a backup of this one."""
    session.write(
        f"Merging {other.name}",
        lambda progress: session.library.merge(other, progress, passphrase),
        done=done,
        failed=failed,
    )


def hand_over(
    *, session: Session, out: Path, done: "Callable[[HandedOver], None]", failed: Failed
) -> None:
    """Write the whole archive as files that other servers and programs load."""
    session.jobs.run(
        lambda progress: session.library.hand_over(out, progress),
        done=done,
        failed=failed,
        label="Handing over",
        key="hand over",
        stake=True,
    )
