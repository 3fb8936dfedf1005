"""What an entity's kind and names become in programs whose codes have a name and a description."""

import re
from collections.abc import Sequence

from index.exchange.incoming import IncomingEntity
from index.model import ENTITY_KINDS, Entity

KIND, ALSO, PERHAPS = "Kind: ", "Also: ", "Perhaps: "
_SUFFIX = re.compile(rf"^(.+) \(({'|'.join(map(re.escape, ENTITY_KINDS))})\)$", re.DOTALL)


def labels(entities: Sequence[Entity]) -> dict[str, str]:
    """Return one name for each entity id; those who share a name have their kind behind it."""
    shared: dict[str, int] = {}
    for entity in entities:
        key = entity.name.casefold()
        shared[key] = shared.get(key, 0) + 1
    found: dict[str, str] = {}
    taken: set[str] = set()
    for entity in entities:
        alone = shared[entity.name.casefold()] == 1
        wanted = entity.name if alone else f"{entity.name} ({entity.kind})"
        found[entity.id] = unlike(wanted, taken)
    return found


def unlike(name: str, taken: set[str]) -> str:
    """Return a name with a number behind it if it is taken, and take it."""
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{name} {number}"
    taken.add(free.casefold())
    return free


def describe(entity: Entity) -> str:
    """Return a description with the kind and the other names, a line each."""
    strong = "; ".join(alias.name for alias in entity.aliases if not alias.weak)
    weak = "; ".join(alias.name for alias in entity.aliases if alias.weak)
    lines = (
        entity.description,
        f"{KIND}{entity.kind}",
        f"{ALSO}{strong}" if strong else "",
        f"{PERHAPS}{weak}" if weak else "",
    )
    return "\n".join(line for line in lines if line)


def described(
    key: str, label: str, text: str = "", kind: str = "", color: str = ""
) -> IncomingEntity:
    """Return the entity that a code's name and description tell of; any other code is a theme."""
    told = dict.fromkeys((KIND, ALSO, PERHAPS), "")
    rest = []
    for line in text.splitlines():
        start = next((one for one in told if line.startswith(one)), None)
        if start is None or (start == KIND and line.removeprefix(KIND) not in ENTITY_KINDS):
            rest.append(line)
        else:
            told[start] = line.removeprefix(start)
    named = _SUFFIX.match(label)
    kind = kind or told[KIND] or (named[2] if named else "Theme")
    return IncomingEntity(
        key=key,
        kind=kind,
        name=named[1] if named and named[2] == kind else label,
        aliases=_names(told[ALSO]),
        weak_aliases=_names(told[PERHAPS]),
        description="\n".join(rest),
        color=color,
    )


def _names(line: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in line.split(";") if name.strip())
