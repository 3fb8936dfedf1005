"""FollowTheMoney entities as JSON Lines.

FollowTheMoney knows no laws and no themes: they are written as `Document` and
`Note` with our kind among the keywords, and a place as an `Address` that also
carries its name.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from index.entities.entry import ListEntry, ListReading
from index.entities.tables import kind_of
from index.model import Alias, Entity

SCHEMAS: Mapping[str, str] = {
    "Person": "Person",
    "Organization": "Organization",
    "Law": "Document",
    "Place": "Address",
    "Event": "Event",
    "Theme": "Note",
}
KEYWORD = "muniment:"


def read_followthemoney(text: str) -> ListReading:
    """Read entities, one JSON object a line."""
    entries: list[ListEntry] = []
    problems: list[str] = []
    for line, row in enumerate(text.splitlines(), start=1):
        if not row.strip():
            continue
        try:
            entries.append(_entry(json.loads(row), line))
        except (ValueError, RecursionError):
            problems.append(f"Line {line} is not JSON.")
        except _Unusable as error:
            problems.append(f"Line {line} {error}.")
    return ListReading(tuple(entries), tuple(problems))


class _Unusable(Exception):
    """Why a line gives no entity."""


def _values(properties: Mapping[str, Any], name: str) -> list[str]:
    found = properties.get(name, [])
    if isinstance(found, str):
        found = [found]
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _entry(data: Any, line: int) -> ListEntry:
    properties = data.get("properties") if isinstance(data, dict) else None
    if not isinstance(properties, dict):
        raise _Unusable("holds no entity")
    kind = next(
        (
            kind_of(keyword.removeprefix(KEYWORD))
            for keyword in _values(properties, "keywords")
            if keyword.startswith(KEYWORD)
        ),
        "",
    ) or kind_of(str(data.get("schema", "")))
    if not kind:
        raise _Unusable(f"is of the schema “{data.get('schema')}”, which the list has no kind for")
    names = _values(properties, "name") or _values(properties, "full")
    names = names or [caption] if (caption := data.get("caption")) and not names else names
    if not names:
        raise _Unusable("has no name")
    aliases = [Alias(name) for name in names[1:]]
    aliases += [Alias(name) for name in _values(properties, "alias")]
    aliases += [Alias(name) for name in _values(properties, "previousName")]
    aliases += [Alias(name, weak=True) for name in _values(properties, "weakAlias")]
    external = {"followthemoney": str(data["id"])} if data.get("id") else {}
    for wikidata in _values(properties, "wikidataId")[:1]:
        external["wikidata"] = wikidata
    return ListEntry(
        kind=kind,
        name=names[0],
        aliases=tuple(aliases),
        description=" ".join(_values(properties, "summary")[:1]),
        external=external,
        line=line,
    )


def write_followthemoney(entities: Iterable[Entity]) -> str:
    """Return entities, one JSON object a line."""
    return "".join(
        json.dumps(_as_entity(entity), ensure_ascii=False, sort_keys=True) + "\n"
        for entity in entities
    )


def _as_entity(entity: Entity) -> dict[str, Any]:
    properties: dict[str, list[str]] = {"name": [entity.name]}
    for name, weak in (("alias", False), ("weakAlias", True)):
        found = [alias.name for alias in entity.aliases if alias.weak is weak]
        if found:
            properties[name] = found
    if entity.description:
        properties["summary"] = [entity.description]
    if "wikidata" in entity.external:
        properties["wikidataId"] = [entity.external["wikidata"]]
    if entity.kind == "Place":
        properties["full"] = [entity.name]
    if entity.kind in ("Law", "Theme", "Place"):
        properties["keywords"] = [f"{KEYWORD}{entity.kind}"]
    identity = entity.external.get("followthemoney", entity.id)
    return {"id": identity, "schema": SCHEMAS[entity.kind], "properties": properties}
