"""Building the index against a lean stock Whoosh schema: processor time, size, memory.

    python -m tests.benchmarks.index_build [PAGES] [STOCK_PAGES]

Stock Whoosh is measured on STOCK_PAGES of the same corpus, because it needs minutes
for the whole; its time is scaled up by the number of pages.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.search_corpus import Corpus, archive, opened


def stock(folder: Path, corpus: Corpus, pages: int) -> float:
    """Return the seconds of processor time that stock Whoosh needs for some pages."""
    from itertools import islice

    from whoosh import analysis, fields, index

    schema = fields.Schema(
        page=fields.NUMERIC(stored=True, bits=32), text=fields.TEXT(analysis.StemmingAnalyzer())
    )
    rows = list(islice(corpus.pages(), pages))
    began = time.process_time()
    writer = index.create_in(str(folder), schema).writer(limitmb=256)
    for row in rows:
        writer.add_document(page=row.id, text=row.text)
    writer.commit()
    return time.process_time() - began


def ours(folder: Path) -> None:
    """Print seconds, bytes and megabytes of building our index, in a process of its own."""
    _, service = opened(folder)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    began = time.process_time()
    service.rebuild()
    seconds = time.process_time() - began
    size = sum(path.stat().st_size for path in (folder / "search").iterdir())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(seconds, size, peak, before)


def main() -> None:
    """Measure and print."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    some = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    corpus = Corpus(pages)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database, _ = archive(folder / "ours", corpus)
        text = sum(len(page.text.encode()) for page in corpus.pages())
        database.close()
        for run in range(2):
            (folder / f"stock{run}").mkdir()
            theirs = stock(folder / f"stock{run}", corpus, some) * pages / some
            found = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.index_build", "--ours",
                 str(folder / "ours")],
                capture_output=True, text=True, check=True,
            ).stdout.split()  # fmt: skip
            seconds, size, peak = float(found[0]), int(found[1]), int(found[2])
            print(
                f"run {run + 1}: {pages} pages, processor time {seconds:.1f} s ="
                f" {seconds / theirs:.3f} x stock ({theirs:.0f} s), {pages / seconds:.0f} pages/s;"
                f" size {size / text:.2f} x the text ({size / 1e6:.0f} MB); peak {peak} MB"
                f" (before indexing {found[3]} MB)"
            )


if __name__ == "__main__":
    if "--ours" in sys.argv:
        ours(Path(sys.argv[2]))
    else:
        main()
