"""What one entity claims of a text, before the claims of others are weighed against it."""

from dataclasses import dataclass

from index.model import How


@dataclass(frozen=True, slots=True)
class Claim:
    """A range of a text that seems to name an entity (its number in the matcher's list)."""

    entity: int
    start: int
    end: int
    how: How
    score: float
    reason: str
    full: bool = True  # names the entity in full, and so vouches for its short forms
    at: int = 0  # the word with the surname or the acronym's definition


@dataclass(frozen=True, slots=True)
class Fit:
    """How a word fits a name's word: distance in letters, and the cases it would stand in."""

    distance: float
    cases: str
    exact: bool = False
