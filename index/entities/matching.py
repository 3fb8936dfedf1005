"""Where the names of a list occur in a text."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.entities import words
from index.model import Entity, How, Mention


@dataclass(frozen=True, slots=True)
class _Name:
    entity: int
    how: How
    parts: tuple[str, ...]


class Matcher:
    """Finds the names of an entity list; built once for a list, used for many documents."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._entities = list(entities)
        self._starts: dict[str, list[_Name]] = {}
        for number, entity in enumerate(self._entities):
            self._add(number, How.NAME, entity.name)
            for alias in entity.aliases:
                if not alias.weak:
                    self._add(number, How.ALIAS, alias.name)

    def _add(self, number: int, how: How, name: str) -> None:
        parts = tuple(words.fold(match[0]) for match in words.words(name))
        if parts:
            self._starts.setdefault(parts[0], []).append(_Name(number, how, parts))

    def find(self, document: str, text: str) -> list[Mention]:
        """Return the mentions in a canonical text, in its order, none inside another."""
        spans: list[tuple[int, int]] = []
        folded: list[str] = []
        for match in words.words(text):
            cut = words.possessive_length(match[0])
            spans.append((match.start(), match.end() - cut))
            folded.append(words.fold(match[0][: len(match[0]) - cut]))
        found: list[Mention] = []
        position = 0
        while position < len(folded):
            fits = self._longest(folded, position)
            if not fits:
                position += 1
                continue
            length = len(fits[0].parts)
            start, end = spans[position][0], spans[position + length - 1][1]
            entities = [self._entities[name.entity].id for name in fits]
            found.append(
                Mention(
                    entity=entities[0],
                    document=document,
                    start=start,
                    end=end,
                    text=text[start:end],
                    how=fits[0].how,
                    score=1.0,
                    others=tuple(dict.fromkeys(other for other in entities[1:])),
                )
            )
            position += length
        return found

    def _longest(self, folded: Sequence[str], position: int) -> list[_Name]:
        fits: list[_Name] = []
        for name in self._starts.get(folded[position], ()):
            if tuple(folded[position : position + len(name.parts)]) == name.parts:
                fits.append(name)
        longest = max((len(name.parts) for name in fits), default=0)
        best = [name for name in fits if len(name.parts) == longest]
        return sorted(best, key=lambda name: name.how is not How.NAME)
