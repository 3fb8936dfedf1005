"""Changing the entity list: add, change, merge, remove, take lists in and write them out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.session import Session
from index.model import Alias, Changes, Entity, EntityImport
from index.progress import Progress

Failed = Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class EntityDraft:
    """An entity as an editor gives it."""

    kind: str
    name: str
    aliases: tuple[Alias, ...] = ()
    description: str = ""
    color: str = ""
    parent: str = ""  # a theme's broader theme, or ""
    external: Mapping[str, str] = field(default_factory=dict)
    notes: str = ""

    def fields(self) -> dict[str, Any]:
        """Return everything but kind and name, as the library takes it."""
        return {
            "aliases": self.aliases,
            "description": self.description,
            "color": self.color,
            "parent": self.parent,
            "external": self.external,
            "notes": self.notes,
        }


def add(
    *,
    session: Session,
    draft: EntityDraft,
    done: Callable[[Entity], None] | None = None,
    failed: Failed | None = None,
) -> None:
    """Put an entity on the list."""
    session.write(
        "Adding",
        lambda progress: session.library.add_entity(draft.kind, draft.name, **draft.fields()),
        done=done,
        failed=failed,
    )


def change(
    *,
    session: Session,
    entity: str,
    draft: EntityDraft,
    done: Callable[[Changes], None] | None = None,
    failed: Failed | None = None,
) -> None:
    """Change an entity."""
    session.write(
        "Changing",
        lambda progress: session.library.update_entity(
            entity, kind=draft.kind, name=draft.name, **draft.fields()
        ),
        done=done,
        failed=failed,
    )


def remove(*, session: Session, entities: Sequence[Entity]) -> None:
    """Take entities off the list as one action; their passages stay."""
    library = session.library
    name = f"“{entities[0].name}”" if len(entities) == 1 else f"{len(entities)} entities"

    def work(progress: Progress) -> Changes:
        with library.history.action(f"Remove {name}") as recording:
            for entity in entities:
                library.remove_entity(entity.id)
        return recording.changes

    session.write(
        "Removing",
        work,
        done=lambda changes: session.notice.emit(f"{name} removed. Ctrl+Z brings it back."),
    )


def merge(
    *,
    session: Session,
    keep: str,
    others: Sequence[str],
    done: Callable[[Changes], None] | None = None,
) -> None:
    """Make one entity of several."""
    session.write(
        "Merging", lambda progress: session.library.merge_entities(keep, others), done=done
    )


def split(
    *,
    session: Session,
    entity: Entity,
    names: Sequence[str],
    passages: Sequence[str],
    done: Callable[[Changes], None],
    failed: Failed | None = None,
) -> None:
    """Make a new entity of some names of another, with some of its passages."""

    def told(changes: Changes) -> None:
        session.notice.emit(f"“{names[0]}” is an entity of its own. Ctrl+Z joins them again.")
        done(changes)

    session.write(
        "Splitting",
        lambda progress: session.library.split_entity(entity.id, names, passages),
        done=told,
        failed=failed,
    )


def import_list(
    *,
    session: Session,
    path: Path,
    mapping: Mapping[str, str] | None,
    done: Callable[[EntityImport], None],
    failed: Failed | None = None,
) -> None:
    """Take a list of entities in."""
    session.write(
        "Importing the list",
        lambda progress: session.library.import_entities(path, mapping, progress),
        done=done,
        failed=failed,
    )


def export_list(*, session: Session, path: Path, layout: str | None = None) -> None:
    """Write the entity list to a file in a format, by default the one its name says."""

    def told(count: int) -> None:
        session.notice.emit(f"{count:,} entities written to {path.name}.")

    session.jobs.run(
        lambda progress: session.library.export_entities(path, layout),
        done=told,
        label="Writing the list",
        owner=session,
    )
