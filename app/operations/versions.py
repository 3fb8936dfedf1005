"""Newer versions of documents, and documents read again."""

from collections.abc import Callable

from app.session import Session
from index import versions
from index.model import ImportOptions
from index.progress import Progress
from index.versions import Carried

Done = Callable[[Carried], None]
Failed = Callable[[Exception], None]


def attach(
    *,
    session: Session,
    newer: str,
    older: str,
    done: Done,
    failed: Failed | None = None,
) -> None:
    """Make a document the next version of another one, and bring the passages over."""
    session.write(
        "Bringing the passages over",
        lambda progress: versions.attach(session.library, newer, older),
        done=done,
        failed=failed,
    )


def reread(
    *,
    session: Session,
    document: str,
    options: ImportOptions,
    done: Done,
    failed: Failed | None = None,
) -> None:
    """Read a document's original again and put its passages into the new text."""
    session.write(
        "Reading again",
        lambda progress: versions.reread(session.library, document, options),
        done=done,
        failed=failed,
    )


def reread_outdated(
    *,
    session: Session,
    done: Callable[[Carried | None], None],
    failed: Failed | None = None,
) -> None:
    """Read again every document that another version of the reader read; None when none is."""

    def work(progress: Progress) -> Carried | None:
        return versions.reread_outdated(session.library, progress)

    session.write("Reading again", work, done=done, failed=failed)
