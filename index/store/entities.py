"""The entity list in the record."""

import sqlite3
import uuid
from collections.abc import Iterable, Mapping, Sequence

from index.entities.entry import ListEntry
from index.entities.words import folded_name
from index.errors import Ambiguous, BadInput, NotFound
from index.model import Alias, Entity
from index.progress import NullProgress, Progress
from index.store.database import Database
from index.store.entity_import import Upserted, upsert
from index.store.entity_rows import (
    check_aliases,
    check_color,
    check_kind,
    check_name,
    insert,
    replace_row,
    select,
)

EntityList = list[Entity]


class EntityStore:
    """The entities of one archive."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self, kind: str | None = None) -> EntityList:
        """Return every entity, or those of one kind, by name."""
        if kind is None:
            return self._select("")
        return self._select("WHERE e.kind = ?", (check_kind(kind),))

    def get(self, identity: str) -> Entity:
        """Return one entity by its whole id; raise `NotFound`."""
        found = self._select("WHERE e.id = ?", (identity,))
        if not found:
            raise NotFound(f"There is no entity “{identity}” in this archive.")
        return found[0]

    def find(self, reference: str) -> Entity:
        """Return the entity that an id, the beginning of one, or a name stands for.

        Raises `NotFound`, or `Ambiguous` when more than one answers to it.
        """
        wanted = reference.strip()
        if not wanted:
            raise BadInput("No entity was named.")
        connection = self._database.read()
        for ids, what in ((self._by_id(connection, wanted), "id"), (self._by_name(wanted), "name")):
            if len(ids) > 1:
                raise Ambiguous(self._choice(wanted, ids, what))
            if ids:
                return self.get(ids[0])
        raise NotFound(f"There is no entity “{wanted}” in this archive.")

    @staticmethod
    def _by_id(connection: sqlite3.Connection, wanted: str) -> Sequence[str]:
        low = wanted.lower()
        if not set(low) <= set("0123456789abcdef"):
            return []
        rows = connection.execute(
            "SELECT id FROM entity WHERE id >= ? AND id < ? ORDER BY id LIMIT 2", (low, low + "g")
        ).fetchall()
        ids = [str(row[0]) for row in rows]
        return ids[:1] if low in ids else ids

    def _by_name(self, wanted: str) -> Sequence[str]:
        key = folded_name(wanted)
        if not key:
            return []
        connection = self._database.read()
        rows = connection.execute("SELECT id FROM entity WHERE folded = ?", (key,)).fetchall()
        if not rows:
            rows = connection.execute(
                "SELECT DISTINCT entity FROM alias WHERE folded = ?", (key,)
            ).fetchall()
        return [str(row[0]) for row in rows]

    def _choice(self, wanted: str, ids: Sequence[str], what: str) -> str:
        if what == "id":
            return f"More than one entity id begins with “{wanted}”; give more of it."
        shown = ", ".join(sorted(f"{self.get(each).name} ({each[:8]})" for each in ids)[:4])
        return f"More than one entity is called “{wanted}”: {shown}. Give an id instead."

    def add(
        self,
        kind: str,
        name: str,
        aliases: Iterable[Alias | str] = (),
        *,
        description: str = "",
        color: str = "",
        parent: str | None = None,
        external: Mapping[str, str] | None = None,
        notes: str = "",
    ) -> Entity:
        """Write a new entity down; raise `BadInput` when the same kind has the name already."""
        kind, name = check_kind(kind), check_name(name)
        with self._database.write() as connection:
            twin = connection.execute(
                "SELECT id FROM entity WHERE kind = ? AND folded = ?", (kind, folded_name(name))
            ).fetchone()
            if twin:
                raise BadInput(f"“{name}” is on the list already ({twin[0][:8]}).")
            entity = Entity(
                id=uuid.uuid4().hex,
                kind=kind,
                name=name,
                aliases=check_aliases(name, aliases),
                description=description,
                color=check_color(color),
                parent=self._check_parent(connection, kind, parent, None),
                external=dict(external or {}),
                notes=notes,
            )
            insert(connection, [entity])
        return entity

    def update(
        self,
        identity: str,
        *,
        kind: str | None = None,
        name: str | None = None,
        aliases: Iterable[Alias | str] | None = None,
        description: str | None = None,
        color: str | None = None,
        parent: str | None = None,
        external: Mapping[str, str] | None = None,
        notes: str | None = None,
    ) -> Entity:
        """Change what is given of an entity; `parent` "" takes it out from under its theme."""
        with self._database.write() as connection:
            old = self.get(identity)
            new_kind = old.kind if kind is None else check_kind(kind)
            new_name = old.name if name is None else check_name(name)
            above = old.parent if parent is None else parent
            changed = Entity(
                id=identity,
                kind=new_kind,
                name=new_name,
                aliases=check_aliases(new_name, old.aliases if aliases is None else aliases),
                description=old.description if description is None else description,
                color=old.color if color is None else check_color(color),
                parent=self._check_parent(connection, new_kind, above, identity),
                external=dict(old.external if external is None else external),
                notes=old.notes if notes is None else notes,
            )
            replace_row(connection, old, changed)
        return self.get(identity)

    @staticmethod
    def _check_parent(
        connection: sqlite3.Connection, kind: str, parent: str | None, child: str | None
    ) -> str | None:
        if not parent:
            return None
        if kind != "Theme":
            raise BadInput("Only a theme can stand under another theme.")
        above: str | None = parent
        for _ in range(100):
            if above is None:
                return parent
            if above == child:
                raise BadInput("A theme cannot stand under itself.")
            row = connection.execute(
                "SELECT parent, kind FROM entity WHERE id = ?", (above,)
            ).fetchone()
            if row is None or row["kind"] != "Theme":
                raise NotFound(f"There is no theme “{above}” in this archive.")
            above = row["parent"]
        raise BadInput("The themes stand under one another more than a hundred deep.")

    def merge(self, keep: str, others: Sequence[str]) -> Entity:
        """Move names, passages and decisions of `others` to `keep`, and remove `others`."""
        gone = [identity for identity in dict.fromkeys(others) if identity != keep]
        if not gone:
            raise BadInput("Nothing to merge: name at least one other entity.")
        with self._database.write() as connection:
            kept = self.get(keep)
            aliases: list[Alias] = list(kept.aliases)
            external = dict(kept.external)
            texts = [kept.notes]
            for identity in gone:
                other = self.get(identity)
                aliases += [Alias(other.name), *other.aliases]
                external = {**other.external, **external}
                texts.append(other.notes)
                self._move(connection, identity, keep)
            self.update(
                keep,
                aliases=aliases,
                external=external,
                notes="\n\n".join(text for text in texts if text),
            )
        return self.get(keep)

    @staticmethod
    def _move(connection: sqlite3.Connection, old: str, new: str) -> None:
        for table, column in (("passage_entity", "entity"), ("decision", "entity")):
            connection.execute(
                f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?", (new, old)
            )
            connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (old,))
        above = connection.execute("SELECT parent FROM entity WHERE id = ?", (old,)).fetchone()[0]
        connection.execute(
            "UPDATE entity SET parent = ? WHERE parent = ? AND id = ?", (above, old, new)
        )
        connection.execute("UPDATE entity SET parent = ? WHERE parent = ?", (new, old))
        connection.execute("DELETE FROM entity WHERE id = ?", (old,))

    def split(self, identity: str, names: Sequence[str], passages: Sequence[str] = ()) -> Entity:
        """Make a new entity of some aliases of another, with the passages that are meant."""
        with self._database.write() as connection:
            old = self.get(identity)
            moved = [alias for alias in old.aliases if alias.name in set(names)]
            if not moved or len(moved) != len(set(names)):
                raise BadInput(f"Choose aliases of “{old.name}” for the new entity.")
            self.update(identity, aliases=[one for one in old.aliases if one not in moved])
            new = self.add(old.kind, moved[0].name, moved[1:], color=old.color)
            for passage in passages:
                connection.execute(
                    "UPDATE OR IGNORE passage_entity SET entity = ?"
                    " WHERE passage = ? AND entity = ?",
                    (new.id, passage, identity),
                )
        return self.get(new.id)

    def remove(self, identity: str) -> Entity:
        """Take an entity off the list; its passages stay, without it."""
        with self._database.write() as connection:
            old = self.get(identity)
            connection.execute("DELETE FROM passage_entity WHERE entity = ?", (identity,))
            connection.execute("DELETE FROM decision WHERE entity = ?", (identity,))
            connection.execute(
                "UPDATE entity SET parent = ? WHERE parent = ?", (old.parent, identity)
            )
            connection.execute("DELETE FROM entity WHERE id = ?", (identity,))
        return old

    def _select(self, clause: str, values: Sequence[object] = ()) -> EntityList:
        with self._database.reading() as connection:
            return select(connection, clause, values)

    def upsert_many(
        self, entries: Iterable[ListEntry], progress: Progress | None = None
    ) -> Upserted:
        """Take a read list in: new entities are added, known ones gain what is new.

        An entry is known by an id of another list that both carry, else by its
        kind and name.
        """
        with self._database.write() as connection:
            return upsert(connection, entries, progress or NullProgress())
