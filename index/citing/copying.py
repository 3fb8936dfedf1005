"""One citation for the clipboard, in each format that people paste."""

import json
from enum import StrEnum

from index.citing import bibtex, ris
from index.citing.citer import Citer
from index.citing.items import of_document
from index.citing.locators import Place
from index.citing.rich import to_html
from index.model import Document


class CopyFormat(StrEnum):
    """How a citation is copied."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl-json"


def copy(citer: Citer, document: Document, place: Place | None, kind: CopyFormat) -> str:
    """Return a citation of a place in a document as it goes to the clipboard."""
    if kind is CopyFormat.BIBTEX:
        return bibtex.write([of_document(document)])
    if kind is CopyFormat.RIS:
        return ris.write([of_document(document)])
    if kind is CopyFormat.CSL:
        return json.dumps([of_document(document)], ensure_ascii=False, indent=1)
    citation = citer.cite(document, place)
    if kind is CopyFormat.HTML:
        return to_html(citation.citation_rich)
    return citation.markdown if kind is CopyFormat.MARKDOWN else citation.citation
