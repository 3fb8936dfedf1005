"""What the Search activity says about an answer: how much, and what could not be looked at."""

from collections.abc import Sequence

from app.models.faces import plural
from app.models.hits import Missing
from index.model import Document, Results

NAMED = 4  # documents with unsearchable pages that are named one by one


def counted(results: Results) -> str:
    """Return how many pages and documents match."""
    return f"{plural(results.pages, 'page')} in {plural(results.documents, 'document')}"


def missing_words(results: Results) -> str:
    """Return what could not be searched, so that nothing found is not taken for nothing there."""
    count = results.unsearchable_documents
    if not count:
        return ""
    have = "has" if count == 1 else "have"
    return f"\n\n{plural(count, 'document')} {have} pages that cannot be searched."


def missing_rows(results: Results, documents: Sequence[Document]) -> list[Missing]:
    """Return the rows about `documents`, those searched, that have pages without text."""
    if not results.unsearchable_pages:
        return []
    found = [document for document in documents if document.unsearchable_pages]
    rows = [
        Missing(f"“{document.title}”: {_share(document)}.", "Show them", document.id)
        for document in found[:NAMED]
    ]
    rest = results.unsearchable_documents - len(rows)
    if rest > 0:
        have = "has" if rest == 1 else "have"
        more = "more " if rows else ""
        text = f"{rest:,} {more}{'document' if rest == 1 else 'documents'} {have} such pages."
        rows.append(Missing(text, "Show them"))
    return rows


def _share(document: Document) -> str:
    count = len(document.unsearchable_pages)
    if document.page_count == 1:
        return "its only page cannot be searched"
    return f"{count:,} of {document.page_count:,} pages cannot be searched"
