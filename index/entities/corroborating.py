"""How many documents stand behind an entity or a theme, and which only repeat or cite another."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.entities.textwords import TextWords
from index.entities.words import WORD, fold, folded_name
from index.progress import NullProgress, Progress
from index.store.database import Database

SHORTEST_TITLE = 12  # code points; a shorter title says nothing about who cites whom
RUN = 5  # words that are compared as one
FEWEST_RUNS = 20  # of a text that can be told from another at all
WIDELY_SHARED = 16  # documents with the same run, beyond which it says little of any two
SAME = 0.5  # of the shorter text's runs from which on the longer one has its text
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)

Runs = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Source:
    """One document behind a set of passages, and the others of them that it rests on."""

    document: str
    passages: tuple[str, ...]
    cites: tuple[str, ...]  # ids of documents
    same: str = ""  # the document before it in the list that has the same text


@dataclass(frozen=True, slots=True)
class Corroboration:
    """The documents behind an entity or a theme."""

    sources: tuple[Source, ...]

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return len(self.sources)

    @property
    def texts(self) -> int:
        """How many there are when those of one text count once."""
        return sum(1 for source in self.sources if not source.same)

    @property
    def independent(self) -> int:
        """How many of these texts cite none of the others."""
        citing = {source.same or source.document for source in self.sources if source.cites}
        return self.texts - len(citing)


def corroboration(
    database: Database, entities: Sequence[str], progress: Progress | None = None
) -> Corroboration:
    """Return the documents behind the passages of some entities (a theme and those under it).

    A document cites another when its text or notes carry the other's title or
    address. Two are the same text when half the runs of five words of the
    shorter one stand in the longer, as those of a printed copy or a reprint do.
    """
    progress = progress or NullProgress()
    passages: dict[str, list[str]] = {}
    for passage, document in database.read().execute(
        "SELECT DISTINCT p.id, p.document FROM passage p JOIN passage_entity pe ON"
        " pe.passage = p.id JOIN document d ON d.id = p.document"
        " WHERE pe.entity IN (SELECT value FROM json_each(?)) ORDER BY d.number, p.start",
        (json.dumps(list(entities)),),
    ):
        passages.setdefault(document, []).append(passage)
    marks = {document: _marks(database, document) for document in passages}
    runs: dict[str, Runs] = {}
    cites: dict[str, list[str]] = {}
    for done, document in enumerate(passages):
        progress.report(done, len(passages), "Comparing documents")
        pages = list(_pages(database, document))
        others = {other: mark for other, mark in marks.items() if other != document and mark}
        cites[document] = _cited(pages, others)
        runs[document] = _runs("\n".join(pages))
    same = _same_texts(runs)
    return Corroboration(
        tuple(
            Source(
                document,
                tuple(found),
                tuple(
                    other
                    for other in cites[document]
                    if same.get(other, other) != same.get(document, document)
                ),
                same.get(document, ""),
            )
            for document, found in passages.items()
        )
    )


def _pages(database: Database, document: str) -> Iterator[str]:
    for row in database.read().execute(
        "SELECT p.text FROM page p JOIN document d ON d.number = p.document WHERE d.id = ?"
        " ORDER BY p.idx",
        (document,),
    ):
        yield row[0]


def _runs(text: str) -> Runs:
    """Return the different runs of words of a text, each as a number, in order."""
    numbers = TextWords(text.casefold()).numbers.astype(np.uint64)
    if len(numbers) < RUN:
        return np.zeros(0, dtype=np.uint64)
    length = len(numbers) - RUN + 1
    runs = numbers[:length].copy()
    for place in range(1, RUN):
        runs *= _MULTIPLIER
        runs += numbers[place : place + length]
    return np.unique(runs)


def _same_texts(runs: Mapping[str, Runs]) -> dict[str, str]:
    """Return for each document that repeats the text of an earlier one which that is.

    Whatever texts share is found by sorting the runs of all of them once.
    """
    names, sizes = list(runs), [len(each) for each in runs.values()]
    count = len(names)
    owners = np.repeat(np.arange(count), sizes)
    every = np.concatenate([np.zeros(0, dtype=np.uint64), *runs.values()])
    order = np.argsort(every, kind="stable")
    every, owners = every[order], owners[order]
    shared: Counter[int] = Counter()
    for apart in range(1, min(count, WIDELY_SHARED)):
        same = every[apart:] == every[:-apart]
        pairs, times = np.unique(
            owners[:-apart][same] * count + owners[apart:][same], return_counts=True
        )
        shared.update(dict(zip(pairs.tolist(), times.tolist(), strict=True)))
    first: dict[str, str] = {}
    for pair in sorted(shared):
        one, other = divmod(pair, count)
        shorter = min(sizes[one], sizes[other])
        if shorter >= FEWEST_RUNS and shared[pair] >= SAME * shorter:
            first.setdefault(names[other], first.get(names[one], names[one]))
    return first


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


def _cited(pages: Sequence[str], others: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the documents whose marks stand in a text, most of which are soon seen not to."""
    text = "\n".join(pages)
    lower = text.casefold().replace("ё", "е")
    likely = {
        other: marks
        for other, marks in others.items()
        if any(any(word in lower for word in _longest(mark)) for mark in marks)
    }
    if not likely:
        return []
    plain = "".join(text.lower().split())
    folded = folded_name(text)
    return [
        other
        for other, marks in likely.items()
        if any(mark in folded or "".join(mark.split()) in plain for mark in marks)
    ]


def _longest(mark: str) -> list[str]:
    """Return the two longest words of a mark; a line's end may have cut one of them in a text."""
    return sorted(map(fold, WORD.findall(mark)), key=len, reverse=True)[:2]
