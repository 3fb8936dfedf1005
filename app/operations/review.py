"""Deciding about proposals: accepted, rejected, an alias, somebody else."""

from collections.abc import Callable, Sequence

from app.models.faces import plural
from app.session import Session
from index.model import Changes, Mention

Done = Callable[[Changes], None]


def accept(*, session: Session, mentions: Sequence[Mention], done: Done) -> None:
    """Make passages of proposals, each as long as its sentence."""

    def told(changes: Changes) -> None:
        if len(mentions) > 1:
            count = plural(len(mentions), "proposal")
            session.notice.emit(f"{count} accepted. Ctrl+Z takes it back.")
        done(changes)

    session.write(
        "Accepting", lambda progress: session.library.accept_mentions(mentions), done=told
    )


def reject(*, session: Session, mentions: Sequence[Mention], done: Done) -> None:
    """Remember that proposals name nobody on the list."""
    session.write(
        "Rejecting", lambda progress: session.library.reject_mentions(mentions), done=done
    )


def somebody_else(*, session: Session, mentions: Sequence[Mention], done: Done) -> None:
    """Remember that proposals name somebody else."""

    def told(changes: Changes) -> None:
        session.notice.emit("Remembered as somebody else. Ctrl+Z takes it back.")
        done(changes)

    session.write(
        "Rejecting",
        lambda progress: session.library.reject_mentions(mentions, else_=True),
        done=told,
    )


def alias(*, session: Session, mention: Mention, done: Done) -> None:
    """Make the words of a proposal an alias of its entity, and accept it."""

    def told(changes: Changes) -> None:
        session.notice.emit(f"“{mention.text}” is an alias now. Ctrl+Z takes it back.")
        done(changes)

    session.write(
        "Adding the alias", lambda progress: session.library.alias_mention(mention), done=told
    )
