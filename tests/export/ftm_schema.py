"""FollowTheMoney entities held against the schemas that its library ships."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

SHAPES = {
    "date": re.compile(r"\d{4}(-\d\d(-\d\d)?)?"),
    "url": re.compile(r"https?://\S+"),
    "mimetype": re.compile(r"[a-z]+/[\w.+-]+"),
    "number": re.compile(r"\d+"),
}


@lru_cache(maxsize=1)
def package() -> Path:
    """Return where the library lies; it is not run, for it wants to be compiled."""
    spec = find_spec("followthemoney")
    assert spec is not None and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])


@lru_cache(maxsize=1)
def schemas() -> Mapping[str, Mapping[str, Any]]:
    """Return every schema by its name."""
    found: dict[str, Mapping[str, Any]] = {}
    for path in (package() / "schema").glob("*.yaml"):
        found.update(yaml.safe_load(path.read_text("utf-8")))
    assert len(found) > 60
    return found


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """Return the languages that the library knows."""
    tree = ast.parse((package() / "types/language.py").read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "LANGUAGES":
            assert node.value is not None
            return frozenset(ast.literal_eval(node.value))
    raise AssertionError("the library says nowhere what languages it knows")


def ancestry(name: str) -> set[str]:
    """Return a schema and all that it extends."""
    found = {name}
    for parent in schemas()[name].get("extends", ()):
        found |= ancestry(parent)
    return found


def properties(name: str) -> dict[str, Mapping[str, Any]]:
    """Return the properties that a schema has, its own and inherited ones."""
    return {
        key: value
        for one in ancestry(name)
        for key, value in (schemas()[one].get("properties") or {}).items()
    }


def problems(entities: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield where entities are not as their schemas want them."""
    known = {one["id"]: one["schema"] for one in entities}
    for one in entities:
        name = one["schema"]
        if set(one) != {"id", "schema", "properties"} or schemas()[name].get("abstract"):
            yield f"{one['id']} is no entity"
        for required in schemas()[name].get("required", ()):
            if required not in one["properties"]:
                yield f"a {name} lacks {required}"
        for key, values in one["properties"].items():
            wanted = properties(name).get(key)
            if wanted is None:
                yield f"a {name} has no {key}"
                continue
            if not values or not all(isinstance(value, str) and value for value in values):
                yield f"{key} of a {name} is no list of texts"
            for value in values:
                yield from _value(name, key, value, wanted, known)


def _value(
    name: str, key: str, value: str, wanted: Mapping[str, Any], known: Mapping[str, str]
) -> Iterator[str]:
    kind = wanted.get("type", "string")
    if kind == "entity":
        if value not in known:
            yield f"{key} of a {name} is not in the file"
        elif wanted["range"] not in ancestry(known[value]):
            yield f"{key} of a {name} is a {known[value]}"
    if kind in SHAPES and not SHAPES[kind].fullmatch(value):
        yield f"{key} of a {name} is no {kind}: {value}"
    if kind == "language" and value not in languages():
        yield f"{key} of a {name} is no language: {value}"
