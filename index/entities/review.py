"""What waits for a decision: mentions that are neither tagged, nor decided, nor somebody else's."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.entities.mentions import MentionCache
from index.entities.words import folded_name
from index.model import How, Mention
from index.store.database import Database

EXACT = 1.0
ORDER = (How.NAME, How.ALIAS, How.VARIANT, How.SURNAME)


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions to be decided together: of one entity, or in one document."""

    key: str  # the entity's id or the document's
    mentions: tuple[Mention, ...]
    exact: int  # how many are written just as the list has it

    @property
    def spellings(self) -> tuple[tuple[str, int], ...]:
        """The spellings met, the most frequent first."""
        counts: dict[str, int] = {}
        for mention in self.mentions:
            shown = " ".join(mention.text.split())
            counts[shown] = counts.get(shown, 0) + 1
        return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


class Review:
    """The review queue of one archive."""

    def __init__(self, database: Database, cache: MentionCache) -> None:
        self._database = database
        self._cache = cache

    def waiting(
        self,
        entities: Iterable[str] | None = None,
        document: str | None = None,
        min_score: float = 0.0,
    ) -> list[Mention]:
        """Return the mentions that nobody has decided about, by document and place."""
        found = self._cache.mentions(entities, document, min_score)
        settled = _Settled(self._database.read(), document)
        return [left for mention in found if (left := settled.left_of(mention)) is not None]

    def grouped(
        self, mentions: Sequence[Mention], by: str = "entity", min_score: float = 0.0
    ) -> list[Group]:
        """Return mentions in groups `by` entity or document, the largest first."""
        groups: dict[str, list[Mention]] = {}
        for mention in mentions:
            if mention.score >= min_score:
                key = mention.entity if by == "entity" else mention.document
                groups.setdefault(key, []).append(mention)
        made = [
            Group(key, tuple(found), sum(1 for one in found if one.score >= EXACT))
            for key, found in groups.items()
        ]
        return sorted(made, key=lambda group: (-len(group.mentions), group.key))

    @staticmethod
    def exact(mentions: Iterable[Mention]) -> list[Mention]:
        """Return those written just as the list has them, of one entity only."""
        return [one for one in mentions if one.score >= EXACT and not one.others]


class _Settled:
    """What is tagged and decided already."""

    def __init__(self, connection: sqlite3.Connection, document: str | None) -> None:
        where, values = ("WHERE document = ?", (document,)) if document else ("", ())
        self._decided = {
            tuple(row)
            for row in connection.execute(
                f"SELECT document, start, end, entity FROM decision {where}", values
            )
        }
        self._excluded = {
            tuple(row)
            for row in connection.execute("SELECT entity, spelling, document FROM exclusion")
        }
        self._tagged: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for row in connection.execute(
            "SELECT p.document, pe.entity, p.start, p.end FROM passage p"
            f" JOIN passage_entity pe ON pe.passage = p.id {where}",
            values,
        ):
            self._tagged.setdefault((row[0], row[1]), []).append((row[2], row[3]))

    def _open(self, mention: Mention, entity: str) -> bool:
        if (mention.document, mention.start, mention.end, entity) in self._decided:
            return False
        spelling = folded_name(mention.text)
        if (entity, spelling, "") in self._excluded:
            return False
        if (entity, spelling, mention.document) in self._excluded:
            return False
        return not any(
            start <= mention.start and mention.end <= end
            for start, end in self._tagged.get((mention.document, entity), ())
        )

    def left_of(self, mention: Mention) -> Mention | None:
        """Return a mention with the candidates that are still open, or None."""
        every = (mention.entity, *mention.others)
        left = [entity for entity in every if self._open(mention, entity)]
        if not left:
            return None
        if len(left) < len(every):
            if any(self._is_tagged(mention, entity) for entity in every):
                return None
            return replace(mention, entity=left[0], others=tuple(left[1:]))
        return mention

    def _is_tagged(self, mention: Mention, entity: str) -> bool:
        return any(
            start <= mention.start and mention.end <= end
            for start, end in self._tagged.get((mention.document, entity), ())
        )


def exclude(connection: sqlite3.Connection, mentions: Iterable[Mention]) -> None:
    """Remember that spellings are somebody else: a surname in its document, a name everywhere."""
    connection.executemany(
        "INSERT OR IGNORE INTO exclusion (entity, spelling, document) VALUES (?, ?, ?)",
        [
            (
                mention.entity,
                folded_name(mention.text),
                mention.document if mention.how is How.SURNAME else "",
            )
            for mention in mentions
        ],
    )
