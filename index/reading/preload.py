"""Everything that a reader may need, imported before it gives up the right to open files."""

import contextlib
import encodings
import importlib
import io
import pkgutil
from types import ModuleType

PDF, ANY = "pdf", "any"
"""The two kinds of helper: a small one for PDFs, which are many, and one for everything."""

_PACKAGES = ("chardet", "pypdf", "docx", "lxml", "selectolax", "striprtf", "markdown_it", "email")
"""Libraries of which every module is imported, since they import late when they are used."""

_LATE = ("_strptime", "calendar", "decimal", "html.entities", "quopri", "stringprep", "unicodedata")
"""What the standard library imports only when it is used."""


def everything(kind: str) -> None:
    """Import what a kind of helper needs: every codec, every library, all of our own readers."""
    importlib.import_module("index.reading.pdf")
    importlib.import_module("index.reading.serving")
    importlib.import_module("index.reading.describing")
    importlib.import_module("heapq")  # collections imports it when it counts
    _warm_up()
    if kind == PDF:
        for name in _PDF_CODECS:
            importlib.import_module(f"encodings.{name}")
        return
    _import_all(encodings)
    for name in _PACKAGES:
        _import_all(importlib.import_module(name))
    for name in _LATE:
        importlib.import_module(name)
    importlib.import_module("index.reading.formats")
    importlib.import_module("index.reading.annotate")
    _first_guesses()
    _first_painting()
    _first_mark()


def _first_guesses() -> None:
    """Guess once, since the tables of letters are loaded from files at the first guess."""
    importlib.import_module("chardet").detect("Доклад о воде в городе".encode("cp1251"))


def _first_painting() -> None:
    """Reduce the colours of a picture once, since Pillow imports its parts at first use."""
    from index.reading import painting

    painting.paint(bytes(range(16)), 2, 2, 8, 2)


def _first_mark() -> None:
    """Mark a page once, so that what pypdf compiles at first use is there for every reader."""
    from index.model import Rect
    from index.reading import annotate
    from index.reading.result import Mark
    from index.reading.source import Source

    out = io.BytesIO()
    with importlib.import_module("pypdf").PdfWriter() as writer:
        writer.add_blank_page(99, 99)
        writer.write(out)
    mark = Mark("m", 0, (Rect(9, 9, 20, 20),), "#ff6666", "", "")
    annotate.annotate(Source(out.getvalue(), "small.pdf"), [mark], ())


_FONTS = b"".join(
    b"/F%d<</Type/Font/Subtype/Type1/BaseFont/%b/Encoding/WinAnsiEncoding>>" % (number, name)
    for number, name in enumerate((b"Helvetica", b"Times-Roman", b"Courier", b"Helvetica-Bold"))
)
_LINE = b"BT /F%d 9 Tf 40 %d Td (Page %d, the court of the city of 12 March 2016: [3]) Tj ET"
_RAISED = b"BT /F1 5 Tf %d %d Td (%d) Tj ET"
_SMALL_PAGES = 12


def _shown(page: int) -> bytes:
    """Return the content of a page of the small PDF: lines, a raised number, its note."""
    lines = [_LINE % (line % 4, 700 - 20 * line, page) for line in range(16)]
    lines.insert(1, _RAISED % (237, 704, page))
    lines.append(_RAISED % (36, 104, page))
    lines.append(b"BT /F0 8 Tf 40 100 Td (Source: http://example.org/) Tj ET")
    return b" ".join(lines)


def _small_pdf() -> bytes:
    """Return a PDF of the kind that reports are, as short as it can be."""
    numbers = range(_SMALL_PAGES)
    parts = [
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Count %d/Kids[%b]>>endobj\n"
        % (_SMALL_PAGES, b" ".join(b"%d 0 R" % (3 + 2 * number) for number in numbers)),
    ]
    for number in numbers:
        shown = _shown(number + 1)
        parts.append(
            b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<<%b>>>>>>endobj\n" % (3 + 2 * number, 4 + 2 * number, _FONTS)
        )
        parts.append(
            b"%d 0 obj<</Length %d>>stream\n%b\nendstream endobj\n"
            % (4 + 2 * number, len(shown), shown)
        )
    return b"".join((*parts, b"trailer<</Root 1 0 R>>\n%%EOF"))


_TIMES = 2
"""How often the small PDF is read until the interpreter has adapted to it."""

_PDF_CODECS = ("ascii", "utf_8", "utf_16_le", "utf_16_be", "latin_1", "idna")


def _warm_up() -> None:
    """Read a small PDF in the helper, so that no reader has to set up again what all need.

    PDFium has its fonts and tables then, and the interpreter has adapted our own code.
    """
    from index.reading import batches, describing, encode, frames, pdf, pdf_file, place, serving
    from index.reading.source import Source

    data = _small_pdf()
    source = Source(data, "small.pdf")
    for _ in range(_TIMES):
        out = io.BytesIO()
        sender = batches.PageSender(out, place.Pointer(None))
        reading = pdf.read(source, (), frozenset(), lambda page: None, sender.add)
        reading = describing.described(reading, source.name)
        frames.send(out, encode.reading_header(reading))
    file = pdf_file.PdfFile(source.address, source.size)
    with file.page(0) as page:
        serving.draw(page, 0.1)
    file.close()


def _import_all(package: ModuleType) -> None:
    """Import every module of a package; some belong to another system or to an extra."""
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.", lambda _: None):
        if "__main__" in module.name or ".cli" in module.name or "_cli" in module.name:
            continue
        with contextlib.suppress(Exception):
            importlib.import_module(module.name)
