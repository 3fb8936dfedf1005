"""W3C Web Annotations read, as Hypothesis and other programs write them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from index.errors import BadInput
from index.exchange.hardened import read_json
from index.exchange.incoming import (
    Incoming,
    IncomingDocument,
    IncomingEntity,
    IncomingPassage,
)


def read(path: Path) -> Incoming:
    """Return the annotations of a collection, a page, a list, or a Hypothesis export."""
    annotations = list(_annotations(read_json(path)))
    if not annotations:
        raise BadInput(f"{path.name} holds no annotations.")
    passages: list[IncomingPassage] = []
    documents: dict[str, IncomingDocument] = {}
    tags: dict[str, None] = {}
    skipped = 0
    for annotation in annotations:
        passage = _passage(annotation)
        if passage is None:
            skipped += 1
            continue
        passages.append(passage)
        tags.update(dict.fromkeys(passage.entities))
        title = _title(annotation) or passage.document
        documents.setdefault(
            passage.document,
            IncomingDocument(
                passage.document, passage.document.rsplit("/", 1)[-1], title,
                csl={"URL": passage.document} if "://" in passage.document else {},
            ),
        )  # fmt: skip
    quoteless = "1 annotation quotes" if skipped == 1 else f"{skipped} annotations quote"
    problems = (f"{quoteless} no text.",) if skipped else ()
    return Incoming(
        documents=tuple(documents.values()),
        entities=tuple(IncomingEntity(tag, "Theme", tag) for tag in tags),
        passages=tuple(passages),
        problems=problems,
    )


def _annotations(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _annotations(one)
        return
    if not isinstance(value, Mapping):
        return
    for key in ("items", "rows", "annotations", "first", "total_annotations"):
        if isinstance(value.get(key), list | Mapping):
            yield from _annotations(value[key])
            return
    if "target" in value:
        yield value


def _passage(annotation: Mapping[str, Any]) -> IncomingPassage | None:
    for target in _list(annotation["target"]):
        if not isinstance(target, Mapping):
            continue
        selectors = [one for one in _list(target.get("selector")) if isinstance(one, Mapping)]
        quotes = [one for one in selectors if one.get("type") == "TextQuoteSelector"]
        positions = [one for one in selectors if one.get("type") == "TextPositionSelector"]
        if not quotes or not str(quotes[0].get("exact", "")).strip():
            continue
        start = positions[0].get("start", 0) if positions else 0
        return IncomingPassage(
            document=_source(target, annotation),
            quote=str(quotes[0]["exact"]),
            prefix=str(quotes[0].get("prefix") or ""),
            suffix=str(quotes[0].get("suffix") or ""),
            start=start if isinstance(start, int) and start >= 0 else 0,
            entities=tuple(dict.fromkeys(_tags(annotation))),
            note="\n".join(_comments(annotation)),
            creator=_creator(annotation),
            created=str(annotation.get("created") or ""),
        )
    return None


def _source(target: Mapping[str, Any], annotation: Mapping[str, Any]) -> str:
    source = target.get("source") or annotation.get("uri") or ""
    return str(source.get("id", "")) if isinstance(source, Mapping) else str(source)


def _title(annotation: Mapping[str, Any]) -> str:
    document = annotation.get("document")
    title = document.get("title") if isinstance(document, Mapping) else None
    return str(_list(title)[0]) if _list(title) else ""


def _tags(annotation: Mapping[str, Any]) -> Iterator[str]:
    yield from (str(tag) for tag in _list(annotation.get("tags")))
    for body in _list(annotation.get("body")):
        if isinstance(body, Mapping) and body.get("purpose") == "tagging":
            yield str(body.get("value", ""))


def _comments(annotation: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(annotation.get("text"), str) and annotation["text"]:
        yield annotation["text"]
    for body in _list(annotation.get("body")):
        if isinstance(body, str):
            continue
        if isinstance(body, Mapping) and body.get("purpose") in (None, "commenting", "describing"):
            value = body.get("value")
            if isinstance(value, str) and value:
                yield value


def _creator(annotation: Mapping[str, Any]) -> str:
    creator = annotation.get("creator") or annotation.get("user") or ""
    if isinstance(creator, Mapping):
        creator = creator.get("name") or creator.get("id") or ""
    return str(creator).removeprefix("acct:")


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
