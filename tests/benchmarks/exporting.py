"""2,000 passages from 200 documents as a bundle, with and without page pictures.

The yardstick is PDFium alone in this process: drawing the same pages and saving
them as PNG, with nothing around it.

    python -m tests.benchmarks.exporting [--documents 200] [--passages 10] [--pages 20]
"""

import argparse
import io
import resource
import tempfile
import time
from pathlib import Path

import pypdfium2
from fpdf import FPDF

from index.export import export, gather, verify
from index.library import Library
from index.model import ExportRequest, ImportOptions


def make_reports(folder: Path, documents: int, pages: int, passages: int) -> None:
    """Write PDFs of running text with as many marked sentences as wanted."""
    words = "activists were detained in the city before the protest and released by the court "
    for number in range(documents):
        pdf = FPDF()
        pdf.set_title(f"Report {number} on the protests of 2016")
        pdf.set_author(f"Author{number % 40}, Name")
        pdf.set_font("Helvetica", size=10)
        for page in range(pages):
            pdf.add_page()
            pdf.multi_cell(180, 5, f"Document {number}, page {page + 1}. " + words * 38)
            if page < passages:
                pdf.ln()
                pdf.multi_cell(180, 5, f"Sentence {page} of report {number} is worth citing.")
        pdf.output(str(folder / f"report {number:03}.pdf"))


def fill(library: Library, folder: Path, passages: int) -> None:
    """Import the reports and tag their sentences."""
    library.import_files([folder], ImportOptions(ocr="never"))
    entities = [library.add_entity("Person", f"Person {n}").id for n in range(20)]
    for document in library.documents():
        number = int(document.file_name.split()[1].split(".")[0])
        for page in range(passages):
            quote = f"Sentence {page} of report {number} is worth citing."
            library.tag_quote(document.id, quote, [entities[(number + page) % 20]], "A memo.")


def plain_drawing(folder: Path, passages: int) -> float:
    """Return the seconds that drawing and saving the same pages takes."""
    begin = time.perf_counter()
    for path in sorted(folder.iterdir()):
        document = pypdfium2.PdfDocument(path)
        for page in range(passages):
            picture = document[page].render(scale=1.4).to_pil()
            picture.save(io.BytesIO(), "PNG")
        document.close()
    return time.perf_counter() - begin


def main() -> None:
    """Print the times, sizes and ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--passages", type=int, default=10)
    parser.add_argument("--pages", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "reports"
        folder.mkdir()
        make_reports(folder, given.documents, given.pages, given.passages)
        archive = Path(name) / "archive"
        with Library.open(archive, create=True) as library:
            fill(library, folder, given.passages)
        yardstick = plain_drawing(folder, given.passages)
        print(f"yardstick: drawing and saving the pages {yardstick:.1f} s")
        for pictures in (False, True):
            measure(archive, Path(name) / f"bundle-{pictures}", pictures, yardstick)


def children() -> float:
    """Return the processor time of the reader processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(archive: Path, out: Path, pictures: bool, yardstick: float) -> None:
    """Export and verify once, and print how long each took."""
    readers = children()
    with Library.open(archive) as library:
        begin, used = time.perf_counter(), time.process_time()
        content = gather(library, ExportRequest(pictures=pictures))
        summary = export(content, library.readers, out)
        took, used = time.perf_counter() - begin, time.process_time() - used
    readers = children() - readers
    begin = time.perf_counter()
    verdict = verify(out)
    checked = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{'with' if pictures else 'without'} pictures: {summary.passages} passages of "
        f"{summary.documents} documents in {took:.1f} s ({took / yardstick:.2f} of the yardstick; "
        f"processor time {used:.1f} s here and {readers:.1f} s in readers), "
        f"{summary.bytes / 1e6:.0f} MB, verified {verdict.ok} in {checked:.1f} s, "
        f"peak {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()
