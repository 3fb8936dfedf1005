"""Passages that wait for a place: put on one, or given up."""

from collections.abc import Callable

from app.session import Session
from index import repairing
from index.model import Changes


def place(
    *,
    session: Session,
    passage: str,
    document: str,
    start: int,
    end: int,
    done: Callable[[Changes], None] | None = None,
) -> None:
    """Put a passage on a range of its document or of another version of it."""

    def told(changes: Changes) -> None:
        session.notice.emit("The passage is placed. Ctrl+Z takes it back.")
        if done is not None:
            done(changes)

    session.write(
        "Placing the passage",
        lambda progress: repairing.place(session.library, passage, document, start, end),
        done=told,
    )


def give_up(
    *, session: Session, passage: str, done: Callable[[Changes], None] | None = None
) -> None:
    """Keep a passage whose words are nowhere, and say so with it."""

    def told(changes: Changes) -> None:
        session.notice.emit("The passage is kept as lost. Ctrl+Z takes it back.")
        if done is not None:
            done(changes)

    session.write(
        "Keeping the passage",
        lambda progress: repairing.give_up(session.library, passage),
        done=told,
    )
