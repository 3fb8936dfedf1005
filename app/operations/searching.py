"""Keeping searches to ask them again."""

from collections.abc import Callable
from dataclasses import dataclass

from app.session import Session
from index.model import Changes, SavedSearch, SearchRequest
from index.progress import Progress
from index.search.saved import SavedSearches


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved search and how many pages are new for it."""

    saved: SavedSearch
    new: int


def save(*, session: Session, name: str, request: SearchRequest, done: Callable[[], None]) -> None:
    """Keep a search under a name."""
    database = session.library.database

    def work(progress: Progress) -> Changes:
        SavedSearches(database).save(name, request)
        return Changes()

    def told(changes: Changes) -> None:
        session.notice.emit(f"“{name}” is saved. It is offered while the field is empty.")
        done()

    session.write("Saving the search", work, done=told)


def mark_seen(*, session: Session, search: str, done: Callable[[], None]) -> None:
    """Note that the result of a saved search was looked at."""
    database = session.library.database

    def work(progress: Progress) -> Changes:
        SavedSearches(database).mark_seen(search)
        return Changes()

    session.write("Noting", work, done=lambda changes: done())


def remove(*, session: Session, search: str, done: Callable[[], None]) -> None:
    """Forget a saved search."""
    database = session.library.database

    def work(progress: Progress) -> Changes:
        SavedSearches(database).remove(search)
        return Changes()

    session.write("Removing", work, done=lambda changes: done())


def read(*, session: Session, done: Callable[[list[Kept]], None]) -> None:
    """Read the saved searches with what is new for each."""
    library = session.library

    def work(progress: Progress) -> list[Kept]:
        service = library.search_service
        saved = SavedSearches(library.database).all()
        return [Kept(search, service.new_pages(search)) for search in saved]

    session.jobs.run(
        work, done=done, failed=lambda error: None, key="saved searches", owner=session, lane="slow"
    )
