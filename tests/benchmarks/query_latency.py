"""Queries against SQLite FTS5 in the same process: each class, both in turn, count and top 20.

    python -m tests.benchmarks.query_latency [PAGES] [FOLDER]

Xapian is measured beside them where its Python module is installed.
"""

import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from itertools import islice, pairwise
from pathlib import Path

from index.model import SearchRequest
from index.search.analysis import tokens
from tests.benchmarks.search_corpus import Corpus, archive

RUNS = 3
QUERIES = 40
LIMITS = {
    "term": 0.4, "or": 0.4, "prefix": 0.4, "sort": 0.4, "filter": 0.4,
    "and": 1.0, "phrase": 1.0, "proximity": 1.0, "snippets": 1.0,
}  # fmt: skip

Ask = Callable[[str], int]


def questions(corpus: Corpus) -> dict[str, list[str]]:
    """Return queries of every class, made of words of known frequency."""
    rng = random.Random(7)
    frequency: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    near: list[tuple[str, str]] = []
    sample = list(islice(corpus.pages(), 0, corpus.size, max(1, corpus.size // 1500)))
    for page in sample:
        words = [token.form for token in tokens(page.text) if token.form.isalpha()]
        frequency.update(set(words))
        pairs.update(pairwise(words))
        at = rng.randrange(len(words) - 6)
        near.append((words[at], words[at + rng.randrange(2, 5)]))
    known = sorted(word for word in frequency if len(word) > 2)
    count = len(sample)
    common = [word for word in known if frequency[word] > count * 0.10]
    middle = [word for word in known if count * 0.01 < frequency[word] <= count * 0.10]
    rare = [word for word in known if frequency[word] <= 3]
    for group in (common, middle, rare):
        rng.shuffle(group)

    def some(group: list[str], number: int = QUERIES) -> list[str]:
        return [group[n % len(group)] for n in range(number)]

    phrases = [f'"{a} {b}"' for (a, b), _ in pairs.most_common(400) if len(a) > 2 and len(b) > 2]
    mixed = some(common, 16) + some(middle, 14) + some(rare, 10)
    return {
        "term": mixed,
        "or": [
            f"{a} OR {b} OR {c}"
            for a, b, c in zip(some(common), some(middle), some(rare), strict=True)
        ],
        "prefix": [word[:3] + "*" for word in some(middle)],
        "sort": some(common),
        "filter": some(common),
        "and": [
            f"{a} AND {b}" for a, b in zip(some(common), some(middle[::-1] + common), strict=True)
        ],
        "phrase": some(phrases),
        "proximity": [f'"{a} {b}"~5' for a, b in near[:QUERIES]],
        "snippets": mixed,
    }


class Ours:
    """The search of an archive."""

    def __init__(self, folder: Path, corpus: Corpus) -> None:
        self.database, self.service = archive(folder, corpus)
        if not self.service.is_current():
            self.service.rebuild()

    def ask(self, kind: str, query: str) -> int:
        """Answer one query; without snippets only pages and order are asked for."""
        request = SearchRequest(
            query=query,
            limit=20,
            sort="date" if kind == "sort" else "score",
            since="2010" if kind == "filter" else None,
            until="2015" if kind == "filter" else None,
            without=("stem", "fold", "script"),
        )
        if kind == "snippets":
            return self.service.search(request).pages
        return self.service.rank(request)[0]


class Fts:
    """SQLite FTS5 over the same pages."""

    def __init__(self, path: Path, corpus: Corpus) -> None:
        self.connection = sqlite3.connect(path)
        self.connection.execute("PRAGMA mmap_size = 2000000000")
        with suppress(sqlite3.OperationalError):
            self.connection.execute(
                "CREATE VIRTUAL TABLE f USING fts5(text, issued UNINDEXED,"
                " tokenize = 'unicode61 remove_diacritics 0')"
            )
            self.connection.executemany(
                "INSERT INTO f (rowid, text, issued) VALUES (?, ?, ?)",
                ((page.id, page.text, page.issued) for page in corpus.pages()),
            )
            self.connection.execute("INSERT INTO f (f) VALUES ('optimize')")
            self.connection.commit()

    def ask(self, kind: str, query: str) -> int:
        """Count the pages and fetch the first twenty."""
        if kind == "proximity":
            words = query[1 : query.index('"', 1)]
            query = f"NEAR({words}, 4)"
        where = "f MATCH ?" + (" AND issued BETWEEN '2010' AND '2016'" if kind == "filter" else "")
        order = "issued DESC" if kind == "sort" else "rank"
        chosen = "rowid, snippet(f, 0, '[', ']', '…', 40)" if kind == "snippets" else "rowid"
        counted = self.connection.execute(f"SELECT count(*) FROM f WHERE {where}", (query,))
        self.connection.execute(
            f"SELECT {chosen} FROM f WHERE {where} ORDER BY {order} LIMIT 20", (query,)
        ).fetchall()
        return int(counted.fetchone()[0])


def percentile(values: list[float], share: float) -> float:
    """Return the value below which this share of all lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main() -> None:
    """Measure and print."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(name)
        corpus = Corpus(pages)
        ours = Ours(folder / "ours", corpus)
        fts = Fts(folder / "fts5.sqlite", corpus)
        print(f"{pages} pages; milliseconds, median / p95")
        for kind, queries in questions(corpus).items():
            times: dict[str, list[float]] = {"ours": [], "fts5": []}
            unequal = 0
            for run in range(RUNS + 1):
                for query in queries:
                    counts = []
                    for engine, ask in (("ours", ours.ask), ("fts5", fts.ask)):
                        began = time.perf_counter()
                        counts.append(ask(kind, query))
                        if run:
                            times[engine].append(1000 * (time.perf_counter() - began))
                    unequal += run == 0 and counts[0] != counts[1]
            p95 = {engine: percentile(found, 0.95) for engine, found in times.items()}
            median = {engine: percentile(found, 0.5) for engine, found in times.items()}
            ratio = p95["ours"] / p95["fts5"]
            verdict = "reached" if ratio <= LIMITS[kind] else "NOT reached"
            print(
                f"{kind:10} ours {median['ours']:7.2f} / {p95['ours']:7.2f}"
                f"   fts5 {median['fts5']:7.2f} / {p95['fts5']:7.2f}"
                f"   p95 ratio {ratio:5.2f} (wanted {LIMITS[kind]}: {verdict});"
                f" other counts in {unequal} of {len(queries)}",
                flush=True,
            )


if __name__ == "__main__":
    main()
