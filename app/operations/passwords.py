"""Opening encrypted documents; passwords stay in memory until the archive is closed."""

from collections.abc import Callable

from app.session import Session
from index.errors import PasswordNeeded
from index.model import Changes
from index.reading import DocumentView


def unlock(
    *,
    session: Session,
    document: str,
    password: str,
    done: Callable[[Changes], None],
    failed: Callable[[Exception], None],
) -> None:
    """Open an encrypted document with a password."""

    def told(nothing: None) -> None:
        changes = Changes(documents=frozenset({document}))
        session.announce(changes)
        done(changes)

    session.jobs.run(
        lambda progress: session.library.unlock(document, password),
        done=told,
        failed=failed,
        label="Opening the document",
        owner=session,
    )


def view_of(session: Session, document: str) -> DocumentView:
    """Return what draws a document; ask for its password when it needs one."""
    try:
        return session.library.view(document)
    except PasswordNeeded:
        session.password_wanted.emit(document)
        raise
