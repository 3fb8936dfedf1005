"""JSON-like data with its words changed: citation data and entries of the record."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from index.citing.items import NAMES
from index.export.hiding import Hider

NAME_ORDER = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
# What stands here is a code of ours or of a format, and no word of anybody.
CSL_CODES = frozenset(("id", "type"))
CUSTODY_CODES = frozenset("at document entities extractor sha256 subject what".split())


def changed(value: Any, change: Callable[[str], str], codes: frozenset[str] = frozenset()) -> Any:
    """Return data with every string changed but keys, and what has the key of a code."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: one if key in codes else changed(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [changed(one, change) for one in value]
    return value


def strings(value: Any, codes: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the strings that `changed` changes."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            if key not in codes:
                yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)


def with_whole_names(csl: Mapping[str, Any], hider: Hider) -> dict[str, Any]:
    """Return citation data in which a person to be hidden is one string, not given and family."""
    return {
        key: [_whole(one, hider) for one in value] if key in NAMES else value
        for key, value in csl.items()
    }


def _whole(name: Any, hider: Hider) -> Any:
    if not isinstance(name, Mapping) or "family" not in name:
        return name
    shown = " ".join(str(name[part]) for part in NAME_ORDER if name.get(part))
    return {"literal": hider.hide(shown)} if hider.find(shown) else name
