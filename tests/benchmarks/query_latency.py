"""Queries against SQLite FTS5 in the same process: each class, both in turn, count and top 20.

    python -m tests.benchmarks.query_latency [PAGES] [FOLDER]

Ours is asked twice: as FTS5 is, for the words as they are written, and with every
expansion on, as people ask it. The ratios are those of the p95 by the clock and, because
other work on the machine disturbs that, of the p95 of processor time. Xapian is
reported beside them where the system's Python has it.
"""

import json
import random
import sqlite3
import subprocess
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
from tests.benchmarks import xapian_engine
from tests.benchmarks.search_corpus import Corpus, archive

RUNS = 3
QUERIES = 40
LIMITS = {
    "term": 0.4, "or": 0.4, "prefix": 0.4, "sort": 0.4, "filter": 0.4,
    "and": 1.0, "phrase": 1.0, "proximity": 1.0, "snippets": 1.0,
}  # fmt: skip

OFF = ("stem", "fold", "script")
SYSTEM_PYTHON = Path("/usr/bin/python3")

Ask = Callable[[str, str], tuple[int, float, float]]
"""Answers (kind, query) with pages, seconds by the clock and of processor time."""


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
        self.service.follow()

    def ask(self, kind: str, query: str, without: tuple[str, ...] = OFF) -> int:
        """Answer one query; without snippets only pages and order are asked for."""
        request = SearchRequest(
            query=query,
            limit=20,
            sort="date" if kind == "sort" else "score",
            since="2010" if kind == "filter" else None,
            until="2015" if kind == "filter" else None,
            without=without,
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


class Xapian:
    """Xapian in a process of its own, which times itself."""

    def __init__(self, path: Path, corpus: Corpus) -> None:
        fresh = not path.exists()
        self._process = subprocess.Popen(
            [SYSTEM_PYTHON, xapian_engine.__file__, path, *(["--fill"] if fresh else [])],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        assert self._process.stdin is not None and self._process.stdout is not None
        self._in, self._out = self._process.stdin, self._process.stdout
        if fresh:
            for page in corpus.pages():
                self._in.write(json.dumps([page.id, page.text, page.issued]) + "\n")
            self._in.write("null\n")
        self._in.flush()
        assert self._out.readline() == "ready\n"

    @staticmethod
    def there() -> bool:
        """Whether the system's Python has Xapian."""
        found = SYSTEM_PYTHON.exists() and subprocess.run(
            [SYSTEM_PYTHON, "-c", "import xapian"], capture_output=True
        )
        return bool(found) and not found.returncode

    def ask(self, kind: str, query: str) -> tuple[int, float, float]:
        """Answer one query."""
        self._in.write(json.dumps([kind, query]) + "\n")
        self._in.flush()
        count, seconds, worked = json.loads(self._out.readline())
        return int(count), seconds, worked


def timed(ask: Callable[[str, str], int]) -> Ask:
    """Return a way to ask that says how long it took."""

    def measured(kind: str, query: str) -> tuple[int, float, float]:
        began, worked = time.perf_counter(), time.process_time()
        count = ask(kind, query)
        return count, time.perf_counter() - began, time.process_time() - worked

    return measured


def percentile(values: list[float], share: float) -> float:
    """Return the value below which this share of all lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def measure(
    engines: dict[str, Ask], kind: str, queries: list[str]
) -> tuple[dict[str, list[tuple[float, float]]], int]:
    """Return (seconds, processor seconds) of every answer, and how often ours counts otherwise."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in engines}
    unequal = 0
    for run in range(RUNS + 1):
        for query in queries:
            counts = {}
            for name, ask in engines.items():
                counts[name], seconds, worked = ask(kind, query)
                if run:
                    times[name].append((1000 * seconds, 1000 * worked))
            unequal += run == 0 and counts["ours"] != counts["fts5"]
    return times, unequal


def main() -> None:
    """Measure and print."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(name)
        corpus = Corpus(pages)
        ours = Ours(folder / "ours", corpus)
        other = Ours(folder / "ours", corpus)  # with nothing remembered of what ours was asked
        engines = {
            "ours": timed(ours.ask),
            "widened": timed(lambda kind, query: other.ask(kind, query, ())),
            "fts5": timed(Fts(folder / "fts5.sqlite", corpus).ask),
        }
        if Xapian.there():
            engines["xapian"] = Xapian(folder / "xapian", corpus).ask
        print(f"{pages} pages; milliseconds, median / p95; p95 of processor time in brackets")
        for kind, queries in questions(corpus).items():
            report(kind, *measure(engines, kind, queries))


def report(kind: str, times: dict[str, list[tuple[float, float]]], unequal: int) -> None:
    """Print what was measured of one class of queries."""
    shown = [f"{kind:10}"]
    p95 = {}
    for name, found in times.items():
        clock, worked = ([pair[at] for pair in found] for at in (0, 1))
        p95[name] = percentile(clock, 0.95), percentile(worked, 0.95)
        median = percentile(clock, 0.5)
        shown.append(f"{name} {median:.2f} / {p95[name][0]:.2f} ({p95[name][1]:.2f})")
    ratio, worked_ratio = (p95["ours"][at] / p95["fts5"][at] for at in (0, 1))
    verdict = "reached" if ratio <= LIMITS[kind] else "NOT reached"
    shown.append(
        f"ratio {ratio:.2f} ({worked_ratio:.2f}), wanted {LIMITS[kind]}: {verdict};"
        f" widened {p95['widened'][0] / p95['fts5'][0]:.2f}"
        f" ({p95['widened'][1] / p95['fts5'][1]:.2f});"
        f" {unequal} other counts"
    )
    print("  ".join(shown), flush=True)


if __name__ == "__main__":
    main()
