"""The JSON records of the command line, one function a kind; the keys are a contract."""

from collections.abc import Sequence
from typing import Any

from index.model import (
    Document,
    Entity,
    Hit,
    ImportResult,
    Mention,
    Note,
    Page,
    Passage,
)


def import_result(result: ImportResult) -> dict[str, Any]:
    """Return the record of one imported file."""
    return {
        "path": str(result.path),
        "status": result.status.value,
        "document": result.document,
        "pages": result.pages,
        "characters": result.characters,
        "unsearchable_pages": list(result.unsearchable_pages),
        "seconds": result.seconds,
        "reason": result.reason,
    }


def document(found: Document) -> dict[str, Any]:
    """Return the record of one document."""
    return {
        "document": found.id,
        "title": found.title,
        "authors": list(found.authors),
        "issued": found.issued,
        "publisher": found.publisher,
        "language": found.language,
        "media_type": found.media_type,
        "pages": found.page_count,
        "characters": found.characters,
        "sha256": found.sha256,
        "collection": found.collection,
        "passages": found.passage_count,
        "unsearchable_pages": list(found.unsearchable_pages),
        "csl": dict(found.csl),
    }


def note(found: Note) -> dict[str, Any]:
    """Return the record of one footnote."""
    return {
        "marker": found.marker,
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "urls": list(found.urls),
        "references": [{"start": span.start, "end": span.end} for span in found.references],
    }


def hit(found: Hit) -> dict[str, Any]:
    """Return the record of one page that matches."""
    return {
        "document": found.document,
        "title": found.title,
        "page": found.page,
        "label": found.label,
        "score": round(found.score, 6),
        "snippet": found.snippet,
        "matches": [[span.start, span.end] for span in found.matches],
    }


def entity(found: Entity) -> dict[str, Any]:
    """Return the record of one entity."""
    return {
        "entity": found.id,
        "kind": found.kind,
        "name": found.name,
        "aliases": [alias.name for alias in found.aliases],
        "description": found.description,
        "passages": found.passage_count,
    }


def mention(found: Mention, name: str, page: int) -> dict[str, Any]:
    """Return the record of one mention, with its entity's name and page counted from 1."""
    return {
        "entity": found.entity,
        "name": name,
        "document": found.document,
        "page": page,
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "how": found.how.value,
        "score": round(found.score, 4),
    }


def passage(found: Passage, names: Sequence[str], notes: Sequence[Note]) -> dict[str, Any]:
    """Return the record of one passage with its entities' names and its footnotes."""
    return {
        "passage": found.id,
        "document": found.document,
        "page": found.anchor.page + 1,
        "label": found.anchor.label,
        "start": found.anchor.start,
        "end": found.anchor.end,
        "quote": found.quote,
        "entities": list(names),
        "note": found.note,
        "anchor": found.anchor.status.value,
        "footnotes": [
            {"marker": note.marker, "text": note.text, "urls": list(note.urls)} for note in notes
        ],
        "created": found.created,
    }


def page_at(pages: Sequence[Page], offset: int) -> int:
    """Return the page that holds an offset, counted from 1."""
    for page in reversed(pages):
        if page.start <= offset:
            return page.number
    return 1
