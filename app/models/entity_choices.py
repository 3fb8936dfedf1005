"""Which entities the tag box offers for what is typed, the best first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from anyascii import anyascii

from index.model import Entity

EXACT, BEGINS, WORD, ALIAS_BEGINS, ALIAS_WORD, INSIDE = range(6)  # better is less
MOST = 9


def folded(name: str) -> str:
    """Return a name in Latin letters without case, so that any script finds it."""
    return " ".join(str(anyascii(name)).casefold().replace("-", " ").split())


@dataclass(frozen=True, slots=True)
class Choice:
    """One entity offered; `also` is the alias that fits when the name does not."""

    entity: Entity
    also: str = ""


class EntityChoices:
    """The entity list, folded once and asked at every key."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entries = [
            (
                entity,
                folded(entity.name),
                [(alias.name, folded(alias.name)) for alias in entity.aliases],
            )
            for entity in entities
        ]

    def find(self, typed: str, recent: Sequence[str] = ()) -> list[Choice]:
        """Return the entities that fit, the best first; at the same rank, recent ones first."""
        wanted = folded(typed)
        if not wanted:
            return []
        order = {identity: place for place, identity in enumerate(recent)}
        found: list[tuple[tuple[int, int, int, str], Choice]] = []
        for entity, name, aliases in self._entries:
            rank, also = _rank(wanted, name, aliases)
            if rank is not None:
                place = order.get(entity.id, len(order))
                key = (rank, place, -entity.passage_count, name)
                found.append((key, Choice(entity, also)))
        found.sort(key=lambda pair: pair[0])
        return [choice for _, choice in found[:MOST]]


def recent_choices(
    suggested: Sequence[str], recent: Sequence[str], entities: Mapping[str, Entity]
) -> list[Choice]:
    """Return what is offered before anything is typed: named in the selection, then recent."""
    order = dict.fromkeys([*suggested, *recent])
    return [Choice(entities[identity]) for identity in order if identity in entities][:MOST]


def _rank(wanted: str, name: str, aliases: Sequence[tuple[str, str]]) -> tuple[int | None, str]:
    if name == wanted:
        return EXACT, ""
    if name.startswith(wanted):
        return BEGINS, ""
    if _starts_word(wanted, name):
        return WORD, ""
    best: tuple[int | None, str] = (None, "")
    for shown, alias in aliases:
        if alias == wanted or alias.startswith(wanted):
            return ALIAS_BEGINS, shown
        if best[0] is None and _starts_word(wanted, alias):
            best = (ALIAS_WORD, shown)
    if best[0] is None and wanted in name:
        return INSIDE, ""
    return best


def _starts_word(wanted: str, name: str) -> bool:
    """Say whether every typed word begins a word of the name, in any order."""
    words = name.split()
    return all(any(word.startswith(part) for word in words) for part in wanted.split())
