"""Taking changes back and making them again."""

from app.session import Session
from index.model import Changes


def undo(*, session: Session) -> None:
    """Take the last change back."""

    def told(changes: Changes) -> None:
        session.notice.emit(f"Undone: {changes.label}" if changes.label else "Undone")

    session.write("Undoing", lambda progress: session.library.undo(), done=told)


def redo(*, session: Session) -> None:
    """Make the change again that was taken back last."""

    def told(changes: Changes) -> None:
        session.notice.emit(f"Done again: {changes.label}" if changes.label else "Done again")

    session.write("Redoing", lambda progress: session.library.redo(), done=told)
