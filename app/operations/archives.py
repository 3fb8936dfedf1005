"""Looking after the archive as a whole: checking it, building its search index again."""

from collections.abc import Callable

from app.session import Session
from index.model import Verdict
from index.progress import Progress


def check(*, session: Session, done: Callable[[Verdict], None]) -> None:
    """Compare record, originals, passages and index."""
    session.jobs.run(
        lambda progress: session.library.check(progress=progress),
        done=done,
        label="Checking the archive",
        key="check",
    )


def reindex(*, session: Session) -> None:
    """Build the search index again from the record."""

    def work(progress: Progress) -> None:
        session.library.reindex(progress)

    session.write(
        "Building the search index",
        work,
        done=lambda nothing: session.notice.emit("The search index is new."),
    )
