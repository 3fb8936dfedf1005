"""Citations of a document in an archive, of one of its pages, or of a passage in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.citing.citer import Citation, Citer
from index.citing.copying import CopyFormat, copy
from index.citing.locators import Place, of_label, of_passage
from index.errors import BadInput
from index.model import Document

if TYPE_CHECKING:
    from index.library import Library


def cite(library: Library, identity: str, page: int | None, style: str) -> Citation:
    """Return the citation of a document, or of one of its pages counted from 1."""
    document = library.document(identity)
    return Citer(style).cite(document, _place(library, document, page))


def cite_passage(library: Library, passage: str, style: str) -> Citation:
    """Return the citation of a passage as a bundle prints it."""
    found = library.passage(passage)
    document = library.document(found.document)
    return Citer(style).cite(document, of_passage(found, document))


def copied(
    library: Library, identity: str, page: int | None, passage: str, style: str, kind: str
) -> str:
    """Return a citation of a passage, or else of a document or page, as it is pasted."""
    found = library.passage(passage) if passage else None
    document = library.document(found.document if found else identity)
    place = of_passage(found, document) if found else _place(library, document, page)
    return copy(Citer(style), document, place, CopyFormat(kind))


def _place(library: Library, document: Document, page: int | None) -> Place | None:
    if page is None:
        return None
    pages = library.pages(document.id)
    if not 1 <= page <= len(pages):
        raise BadInput(f"The document has no page {page}.")
    return of_label(pages[page - 1].label, page - 1, paged=document.paged)
