"""One citation of a document in an archive, or of one of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.citing.citer import Citation, Citer
from index.citing.locators import of_label
from index.errors import BadInput

if TYPE_CHECKING:
    from index.library import Library


def cite(library: Library, identity: str, page: int | None, style: str) -> Citation:
    """Return the citation of a document, or of one of its pages counted from 1."""
    document = library.document(identity)
    if page is None:
        return Citer(style).cite(document)
    pages = library.pages(document.id)
    if not 1 <= page <= len(pages):
        raise BadInput(f"The document has no page {page}.")
    place = of_label(pages[page - 1].label, page - 1, paged=document.paged)
    return Citer(style).cite(document, place)
