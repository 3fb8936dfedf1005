"""Our own bundle read back: its documents, entities and passages."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from index.errors import BadInput
from index.exchange.incoming import (
    Incoming,
    IncomingDocument,
    IncomingEntity,
    IncomingPassage,
)
from index.export.bag_source import BagSource, opened
from index.export.follow_the_money import SCHEMAS

MAX_BYTES = 1 << 30
ANNOTATIONS = "data/annotations.jsonld"


def read(path: Path) -> Incoming:
    """Return what a bundle holds; raise `BadInput` when it is none of ours."""
    with opened(path) as source:
        names = set(source.names())
        if ANNOTATIONS not in names or "data/citations.csl.json" not in names:
            raise BadInput(f"{path.name} is not a citation bundle.")
        references = {one["id"]: one for one in _json(source, "data/citations.csl.json")}
        custody = _lines(source, "data/custody.jsonl", names)
        documents = [line for line in custody if line.get("what") == "document"]
        page = _json(source, ANNOTATIONS).get("first") or {}
        annotations = page.get("items", [])
        texts = _texts(annotations)
        return Incoming(
            documents=tuple(
                _document(source, names, line, references, texts) for line in documents
            ),
            entities=tuple(_entities(_lines(source, "data/entities.ftm.jsonl", names))),
            passages=tuple(_passages(annotations, custody)),
        )


def _texts(annotations: list[Mapping[str, Any]]) -> dict[str, str]:
    """Return the path of the text copy by the id of a passage."""
    return {one["dcterms:identifier"]: _text_target(one)["source"] for one in annotations}


def _text_target(annotation: Mapping[str, Any]) -> Mapping[str, Any]:
    for target in annotation["target"]:
        if any(one["type"] == "TextPositionSelector" for one in target["selector"]):
            return dict(target)
    raise BadInput("A passage of the bundle does not say where it stands.")


def _document(
    source: BagSource,
    names: set[str],
    line: Mapping[str, Any],
    references: Mapping[str, Any],
    texts: Mapping[str, str],
) -> IncomingDocument:
    """Return a document with its original when the bundle has it, else with its text."""
    data, suffix = _original(source, names, line["sha256"]), Path(line["file_name"]).suffix
    if data is None:
        file = _text_of(line, source, names, texts)
        data, suffix = (_read(source, file) if file else None), ".txt"
    return IncomingDocument(
        key=line["subject"],
        name=line["file_name"],
        title=line["title"],
        sha256=line["sha256"],
        csl=references.get(line["subject"], {}),
        data=data,
        suffix=suffix or ".txt",
    )


def _original(source: BagSource, names: set[str], sha256: str) -> bytes | None:
    for name in sorted(names):
        if name.startswith("data/originals/") and source.size(name) <= MAX_BYTES:
            data = _read(source, name)
            if hashlib.sha256(data).hexdigest() == sha256:
                return data
    return None


def _text_of(
    line: Mapping[str, Any], source: BagSource, names: set[str], texts: Mapping[str, str]
) -> str | None:
    """Return the text copy of a document: the one whose hash the custody record states."""
    for relative in sorted(set(texts.values())):
        name = f"data/{unquote(relative)}"
        if name in names and source.size(name) <= MAX_BYTES:
            digest = hashlib.sha256(_read(source, name)).hexdigest()
            if digest == line["text_sha256"]:
                return name
    return None


def _entities(lines: list[dict[str, Any]]) -> list[IncomingEntity]:
    found = []
    for line in lines:
        properties = line.get("properties", {})
        kinds = [kind for kind in properties.get("keywords", ()) if kind in SCHEMAS]
        if not kinds or not properties.get("name"):
            continue
        found.append(
            IncomingEntity(
                key=line["id"],
                kind=kinds[0],
                name=properties["name"][0],
                aliases=tuple(properties.get("alias", ())),
                weak_aliases=tuple(properties.get("weakAlias", ())),
                description=" ".join(properties.get("description", ())),
                identity=line["id"],
            )
        )
    return found


def _passages(
    annotations: list[Mapping[str, Any]], custody: list[dict[str, Any]]
) -> list[IncomingPassage]:
    known = {line["subject"]: line for line in custody if line.get("what") == "passage"}
    found = []
    for one in annotations:
        identity = one["dcterms:identifier"]
        selectors = {each["type"]: each for each in _text_target(one)["selector"]}
        quote = selectors["TextQuoteSelector"]
        bodies = one.get("body", [])
        found.append(
            IncomingPassage(
                document=known[identity]["document"],
                quote=quote["exact"],
                prefix=quote["prefix"],
                suffix=quote["suffix"],
                start=int(selectors["TextPositionSelector"]["start"]),
                entities=tuple(
                    body["dcterms:identifier"]
                    for body in bodies
                    if body.get("purpose") == "identifying"
                ),
                note="".join(
                    body["value"] for body in bodies if body.get("purpose") == "commenting"
                ),
                creator=(one.get("creator") or {}).get("name", ""),
                created=one["created"],
                modified=one["modified"],
                identity=identity,
                origin=known[identity]["origin"],
            )
        )
    return found


def _read(source: BagSource, name: str) -> bytes:
    with source.open(name) as reader:
        return reader.read()


def _json(source: BagSource, name: str) -> Any:
    if source.size(name) > MAX_BYTES:
        raise BadInput(f"{name} is too large to be read.")
    try:
        return json.loads(_read(source, name))
    except ValueError as error:
        raise BadInput(f"{name} in the bundle cannot be read.") from error


def _lines(source: BagSource, name: str, names: set[str]) -> list[dict[str, Any]]:
    if name not in names or source.size(name) > MAX_BYTES:
        return []
    try:
        return [json.loads(line) for line in _read(source, name).splitlines() if line.strip()]
    except ValueError as error:
        raise BadInput(f"{name} in the bundle cannot be read.") from error
