"""Tagging passages: made of a selection, changed, removed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.session import Session
from index.model import Changes, Passage
from index.progress import Progress


@dataclass(frozen=True, slots=True)
class Tagged:
    """A passage that was made, with everything that changed on the way."""

    passage: Passage
    changes: Changes


def tag(
    *,
    session: Session,
    document: str,
    start: int,
    end: int,
    entities: Sequence[str],
    note: str = "",
    done: Callable[[Passage], None] | None = None,
) -> None:
    """Make a passage of a range of a document."""
    library = session.library

    def finish(passage: Passage) -> None:
        session.settings.remember_entities(library.folder, passage.entities)
        session.set_passage(passage.id)
        if done is not None:
            done(passage)

    session.write(
        "Tagging",
        lambda progress: library.tag(document, start, end, entities, note),
        done=finish,
    )


def tag_with_new(
    *,
    session: Session,
    document: str,
    start: int,
    end: int,
    kind: str,
    name: str,
    note: str = "",
) -> None:
    """Put an entity on the list and make a passage tagged with it."""
    library = session.library

    def work(progress: Progress) -> Tagged:
        # One action, so that one Ctrl+Z takes back both.
        with library.history.action(f"Tag with “{name}”") as recording:
            entity = library.add_entity(kind, name)
            passage = library.tag(document, start, end, [entity.id], note)
        return Tagged(passage, recording.changes)

    def finish(tagged: Tagged) -> None:
        session.settings.remember_entities(library.folder, tagged.passage.entities)
        session.set_passage(tagged.passage.id)

    session.write("Tagging", work, done=finish)


def set_entities(*, session: Session, passage: str, entities: Sequence[str]) -> None:
    """Give a passage these entities and no others."""
    library = session.library
    session.settings.remember_entities(library.folder, entities)
    session.write("Tagging", lambda progress: library.set_passage(passage, entities=list(entities)))


def add_new_entity(
    *, session: Session, passage: str, entities: Sequence[str], kind: str, name: str
) -> None:
    """Put an entity on the list and give it to a passage that has `entities` already."""
    library = session.library

    def work(progress: Progress) -> Changes:
        with library.history.action(f"Tag with “{name}”") as recording:
            entity = library.add_entity(kind, name)
            library.set_passage(passage, entities=[*entities, entity.id])
        return recording.changes

    session.write("Tagging", work)


def set_note(*, session: Session, passage: str, note: str) -> None:
    """Keep the researcher's memo on a passage."""
    session.write(
        "Keeping the note", lambda progress: session.library.set_passage(passage, note=note)
    )


def remove(*, session: Session, passage: str) -> None:
    """Remove a passage; it can be undone."""

    def told(changes: Changes) -> None:
        if session.passage == passage:
            session.set_passage("")
        session.notice.emit("The passage is removed. Ctrl+Z brings it back.")

    session.write("Removing", lambda progress: session.library.untag(passage), done=told)
