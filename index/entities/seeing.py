"""What the passages say together: dossiers, who stands with whom, what is corroborated."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from index.entities.words import folded_name
from index.model import Alias, Document, Mention, Passage
from index.store.database import Database

SHORTEST_TITLE = 12  # code points; a shorter title says nothing about who cites whom


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


@dataclass(frozen=True, slots=True)
class Source:
    """One document behind a set of passages, and the others of them that it cites."""

    document: str
    passages: tuple[str, ...]
    cites: tuple[str, ...]  # ids of documents

    @property
    def independent(self) -> bool:
        """Whether it cites none of the other documents."""
        return not self.cites


@dataclass(frozen=True, slots=True)
class Corroboration:
    """How many documents stand behind an entity or a theme, and how many by themselves."""

    sources: tuple[Source, ...]

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return len(self.sources)

    @property
    def independent(self) -> int:
        """How many of them cite none of the others."""
        return sum(1 for source in self.sources if source.independent)


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


def corroboration(database: Database, entity: str) -> Corroboration:
    """Return the documents behind the passages of an entity, or of a theme and those under it.

    A document cites another when its text or notes carry the other's title or
    address.
    """
    connection = database.read()
    wanted = json.dumps(below(database, entity))
    passages: dict[str, list[str]] = {}
    for passage, document in connection.execute(
        "SELECT DISTINCT p.id, p.document FROM passage p JOIN passage_entity pe ON"
        " pe.passage = p.id WHERE pe.entity IN (SELECT value FROM json_each(?))"
        " ORDER BY p.document, p.start",
        (wanted,),
    ):
        passages.setdefault(document, []).append(passage)
    marks = {document: _marks(database, document) for document in passages}
    sources = []
    for document, found in passages.items():
        others = {other: mark for other, mark in marks.items() if other != document and mark}
        cited = _cited(database, document, others) if others else ()
        sources.append(Source(document, tuple(found), tuple(cited)))
    return Corroboration(tuple(sources))


def _marks(database: Database, document: str) -> tuple[str, ...]:
    """Return what a text would carry that cites a document: its address, its title."""
    row = (
        database.read()
        .execute("SELECT title, csl FROM document WHERE id = ?", (document,))
        .fetchone()
    )
    csl = json.loads(row["csl"])
    marks = []
    for field in ("URL", "DOI"):
        address = str(csl.get(field) or "").strip().rstrip("/").lower()
        marks.append(address.removeprefix("https://").removeprefix("http://").removeprefix("www."))
    title = folded_name(row["title"])
    if len(title) >= SHORTEST_TITLE:
        marks.append(title)
    return tuple(mark for mark in marks if len(mark) >= SHORTEST_TITLE)


def _cited(database: Database, document: str, others: Mapping[str, tuple[str, ...]]) -> list[str]:
    connection = database.read()
    pages = connection.execute(
        "SELECT p.text FROM page p JOIN document d ON d.number = p.document WHERE d.id = ?"
        " ORDER BY p.idx",
        (document,),
    )
    text = "\n".join(row[0] for row in pages)
    plain, folded = "".join(text.lower().split()), folded_name(text)
    return [
        other
        for other, marks in others.items()
        if any(mark in folded or "".join(mark.split()) in plain for mark in marks)
    ]
