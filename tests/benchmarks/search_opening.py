"""Opening a large archive and typing in it: first result, memory, answers to each letter.

    python -m tests.benchmarks.search_opening [PAGES] [FOLDER]

FOLDER may be that of `query_latency`, whose archive is used again. The first result is
measured in a new process, from its start, with the files in the system's cache.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.search_corpus import Corpus, archive, opened

WANTED_OPEN, WANTED_RESIDENT, WANTED_TYPING = 0.5, 300, 0.050


def first_result(folder: Path, query: str, began: float) -> None:
    """Open, ask, and print seconds since `began`, resident megabytes, pages, processor time."""
    from index.model import SearchRequest

    _, service = opened(folder)
    results = service.search(SearchRequest(query=query))
    seconds = time.time() - began
    print(seconds, _peak(), results.pages, time.process_time())


def _peak() -> int:
    """Return the most memory of this process in megabytes.

    What `getrusage` tells begins with the memory of the process that started this one.
    """
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def typed(folder: Path, words: list[str]) -> list[tuple[float, float]]:
    """Return the seconds by the clock and of processor time that each letter of words takes."""
    from index.model import SearchRequest

    _, service = opened(folder)
    service.search(SearchRequest(query=words[0]))
    seconds = []
    for word in words:
        for length in range(1, len(word) + 1):
            began, worked = time.perf_counter(), time.process_time()
            service.search(SearchRequest(query=word[:length], as_you_type=True, limit=40))
            seconds.append((time.perf_counter() - began, time.process_time() - worked))
    return seconds


def verdict(value: float, wanted: float) -> str:
    """Return whether a number is reached, in words."""
    return f"wanted {wanted}: {'reached' if value <= wanted else 'NOT reached'}"


def main() -> None:
    """Measure and print."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = (Path(sys.argv[2]) if len(sys.argv) > 2 else Path(name)) / "ours"
        corpus = Corpus(pages)
        database, service = archive(folder, corpus)
        service.follow()
        database.close()
        words = [corpus.vocabulary[language][n] for n in (200, 3_000) for language in ("en", "ru")]
        for run in range(3):
            found = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.search_opening", "--first", str(folder),
                 words[run % len(words)], str(time.time())],
                capture_output=True, text=True, check=True,
            ).stdout.split()  # fmt: skip
            seconds, resident = float(found[0]), int(found[1])
            print(
                f"run {run + 1}: {pages} pages, first result after {seconds:.2f} s,"
                f" {float(found[3]):.2f} s of processor time"
                f" ({verdict(seconds, WANTED_OPEN)}), resident {resident} MB"
                f" ({verdict(resident, WANTED_RESIDENT)})"
            )
        both = typed(folder, words)
        for at, kind in enumerate(("by the clock", "of processor time")):
            answers = sorted(each[at] for each in both)
            p95 = answers[int(len(answers) * 0.95)]
            median = answers[len(answers) // 2]
            print(
                f"typing: median {1000 * median:.0f} ms, p95 {1000 * p95:.0f} ms,"
                f" slowest {1000 * answers[-1]:.0f} ms {kind} ({verdict(p95, WANTED_TYPING)})"
            )


if __name__ == "__main__":
    if "--first" in sys.argv:
        first_result(Path(sys.argv[2]), sys.argv[3], float(sys.argv[4]))
    else:
        main()
