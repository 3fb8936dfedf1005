"""A content of the same shape that says nothing: what a bundle holds whatever is in it.

The last search needs it. A surname like Page, or the alias Max, stands in every
bundle (“Page 12”, `max-width`), and what stands in an empty one betrays nobody.
"""

import re
from dataclasses import replace

from index.export.content import BundleContent
from index.export.values import CSL_CODES, CUSTODY_CODES, changed
from index.model import Anchor, Document, Entity, Note, Passage

_SIGN = re.compile(r"\S")
_NAMED = re.compile(r"“[^”]*”")
_SCHEME = re.compile(r"https?://")


def blanked(content: BundleContent) -> BundleContent:
    """Return a content without a word of the archive's, of the same lengths and counts."""
    request = content.request
    return replace(
        content,
        request=replace(
            request,
            title=_blank(request.title),
            sections=tuple(
                replace(section, title=_blank(section.title)) for section in request.sections
            ),
        ),
        documents=[_document(document) for document in content.documents],
        passages=[_passage(passage) for passage in content.passages],
        entities=[_entity(entity) for entity in content.entities],
        notes={
            passage: [_note(note) for note in notes] for passage, notes in content.notes.items()
        },
        text=lambda document: _blank(content.text(document)),
        custody=[changed(line, _blank, CUSTODY_CODES) for line in content.custody],
        notices=[_NAMED.sub("“0”", notice) for notice in content.notices],
    )


def _blank(text: str) -> str:
    scheme = _SCHEME.match(text)
    kept = scheme[0] if scheme else ""
    return kept + _SIGN.sub("0", text[len(kept) :])


def _document(document: Document) -> Document:
    return replace(
        document,
        title=_blank(document.title),
        authors=tuple(map(_blank, document.authors)),
        publisher=document.publisher and _blank(document.publisher),
        file_name="0.txt",
        collection=document.collection and _blank(document.collection),
        csl=changed(document.csl, _blank, CSL_CODES | {"language"}),
    )


def _passage(passage: Passage) -> Passage:
    anchor: Anchor = replace(
        passage.anchor,
        exact=_blank(passage.anchor.exact),
        prefix=_blank(passage.anchor.prefix),
        suffix=_blank(passage.anchor.suffix),
    )
    return replace(
        passage, anchor=anchor, note=_blank(passage.note), creator=_blank(passage.creator)
    )


def _entity(entity: Entity) -> Entity:
    return replace(
        entity,
        name=_blank(entity.name),
        aliases=tuple(replace(alias, name=_blank(alias.name)) for alias in entity.aliases),
        description=_blank(entity.description),
        external={},
        notes="",
    )


def _note(note: Note) -> Note:
    return replace(note, text=_blank(note.text), urls=tuple(map(_blank, note.urls)))
