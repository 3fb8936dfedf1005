"""The entity list: reading and writing lists, and finding their names in texts.

What matches names is loaded at its first use: most commands never need it.
"""

from typing import TYPE_CHECKING, Any

from index.entities.entry import ListEntry, ListReading

if TYPE_CHECKING:
    from index.entities.lists import read_list, write_list
    from index.entities.matching import Matcher

__all__ = ["ListEntry", "ListReading", "Matcher", "read_list", "write_list"]


def __getattr__(name: str) -> Any:
    if name == "Matcher":
        from index.entities.matching import Matcher

        return Matcher
    if name in ("read_list", "write_list"):
        from index.entities import lists

        return getattr(lists, name)
    raise AttributeError(name)
