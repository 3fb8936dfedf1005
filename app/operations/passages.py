"""Removing passages, and settling those whose place is in doubt."""

from collections.abc import Sequence

from app.session import Session
from index.model import Changes, Passage
from index.progress import Progress


def remove(*, session: Session, passages: Sequence[Passage]) -> None:
    """Remove passages as one action, which can be undone."""
    library = session.library
    what = "The passage is" if len(passages) == 1 else f"{len(passages)} passages are"
    label = "Remove a passage" if len(passages) == 1 else f"Remove {len(passages)} passages"

    def work(progress: Progress) -> Changes:
        with library.history.action(label) as recording:
            for passage in passages:
                library.untag(passage.id)
        return recording.changes

    def told(changes: Changes) -> None:
        if session.passage in {passage.id for passage in passages}:
            session.set_passage("")
        session.notice.emit(f"{what} removed. Ctrl+Z brings back what was removed.")

    session.write("Removing", work, done=told)


def confirm(*, session: Session, passage: Passage) -> None:
    """Say that a passage stands where it was found; the words there become its quote."""
    place_at(session=session, passage=passage, start=passage.anchor.start, end=passage.anchor.end)


def place_at(*, session: Session, passage: Passage, start: int, end: int) -> None:
    """Put a passage on another range of its document."""
    session.write(
        "Placing the passage",
        lambda progress: session.library.set_passage(passage.id, start=start, end=end),
        done=lambda changes: session.notice.emit("The passage is placed."),
    )
