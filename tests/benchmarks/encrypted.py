"""An encrypted archive beside a plain one of the same files: import, opening, search, memory.

    python -m tests.benchmarks.encrypted [FILES] [RUNS]

Each measurement is a process of its own, plain and encrypted in turn. The passphrase is a
cheap one to try; what a usual one costs is measured by itself. Times are processor time,
with that of the readers, so that a busy machine does not matter much.
"""

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.import_corpus import made
from tests.benchmarks.search_opening import _peak
from tests.sealing import PASSPHRASE

KINDS = ("plain", "encrypted")
JOBS, QUERIES = 2, 300
MEASURED = (
    "import", "opening and the first result", "a query, as the median",
    "a page drawn, without its reader", "checking it", "megabytes after opening",
    "megabytes after the queries", "bytes on the disk",
)  # fmt: skip


def imported(kind: str, folder: Path, files: Path) -> list[float]:
    """Import every file into a new archive; return the processor time."""
    from index.library import Library
    from index.model import ImportOptions
    from tests import sealing

    library = sealing.make(folder) if kind == "encrypted" else Library.create(folder)
    with library:
        library.import_files([files], ImportOptions(ocr="never", jobs=JOBS))
    return [_worked()]


def asked(kind: str, folder: Path) -> list[float]:
    """Open an archive, ask much, draw a page, check it; return what each of it took."""
    from index.library import Library
    from index.model import SearchRequest

    began = time.process_time()
    with Library.open(folder, passphrase=PASSPHRASE) as library:
        words = sorted(set(library.text(library.documents()[0].id).split()))
        rng = random.Random(7)
        library.search(SearchRequest(rng.choice(words)))
        opening, first = time.process_time() - began, _peak()
        seconds = []
        for _ in range(QUERIES):
            query = " ".join(rng.choice(words) for _ in range(rng.randrange(1, 4)))
            before = time.process_time()
            library.search(SearchRequest(query))
            seconds.append(time.process_time() - before)
        after = _peak()
        before = time.process_time()
        for document in library.documents()[:20]:
            library.view(document.id).draw(0, 1.0)
        drawn = (time.process_time() - before) / 20
        before = time.process_time()
        assert library.check().ok
        checked = time.process_time() - before
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return [opening, statistics.median(seconds), drawn, checked, first, after, size]


def _worked() -> float:
    """Return the processor time of this process and of those that it waited for."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(each.ru_utime + each.ru_stime for each in map(resource.getrusage, kinds))


def measured(kind: str, folder: Path, files: Path) -> list[float]:
    """Return every number of one kind of archive."""
    command = [sys.executable, "-m", "tests.benchmarks.encrypted"]
    numbers = []
    for words in (["--import", kind, folder, files], ["--ask", kind, folder]):
        done = subprocess.run(
            [*command, *map(str, words)], capture_output=True, text=True, check=True
        )
        numbers += [float(number) for number in done.stdout.split()]
    return numbers


def passphrase_cost() -> tuple[float, float]:
    """Return seconds by the clock and of processor time to try a passphrase of usual cost."""
    from index.crypto import keys

    _, header = keys.make("a usual one")
    began, worked = time.perf_counter(), time.process_time()
    keys.unwrap(header, "a usual one")
    return time.perf_counter() - began, time.process_time() - worked


def main() -> None:
    """Measure and print."""
    numbers = [int(text) for text in sys.argv[1:] if text.isdigit()]
    count, runs = (numbers + [60, 3][len(numbers) :])[:2]
    found: dict[str, list[list[float]]] = {kind: [] for kind in KINDS}
    with tempfile.TemporaryDirectory() as name:
        files = made(Path(name) / "files", count, typeset=False)[0].parent
        for run in range(runs):
            for kind in KINDS:
                found[kind].append(measured(kind, Path(name) / f"{kind} {run}", files))
                print(f"run {run + 1}, {kind}: {found[kind][-1]}", flush=True)
    print(f"{count} files of 50 pages; encrypted beside plain, the median of {runs} runs")
    for at, what in enumerate(MEASURED):
        plain, sealed = (statistics.median(run[at] for run in found[kind]) for kind in KINDS)
        print(f"{what}: {plain:.4g}, {sealed:.4g}, ratio {sealed / plain:.2f}")
    seconds, worked = passphrase_cost()
    print(f"trying a passphrase: {seconds:.2f} s, {worked:.2f} s of processor time")
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    if "--import" in sys.argv:
        print(*imported(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])))
    elif "--ask" in sys.argv:
        print(*asked(sys.argv[2], Path(sys.argv[3])))
    else:
        main()
