"""The name and version of the reader, written beside every text that it made."""

from typing import Any

import pypdfium2.version as _pdfium

RULES = 4
"""Raised whenever the same file would be read into a different canonical text."""


def _pdfium_version() -> str:
    info: Any = _pdfium.PDFIUM_INFO
    return str(info.build)


EXTRACTOR = f"muniment-reader {RULES} (pdfium {_pdfium_version()})"
