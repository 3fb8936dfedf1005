"""Writing citation bundles and checking them."""

from collections.abc import Callable
from pathlib import Path

from app.jobs import Job
from app.session import Session
from index.model import BundleSummary, ExportRequest, Verdict

Failed = Callable[[Exception], None]


def export(
    *,
    session: Session,
    out: Path,
    request: ExportRequest,
    done: Callable[[BundleSummary], None],
    failed: Failed | None = None,
) -> Job:
    """Write a bundle; nothing is left behind when it is stopped."""
    # It reads for long and writes one line of custody, so that tagging can go on meanwhile.
    return session.jobs.run(
        lambda progress: session.library.export(out, request, progress),
        done=done,
        failed=failed,
        label="Exporting",
        key="export",
        owner=session,
    )


def verify(
    *,
    session: Session,
    bundle: Path,
    done: Callable[[Verdict], None],
    failed: Failed | None = None,
) -> Job:
    """Check a bundle against itself and this archive."""
    return session.jobs.run(
        lambda progress: session.library.verify(bundle, progress),
        done=done,
        failed=failed,
        label="Verifying",
        key="verify",
        owner=session,
    )
