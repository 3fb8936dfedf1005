"""Everything that a reader may need, imported before it gives up the right to open files."""

import contextlib
import ctypes
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
_SHOWN = b" ".join(
    b"BT /F%d 9 Tf 9 %d Td (Ag1) Tj ET" % (number, 9 * number) for number in range(4)
)
_SMALL_PDF = (
    b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
    b"/Resources<</Font<<%b>>>>>>endobj\n"
    b"4 0 obj<</Length %d>>stream\n%b\nendstream endobj\n"
    b"trailer<</Root 1 0 R>>\n%%%%EOF" % (_FONTS, len(_SHOWN), _SHOWN)
)

_PDF_CODECS = ("ascii", "utf_8", "utf_16_le", "utf_16_be", "latin_1", "idna")


def _warm_up() -> None:
    """Have PDFium set up its fonts and tables once, in the helper and not in every reader."""
    from index.reading import pdf_file, pdf_text, serving

    buffer = ctypes.create_string_buffer(_SMALL_PDF)
    file = pdf_file.PdfFile(ctypes.addressof(buffer), len(_SMALL_PDF))
    with file.page(0) as page:
        serving.draw(page, 0.5)
        with pdf_file.text_of(page) as text_page:
            pdf_text.letters(text_page)
    file.close()


def _import_all(package: ModuleType) -> None:
    """Import every module of a package; some belong to another system or to an extra."""
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.", lambda _: None):
        if "__main__" in module.name or ".cli" in module.name or "_cli" in module.name:
            continue
        with contextlib.suppress(Exception):
            importlib.import_module(module.name)
