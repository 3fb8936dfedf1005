"""One line of an entity list, as a file of any format gives it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.model import Alias


@dataclass(frozen=True, slots=True)
class ListEntry:
    """What a file says about one entity; `line` is where, counted from 1."""

    kind: str
    name: str
    aliases: tuple[Alias, ...] = ()
    description: str = ""
    color: str = ""
    parent: str = ""  # the name of a theme's broader theme
    external: Mapping[str, str] = field(default_factory=dict)
    line: int = 0
    bare: bool = False  # a mere name: an entity that has it among its names is the one meant
    kindless: bool = False  # the file has no kinds, and may mean an entity of any

    def as_alias(self) -> Alias:
        """Return the entry's name as an alias."""
        return Alias(self.name)


@dataclass(frozen=True, slots=True)
class ListReading:
    """A list as it was read: what could be, and a sentence for each line that could not."""

    entries: tuple[ListEntry, ...]
    problems: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()  # of a table, for the user to map
    mapping: Mapping[str, str] = field(default_factory=dict)  # field -> header, as it was used
