"""What the passages say together: spellings met, dates, who stands with whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from index.entities.words import folded_name
from index.model import Alias, Document, Mention, Passage
from index.store.database import Database


@dataclass(frozen=True, slots=True)
class Spelling:
    """How an entity is written, how often, and whether the list has it so."""

    text: str
    count: int
    listed: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """Two entities that stand together, with the passages tagged with both."""

    one: str
    other: str
    passages: tuple[str, ...]
    documents: int  # in which both are tagged, in one passage or not


def spellings(names: Iterable[str | Alias], mentions: Iterable[Mention]) -> list[Spelling]:
    """Return the spellings met of an entity's mentions, the most frequent first."""
    listed = {folded_name(one if isinstance(one, str) else one.name) for one in names}
    counts: dict[str, int] = {}
    for mention in mentions:
        shown = " ".join(mention.text.split())
        counts[shown] = counts.get(shown, 0) + 1
    return [
        Spelling(text, count, folded_name(text) in listed)
        for text, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def by_date(
    passages: Iterable[Passage], documents: Mapping[str, Document]
) -> list[tuple[str, Passage]]:
    """Return passages with the date of their document, oldest first, undated ones last."""
    dated = [(documents[passage.document].issued or "", passage) for passage in passages]
    return sorted(dated, key=lambda pair: (not pair[0], pair[0], pair[1].anchor.start))


def co_occurrence(passages: Sequence[Passage], least: int = 1) -> list[Edge]:
    """Return the pairs of entities that share passages or documents, the strongest first."""
    shared: dict[tuple[str, str], list[str]] = {}
    documents: dict[str, set[str]] = {}
    for passage in passages:
        for entity in passage.entities:
            documents.setdefault(passage.document, set()).add(entity)
        for pair in combinations(sorted(set(passage.entities)), 2):
            shared.setdefault(pair, []).append(passage.id)
    together: dict[tuple[str, str], int] = {}
    for entities in documents.values():
        for pair in combinations(sorted(entities), 2):
            together[pair] = together.get(pair, 0) + 1
    edges = [
        Edge(one, other, tuple(shared.get((one, other), ())), count)
        for (one, other), count in together.items()
    ]
    kept = [edge for edge in edges if max(len(edge.passages), edge.documents) >= least]
    return sorted(kept, key=lambda e: (-len(e.passages), -e.documents, e.one, e.other))


def below(database: Database, theme: str) -> list[str]:
    """Return a theme and every theme under it."""
    found = [theme]
    for row in database.read().execute(
        "WITH RECURSIVE under(id) AS (SELECT id FROM entity WHERE parent = ? UNION"
        " SELECT e.id FROM entity e JOIN under u ON e.parent = u.id) SELECT id FROM under",
        (theme,),
    ):
        found.append(row[0])
    return list(dict.fromkeys(found))
