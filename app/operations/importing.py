"""Taking files into the archive, with news of each as it ends."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from app.jobs import Job
from app.session import Session
from index.model import Changes, ImportOptions, ImportResult
from index.progress import Cancelled, Progress

NEWS = 1.0  # seconds between two announcements of what has come in


class _News:
    """Tells the views what has come in, not more often than they can read it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._fresh: set[str] = set()
        self._told = time.monotonic()
        self.results: list[ImportResult] = []

    def take(self, result: ImportResult) -> None:
        """Take one result; called on the write worker."""
        self.results.append(result)
        if result.document:
            self._fresh.add(result.document)
        if time.monotonic() - self._told >= NEWS:
            self.tell()

    def tell(self) -> None:
        """Announce what has come in since the last time."""
        self._session.announce(Changes(documents=frozenset(self._fresh)))
        self._fresh = set()
        self._told = time.monotonic()


def import_files(
    *,
    session: Session,
    paths: Sequence[Path],
    options: ImportOptions,
    told: Callable[[list[ImportResult]], None],
) -> Job:
    """Import files and folders; `told` gets the results, also when the work was stopped."""
    news = _News(session)
    library = session.library

    def work(progress: Progress) -> list[ImportResult]:
        return library.import_files(paths, options, progress, news.take)

    def failed(error: Exception) -> None:
        news.tell()
        session.refresh_info()
        told(list(news.results))
        # Said last: it is more than what the results say of themselves.
        if isinstance(error, Cancelled):
            session.notice.emit("The import was stopped; what was finished is in the archive.")
        else:
            session.problem.emit(str(error))

    return session.write("Importing", work, done=told, failed=failed)
