"""Everything that a reader may need, imported before it gives up the right to open files."""

import contextlib
import encodings
import importlib
import pkgutil
from types import ModuleType

PACKAGES = ("chardet", "pypdf", "pypdfium2")
"""Libraries of which every module is imported, since they import late when they are used."""


def everything() -> None:
    """Import every codec and every library that the readers use."""
    _import_all(encodings)
    for name in PACKAGES:
        _import_all(importlib.import_module(name))
    _first_guesses()


def _first_guesses() -> None:
    """Guess once, since the tables of letters are loaded from files at the first guess."""
    importlib.import_module("chardet").detect("Доклад о воде в городе".encode("cp1251"))


def _import_all(package: ModuleType) -> None:
    """Import every module of a package; some belong to another system or to an extra."""
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.", lambda _: None):
        if "__main__" in module.name or ".cli" in module.name or "_cli" in module.name:
            continue
        with contextlib.suppress(Exception):
            importlib.import_module(module.name)
