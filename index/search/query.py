"""What a query means, as a tree of frozen nodes."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How the words of the text are to answer to a word of the query."""

    STEM = "stem"  # every ending and spelling
    EXACT = "exact"
    PREFIX = "prefix"
    WILDCARD = "wildcard"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class Word:
    """One word; `text` is its form, for prefix and wildcard the pattern in lower case."""

    text: str
    kind: Kind = Kind.STEM
    distance: int = 0  # of a fuzzy word, in letters
    boost: float = 1.0
    position: int = field(default=0, compare=False)  # where it begins in the query


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in order one after the other; with `slop`, all within so many words in any order."""

    words: tuple[Word, ...]
    slop: int | None = None
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class And:
    """Everything that all the parts match."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Everything that any of the parts matches."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything that the part does not match."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Field:
    """Something that the record knows and the text does not: a title, a tag, a date."""

    name: str
    value: str
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Everything:
    """Every page."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No page: there is no word in the query yet."""


Node = Word | Phrase | And | Or | Not | Field | Everything | Nothing


def leaves(node: Node, *, negated: bool = False) -> list[Word | Phrase]:
    """Return the words and phrases that a page is to contain, not those under a NOT."""
    match node:
        case Word() | Phrase():
            return [] if negated else [node]
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in leaves(part, negated=negated)]
        case Not(part):
            return leaves(part, negated=not negated)
        case _:
            return []
