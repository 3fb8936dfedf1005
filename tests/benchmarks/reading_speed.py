"""Measure reading PDFs with notes, labels and metadata against bare pypdfium2 text extraction.

    python -m tests.benchmarks.reading_speed [FOLDER] [PAGES] [PAGES A FILE]

Both read the same files in the same number of processes, in turns; without a folder,
or with “made” for one, reports of 50 pages are made, each of which is read five times.
Ours reads every file in a process of its own, which costs the same for long and short ones.
"""

import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from index.errors import UnreadableFile
from index.model import ImportOptions
from index.reading import Readers
from tests.conftest import shared_folder

OPTIONS = ImportOptions(ocr="never")
JOBS = os.cpu_count() or 1
TIMES = 5


def bare(path: Path) -> int:
    """Return how many pages pypdfium2 reads of a file."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError:
        return 0
    for index in range(len(document)):
        page = document[index]
        text_page = page.get_textpage()
        text_page.get_text_range()
        text_page.close()
        page.close()
    count = len(document)
    document.close()
    return count


def made(folder: Path, pages: int, each: int = 50) -> list[Path]:
    """Write reports of `each` pages with the words of the shared reports."""
    from fpdf import FPDF

    text = "\n".join(
        path.read_text("utf-8") for path in sorted((shared_folder() / "reports").glob("*.txt"))
    )
    words = text.encode("latin-1", "ignore").decode("latin-1").split()
    paths = []
    for number in range(max(1, pages // each)):
        pdf = FPDF()
        pdf.set_font("Helvetica", size=10)
        for page in range(each):
            pdf.add_page()
            at = (number * 977 + page * 431) % (len(words) - 500)
            pdf.multi_cell(0, 5, " ".join(words[at : at + 480]))
        paths.append(folder / f"{number}.pdf")
        pdf.output(str(paths[-1]))
    return paths


def main(arguments: list[str]) -> None:
    """Print pages a second of both and the ratio of their times."""
    with tempfile.TemporaryDirectory() as folder:
        pages = int(arguments[1]) if len(arguments) > 1 else 10_000
        if arguments and arguments[0] != "made":
            paths = sorted(Path(arguments[0]).glob("*.pdf"))
        else:
            each = int(arguments[2]) if len(arguments) > 2 else 50
            paths = TIMES * made(Path(folder), pages // TIMES, each)
        readers = Readers(JOBS)
        readers.read(paths[0], OPTIONS)
        ratios = []
        with get_context("spawn").Pool(JOBS) as pool, ThreadPoolExecutor(JOBS) as threads:
            pool.map(bare, paths[:2])
            for _ in range(3):
                begin = time.perf_counter()
                count = sum(pool.imap_unordered(bare, paths))
                middle = time.perf_counter()
                list(threads.map(lambda path: _ours(readers, path), paths))
                end = time.perf_counter()
                ratios.append((end - middle) / (middle - begin))
                print(
                    f"{count} pages: bare {count / (middle - begin):.0f}/s,"
                    f" ours {count / (end - middle):.0f}/s, ratio {ratios[-1]:.2f}"
                )
        print(f"median ratio {sorted(ratios)[1]:.2f} with {JOBS} processes")
        readers.close()


def _ours(readers: Readers, path: Path) -> int:
    try:
        return len(readers.read(path, OPTIONS).pages)
    except UnreadableFile:
        return 0


if __name__ == "__main__":
    main(sys.argv[1:])
