"""Everything that a reader may need, imported before it gives up the right to open files."""

import contextlib
import encodings
import importlib
import pkgutil
from types import ModuleType

PDF, ANY = "pdf", "any"
"""The two kinds of helper: a small one for PDFs, which are many, and one for everything."""

_PACKAGES = ("chardet", "pypdf", "docx", "lxml", "selectolax", "striprtf", "markdown_it", "email")
"""Libraries of which every module is imported, since they import late when they are used."""


def everything(kind: str) -> None:
    """Import what a kind of helper needs: every codec, every library, all of our own readers."""
    importlib.import_module("index.reading.pdf")
    importlib.import_module("index.reading.serving")
    if kind == PDF:
        for name in _PDF_CODECS:
            importlib.import_module(f"encodings.{name}")
        return
    _import_all(encodings)
    for name in _PACKAGES:
        _import_all(importlib.import_module(name))
    importlib.import_module("index.reading.formats")
    importlib.import_module("index.reading.annotate")
    _first_guesses()


def _first_guesses() -> None:
    """Guess once, since the tables of letters are loaded from files at the first guess."""
    importlib.import_module("chardet").detect("Доклад о воде в городе".encode("cp1251"))


_PDF_CODECS = ("ascii", "utf_8", "utf_16_le", "utf_16_be", "latin_1", "idna")


def _import_all(package: ModuleType) -> None:
    """Import every module of a package; some belong to another system or to an extra."""
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.", lambda _: None):
        if "__main__" in module.name or ".cli" in module.name or "_cli" in module.name:
            continue
        with contextlib.suppress(Exception):
            importlib.import_module(module.name)
