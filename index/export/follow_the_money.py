"""Documents, entities and mentions as FollowTheMoney JSON Lines.

FollowTheMoney has neither laws nor themes, and knows a place only as an address:
a law becomes a `Document`, a theme a `Note`, a place an `Address`; the kind that
it has here stays in `keywords`. A mention may be resolved to a person or an
organization only; anything else is tied to its documents by a `Documentation`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from index.export.content import BundleContent
from index.export.prepared import Prepared
from index.model import Document, Entity, Passage

SCHEMAS = {
    "Person": "Person",
    "Organization": "Organization",
    "Place": "Address",
    "Event": "Event",
    "Law": "Document",
    "Theme": "Note",
}
LEGAL = frozenset(("Person", "Organization"))  # whom a mention can be resolved to
FILES = {
    "application/pdf": "Pages",
    "text/html": "HyperText",
    "text/plain": "PlainText",
    "message/rfc822": "Email",
}
LANGUAGES = {
    "ar": "ara", "be": "bel", "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra",
    "hy": "hye", "ka": "kat", "kk": "kaz", "ky": "kir", "ru": "rus", "tg": "tgk", "tk": "tuk",
    "tr": "tur", "uk": "ukr", "uz": "uzb", "zh": "zho",
}  # fmt: skip


def write(prepared: Prepared) -> None:
    """Write `entities.ftm.jsonl`."""
    prepared.bag.write("data/entities.ftm.jsonl", lines(objects(prepared.content)))


def lines(found: Iterable[Mapping[str, Any]]) -> str:
    """Return objects as JSON Lines."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found)


def objects(content: BundleContent) -> Iterator[dict[str, Any]]:
    """Yield the documents, then the entities, then what ties them together."""
    for document in content.documents:
        yield of_document(document)
    for entity in content.entities:
        yield of_entity(entity)
    yield from ties(content.passages, content.entity_by_id)


def of_document(document: Document, text: str | None = None) -> dict[str, Any]:
    """Return a document; `text` puts its words in."""
    language = (document.language or "").split("-")[0]
    return _object(
        document.id,
        FILES.get(document.media_type, "Document"),
        {
            "title": [document.title],
            "fileName": [document.file_name],
            "mimeType": [document.media_type],
            "author": list(document.authors),
            "date": [document.issued],
            "publisher": [document.publisher],
            "language": [LANGUAGES.get(language)],
            "sourceUrl": [document.csl.get("URL")],
            "fileSize": [str(document.size)],
            "bodyText": [text] if text and document.media_type.startswith("text/") else [],
            "indexText": [text] if text and not document.media_type.startswith("text/") else [],
        },
    )


def of_entity(entity: Entity) -> dict[str, Any]:
    """Return an entity with its names."""
    schema = SCHEMAS.get(entity.kind, "Note")
    properties: dict[str, Sequence[Any]] = {
        "name": [entity.name],
        "alias": [alias.name for alias in entity.aliases if not alias.weak],
        "weakAlias": [alias.name for alias in entity.aliases if alias.weak],
        "description": [entity.description],
        "wikidataId": [entity.external.get("wikidata")],
        "keywords": [entity.kind],
    }
    if schema == "Address":
        properties["full"] = [entity.name]
    if schema == "Document":
        properties["title"] = properties["fileName"] = [entity.name]
    return _object(entity.id, schema, properties)


def ties(passages: Iterable[Passage], entities: Mapping[str, Entity]) -> Iterator[dict[str, Any]]:
    """Yield a mention for each tag, and a documentation for what no mention resolves to."""
    documented: set[str] = set()
    for passage in passages:
        for identity in passage.entities:
            if identity not in entities:
                continue
            entity = entities[identity]
            schema = SCHEMAS.get(entity.kind, "Note")
            yield _object(
                f"{passage.id}-{identity}",
                "Mention",
                {
                    "document": [passage.document],
                    "name": [entity.name],
                    "resolved": [entity.id if schema in LEGAL else None],
                    "detectedSchema": [schema],
                },
            )
            tie = f"{passage.document}-{identity}"
            if schema not in LEGAL and tie not in documented:
                documented.add(tie)
                yield _documentation(tie, passage.document, entity)


def _documentation(identity: str, document: str, entity: Entity) -> dict[str, Any]:
    return _object(
        identity,
        "Documentation",
        {"document": [document], "entity": [entity.id], "role": [entity.kind]},
    )


def _object(
    identity: str, schema: str, properties: Mapping[str, Sequence[str | None]]
) -> dict[str, Any]:
    kept = {name: [value for value in values if value] for name, values in properties.items()}
    return {
        "id": identity,
        "schema": schema,
        "properties": {name: values for name, values in kept.items() if values},
    }
