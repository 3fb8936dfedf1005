"""Citations: CSL items, styles, and documents cited in them."""

from index.citing.citer import Citation, Citer, Position
from index.citing.locators import Place, of_label, of_passage

__all__ = ["Citation", "Citer", "Place", "Position", "of_label", "of_passage"]
