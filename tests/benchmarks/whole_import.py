"""A whole import of PDFs against recollindex and against bare extraction, in turn.

    python -m tests.benchmarks.whole_import [FILES] [FOLDER] [RUNS]

Files of fifty pages go through `Library.import_files` into a new archive: copied,
read, written down, indexed. `recollindex` indexes the same folder with two workers,
and two processes take the text out with pypdfium2 and do nothing with it. A quarter
of the files differs in its text, all of them in their bytes. Where the shared corpus is
at hand, its real reports are imported too.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

from tests.benchmarks.import_corpus import FONTS, made
from tests.benchmarks.reading_speed import bare
from tests.conftest import shared_folder

JOBS = 2
WANTED_RECOLL, WANTED_BARE = 0.8, 1.25


def extracted(paths: list[Path], folder: Path) -> int:
    """Take the text out of every page, in two processes; return the pages."""
    with get_context("spawn").Pool(JOBS) as pool:
        return sum(pool.imap_unordered(bare, paths))


def imported(paths: list[Path], folder: Path) -> int:
    """Import every file with the program in a process of its own; return the pages found."""
    found = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.whole_import", "--ours", folder / "archive",
         paths[0].parent],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(found.stdout)


def ours(folder: Path, files: Path) -> None:
    """Import a folder and print how many pages can be found then."""
    from index.library import Library
    from index.model import ImportOptions, SearchRequest

    with Library.open(folder, create=True) as library:
        library.import_files([files], ImportOptions(ocr="never", jobs=JOBS))
        print(library.search(SearchRequest(query="*")).pages)


def recoll(paths: list[Path], folder: Path) -> int:
    """Index every file with recollindex; return the files it found."""
    settings = folder / "recoll"
    settings.mkdir()
    (settings / "recoll.conf").write_text(
        f"topdirs = {paths[0].parent}\nidxflushmb = 200\nthrQSizes = 2 2 2\nthrTCounts = 2 2 1\n"
        "loglevel = 2\n"
    )
    subprocess.run(["recollindex", "-c", settings, "-z"], capture_output=True, check=True)
    found = subprocess.run(
        ["recollq", "-c", settings, "-n", "1", "mime:application/pdf"],
        capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip
    return int(found.split(" results", 1)[0].rsplit(maxsplit=1)[-1]) if " results" in found else 0


def cost(work: Callable[[list[Path], Path], int], paths: list[Path]) -> tuple[float, float, int]:
    """Return seconds by the clock, seconds of processor time, and what the work says it found."""
    with tempfile.TemporaryDirectory(dir=paths[0].parent.parent) as name:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        count = work(paths, Path(name))
        seconds = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, worked, count


def compare(name: str, paths: list[Path], runs: int, *, with_recoll: bool = True) -> None:
    """Do everything in turn and print the ratios."""
    contenders = {"bare": extracted, "ours": imported}
    if with_recoll and shutil.which("recollindex"):
        contenders["recoll"] = recoll
    ratios: dict[str, list[float]] = {"bare": [], "recoll": []}
    for run in range(runs):
        found = {contender: cost(work, paths) for contender, work in contenders.items()}
        shown = ", ".join(
            f"{contender} {seconds:.1f} s (processor {worked:.1f} s, {count} found)"
            for contender, (seconds, worked, count) in found.items()
        )
        print(f"{name}, run {run + 1}: {shown}", flush=True)
        for other in ratios:
            if other in found:
                ratios[other].append(found["ours"][0] / found[other][0])
    for other, wanted in (("recoll", WANTED_RECOLL), ("bare", WANTED_BARE)):
        if ratios[other]:
            ratio = sorted(ratios[other])[len(ratios[other]) // 2]
            verdict = "reached" if ratio <= wanted else "NOT reached"
            print(f"{name}: {ratio:.2f} x {other} (wanted {wanted}: {verdict})", flush=True)


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(name)
        for kind in ("plain", "typeset"):
            if kind == "plain" or FONTS.is_dir():
                paths = made(folder / kind, count, typeset=kind == "typeset")
                compare(kind, paths, runs)
        real = shared_folder() / "corpus" / "reports"
        if real.is_dir():
            copies = folder / "real"
            copies.mkdir(exist_ok=True)
            for path in real.glob("*.pdf"):
                shutil.copyfile(path, copies / path.name)
            # The program that recollindex calls does not end with one of them.
            compare("real reports", sorted(copies.glob("*.pdf")), runs, with_recoll=False)
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    if "--ours" in sys.argv:
        ours(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
