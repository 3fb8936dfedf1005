"""Citations: CSL items, styles, and documents cited in them."""

from index.citing.checks import Issue, issues
from index.citing.citer import Citation, Citer
from index.citing.copying import CopyFormat, copy
from index.citing.locators import Place, of_label, of_passage
from index.citing.positions import Position

__all__ = [
    "Citation",
    "Citer",
    "CopyFormat",
    "Issue",
    "Place",
    "Position",
    "copy",
    "issues",
    "of_label",
    "of_passage",
]
