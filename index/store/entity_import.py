"""An imported list taken into the record: new entities added, known ones brought up to date."""

import sqlite3
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace

from index.entities.entry import ListEntry
from index.entities.words import folded_name
from index.errors import BadInput
from index.model import Entity
from index.progress import Progress
from index.store.entity_rows import (
    check_aliases,
    check_color,
    check_kind,
    check_name,
    insert,
    replace_row,
    select,
)

REPORT_EVERY = 1000


@dataclass(frozen=True, slots=True)
class Upserted:
    """What became of an imported list, as entity ids and sentences."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


class _Known:
    """The entities there are, by what an entry may be known by."""

    def __init__(self, entities: Iterable[Entity], *, by_any_name: bool) -> None:
        self._keeps_names = by_any_name
        self.by_id: dict[str, Entity] = {}
        self._by_external: dict[tuple[str, str], str] = {}
        self._by_name: dict[tuple[str, str], str] = {}
        self._by_any_name: dict[str, set[str]] = {}
        for entity in entities:
            self.keep(entity)

    def keep(self, entity: Entity) -> None:
        self.by_id[entity.id] = entity
        self._by_name.setdefault((entity.kind, folded_name(entity.name)), entity.id)
        for name in entity.names if self._keeps_names else ():
            self._by_any_name.setdefault(folded_name(name), set()).add(entity.id)
        for pair in entity.external.items():
            self._by_external.setdefault(pair, entity.id)

    def called(self, name: str, kind: str) -> Entity | None:
        """Return the entity that alone has a name; of one kind, or with "" of any."""
        among = (self.by_id[each] for each in self._by_any_name.get(folded_name(name), ()))
        found = [entity for entity in among if kind in ("", entity.kind)]
        return found[0] if len(found) == 1 else None

    def find(self, kind: str, name: str, external: Iterable[tuple[str, str]]) -> Entity | None:
        pairs = list(external)
        for pair in pairs:
            if pair in self._by_external:
                return self.by_id[self._by_external[pair]]
            if pair[1] in self.by_id:  # a list that this archive wrote
                return self.by_id[pair[1]]
        identity = self._by_name.get((kind, folded_name(name)))
        if identity is None:
            return None
        entity = self.by_id[identity]
        # Two people of one name on one list are two people: their ids there differ.
        if any(entity.external.get(scheme, value) != value for scheme, value in pairs):
            return None
        return entity


def upsert(
    connection: sqlite3.Connection, entries: Iterable[ListEntry], progress: Progress
) -> Upserted:
    """Write the entries down inside the caller's transaction."""
    taken = list(entries)
    known = _Known(select(connection), by_any_name=any(entry.bare for entry in taken))
    added: dict[str, Entity] = {}
    updated: dict[str, None] = {}
    unchanged: dict[str, None] = {}
    problems: list[str] = []
    for count, entry in enumerate(taken):
        if count % REPORT_EVERY == 0:
            progress.report(count, len(taken), "Taking in the list")
        try:
            kind, name = check_kind(entry.kind), check_name(entry.name)
            old = known.find(kind, name, entry.external.items())
            if old is None and entry.bare:
                old = known.called(name, "" if entry.kindless else kind)
            new = _combined(entry, kind, name, old)
        except BadInput as error:
            problems.append(f"Line {entry.line}: {error}")
            continue
        if old is None or old.id in added:
            added[new.id] = new
        elif new != old:
            replace_row(connection, old, new)
            updated[new.id] = None
        else:
            unchanged[old.id] = None
        known.keep(new)
    insert(connection, list(added.values()))
    _set_parents(connection, taken, known, problems)
    return Upserted(
        added=tuple(added),
        updated=tuple(updated),
        unchanged=tuple(each for each in unchanged if each not in updated),
        problems=tuple(problems),
    )


def _combined(entry: ListEntry, kind: str, name: str, old: Entity | None) -> Entity:
    """Return the entity that an entry makes of the one known, or of none."""
    if old is None:
        return Entity(
            id=uuid.uuid4().hex,
            kind=kind,
            name=name,
            aliases=check_aliases(name, entry.aliases),
            description=entry.description,
            color=check_color(entry.color),
            external=dict(entry.external),
        )
    extra = list(entry.aliases)
    if name != old.name:
        extra.insert(0, replace(entry.as_alias(), name=name))
    return replace(
        old,
        aliases=check_aliases(old.name, [*old.aliases, *extra]),
        description=entry.description or old.description,
        color=check_color(entry.color) or old.color,
        external={
            **old.external,
            **{scheme: value for scheme, value in entry.external.items() if value != old.id},
        },
    )


def _set_parents(
    connection: sqlite3.Connection, entries: list[ListEntry], known: _Known, problems: list[str]
) -> None:
    """Put themes under the themes that their lines name."""
    for entry in entries:
        if not entry.parent:
            continue
        child = known.find("Theme", entry.name, entry.external.items())
        parent = known.find("Theme", entry.parent, ())
        if child is None or parent is None:
            problems.append(f"Line {entry.line}: there is no theme “{entry.parent}” on the list.")
        elif _is_under(connection, parent.id, child.id):
            problems.append(f"Line {entry.line}: “{entry.name}” would stand under itself.")
        else:
            connection.execute(
                "UPDATE entity SET parent = ? WHERE id = ? AND parent IS NOT ?",
                (parent.id, child.id, parent.id),
            )


def _is_under(connection: sqlite3.Connection, identity: str, above: str) -> bool:
    seen: set[str] = set()
    current: str | None = identity
    while current is not None and current not in seen:
        if current == above:
            return True
        seen.add(current)
        row = connection.execute("SELECT parent FROM entity WHERE id = ?", (current,)).fetchone()
        current = row["parent"] if row else None
    return False
