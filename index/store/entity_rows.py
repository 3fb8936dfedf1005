"""The rows of the entity list: what may stand in them, and how they are read and written."""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from index.entities.words import folded_name
from index.errors import BadInput
from index.model import ENTITY_KINDS, Alias, Entity
from index.store.history import now

LONGEST_NAME = 500
FEW = 200  # entities whose aliases are asked for by name


def check_kind(kind: str) -> str:
    """Return the kind as the list writes it; raise `BadInput` for one it does not know."""
    for known in ENTITY_KINDS:
        if known.casefold() == kind.strip().casefold():
            return known
    raise BadInput(f"“{kind}” is no kind of entity; use one of {', '.join(ENTITY_KINDS)}.")


def check_name(name: str) -> str:
    """Return a name with its spaces tidied; raise `BadInput` when it cannot be one."""
    tidy = " ".join(name.split())
    if not any(map(str.isalnum, tidy)) or not folded_name(tidy):
        raise BadInput("The name has no letters; write the name as it would be printed.")
    if len(tidy) > LONGEST_NAME:
        raise BadInput(f"The name is longer than {LONGEST_NAME} characters.")
    return tidy


def check_aliases(name: str, aliases: Iterable[Alias | str]) -> tuple[Alias, ...]:
    """Return the aliases tidied, without repetitions and without the name itself."""
    kept: dict[str, Alias] = {}
    for given in aliases:
        alias = Alias(given) if isinstance(given, str) else given
        tidy = check_name(alias.name)
        if tidy != name and tidy not in kept:
            kept[tidy] = Alias(tidy, alias.weak, alias.language, alias.source)
    return tuple(kept.values())


def check_color(color: str) -> str:
    """Return a colour as #rrggbb or ""; raise `BadInput` for anything else."""
    tidy = color.strip().lower()
    digits = tidy.removeprefix("#")
    if tidy and not (len(digits) == 6 and set(digits) <= set("0123456789abcdef")):
        raise BadInput(f"“{color}” is no colour; write it as #2ea8e5.")
    return f"#{digits}" if tidy else ""


def insert(connection: sqlite3.Connection, entities: Sequence[Entity]) -> None:
    """Write the rows of new entities."""
    created = now()
    # In the order of the tables' keys, which is many times faster for a long list.
    ordered = sorted(entities, key=lambda entity: entity.id)
    connection.executemany(
        "INSERT INTO entity (id, kind, name, description, color, parent, external, notes, folded,"
        " created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((entity.id, *_values(entity), created) for entity in ordered),
    )
    _insert_aliases(connection, ordered)


def replace_row(connection: sqlite3.Connection, old: Entity, new: Entity) -> None:
    """Write the rows of an entity that has changed, and only those that have."""
    if _values(old) != _values(new):
        connection.execute(
            "UPDATE entity SET kind = ?, name = ?, description = ?, color = ?, parent = ?,"
            " external = ?, notes = ?, folded = ? WHERE id = ?",
            (*_values(new), new.id),
        )
    if old.aliases != new.aliases:
        connection.execute("DELETE FROM alias WHERE entity = ?", (new.id,))
        _insert_aliases(connection, [new])


def _insert_aliases(connection: sqlite3.Connection, entities: Sequence[Entity]) -> None:
    connection.executemany(
        "INSERT INTO alias (entity, name, weak, language, source, folded, position)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                entity.id,
                alias.name,
                int(alias.weak),
                alias.language,
                alias.source,
                folded_name(alias.name),
                position,
            )
            for entity in entities
            for position, alias in enumerate(entity.aliases)
        ),
    )


def _values(entity: Entity) -> tuple[object, ...]:
    return (
        entity.kind,
        entity.name,
        entity.description,
        entity.color,
        entity.parent,
        json.dumps(dict(entity.external), ensure_ascii=False, sort_keys=True),
        entity.notes,
        folded_name(entity.name),
    )


def _entity(row: sqlite3.Row, aliases: tuple[Alias, ...]) -> Entity:
    return Entity(
        id=row["id"],
        kind=row["kind"],
        name=row["name"],
        aliases=aliases,
        description=row["description"],
        color=row["color"],
        parent=row["parent"],
        external=json.loads(row["external"]),
        passage_count=row["passages"],
        notes=row["notes"],
    )


def select(
    connection: sqlite3.Connection, clause: str = "", values: Sequence[object] = ()
) -> list[Entity]:
    """Return the entities that an SQL clause over `entity e` picks, by name."""
    rows = connection.execute(
        "SELECT e.*, (SELECT count(*) FROM passage_entity pe WHERE pe.entity = e.id) AS"
        f" passages FROM entity e {clause} ORDER BY e.folded, e.id",
        values,
    ).fetchall()
    where, chosen = "", tuple[str, ...]()
    if len(rows) <= FEW:
        where = "WHERE entity IN (SELECT value FROM json_each(?))"
        chosen = (json.dumps([row["id"] for row in rows]),)
    aliases: dict[str, list[Alias]] = {}
    for row in connection.execute(
        f"SELECT * FROM alias {where} ORDER BY entity, position, name", chosen
    ):
        aliases.setdefault(row["entity"], []).append(
            Alias(row["name"], bool(row["weak"]), row["language"], row["source"])
        )
    return [_entity(row, tuple(aliases.get(row["id"], ()))) for row in rows]


def some(connection: sqlite3.Connection, identities: Sequence[str]) -> list[Entity]:
    """Return the entities of these ids, by name."""
    chosen = "IN (SELECT value FROM json_each(?))"
    return select(connection, f"WHERE e.id {chosen}", (json.dumps(list(identities)),))
