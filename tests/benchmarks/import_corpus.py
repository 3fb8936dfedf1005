"""PDFs made up for measuring imports: plain ones, and typeset ones with fonts of their own."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path

from tests.benchmarks.search_corpus import PAGES_A_DOCUMENT, Corpus, Page

FONTS = Path("/usr/share/fonts/truetype/dejavu")
FACES = {"": "DejaVuSerif.ttf", "B": "DejaVuSerif-Bold.ttf", "I": "DejaVuSans.ttf"}
LINE = 88  # characters
TIMES_EACH = 4  # files with the same pages, other bytes


def lines(text: str) -> Iterator[str]:
    """Yield a text in lines."""
    line = ""
    for word in text.split():
        if len(line) + len(word) >= LINE:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _open(typeset: bool) -> tuple[object, str]:
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_auto_page_break(False)
    if typeset:
        for style, name in FACES.items():
            pdf.add_font("face", style, FONTS / name)
    return pdf, "face" if typeset else "Helvetica"


def write(path: Path, pages: list[Page], *, typeset: bool) -> None:
    """Write pages as one report: a running head, a heading, lines, a note with its mark."""
    from fpdf import FPDF

    pdf, family = _open(typeset)
    assert isinstance(pdf, FPDF)
    pdf.set_title(f"Report {pages[0].document}")
    pdf.set_author("Research Group")
    for page in pages:
        pdf.add_page()
        pdf.set_font(family, "I", 8)
        pdf.text(20, 12, f"Report {page.document}")
        pdf.text(180, 287, str(page.id))
        pdf.set_font(family, "B", 13)
        text = page.text if typeset else page.text.encode("latin-1", "ignore").decode("latin-1")
        found = list(lines(text)) or [""]
        pdf.text(20, 24, found[0][:40])
        pdf.set_font(family, "", 10)
        y = 34.0
        for line in found:
            pdf.text(20, y, line)
            y += 5.2
        end = 20 + pdf.get_string_width(found[-1])
        pdf.set_font(family, "", 6)
        pdf.text(end, y - 5.2 - 1.4, "1")
        pdf.text(20, 270, "1")
        pdf.set_font(family, "", 8)
        pdf.text(22, 272, f"Source {page.id}, https://example.org/{page.id}")
    pdf.output(str(path))


def _written(job: tuple[int, list[Page]], folder: Path, typeset: bool) -> None:
    number, pages = job
    first = folder / f"report{number:04d}-0.pdf"
    write(first, pages, typeset=typeset)
    data = first.read_bytes()
    for copy in range(TIMES_EACH):
        # Files with the same bytes would be known after the first.
        path = folder / f"report{number:04d}-{copy}.pdf"
        path.write_bytes(data + b"%% %d-%d\n" % (number, copy))


def made(folder: Path, count: int, *, typeset: bool) -> list[Path]:
    """Return PDFs of fifty pages in a folder, made first where they are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    if len(list(folder.glob("*.pdf"))) != count:
        documents = count // TIMES_EACH
        pages = Corpus(documents * PAGES_A_DOCUMENT).pages()
        jobs = [(n, list(islice(pages, PAGES_A_DOCUMENT))) for n in range(documents)]
        if not typeset:
            # The fonts that every reader has know no Cyrillic letters.
            latin = [job[1] for job in jobs if job[1][0].language == "en"]
            jobs = [(n, latin[n % len(latin)]) for n in range(documents)]
        with ProcessPoolExecutor(2) as pool:
            list(pool.map(partial(_written, folder=folder, typeset=typeset), jobs))
    return sorted(folder.glob("*.pdf"))
