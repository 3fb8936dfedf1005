"""Passages as W3C Web Annotations, one page of one collection."""

import json
from typing import Any

from index.export.prepared import Item, Prepared
from index.model import Rect

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PDF_FRAGMENT = "http://tools.ietf.org/rfc/rfc3778"
TEXT_FRAGMENT = "http://tools.ietf.org/rfc/rfc5147"
PATH = "data/annotations.jsonld"


def write(prepared: Prepared) -> None:
    """Write `annotations.jsonld`; its offsets count code points of the text copies."""
    items = [annotation(prepared, item) for item in prepared.items]
    collection: dict[str, Any] = {
        "@context": CONTEXT,
        "id": prepared.content.uuid_of("annotations").urn,
        "type": "AnnotationCollection",
        "label": prepared.content.request.title,
        "total": len(items),
    }
    if items:
        collection["first"] = {
            "id": prepared.content.uuid_of("annotations", "1").urn,
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        }
    prepared.bag.write(PATH, json.dumps(collection, ensure_ascii=False, indent=1) + "\n")


def annotation(prepared: Prepared, item: Item) -> dict[str, Any]:
    """Return one passage as an annotation."""
    passage = item.passage
    found: dict[str, Any] = {
        "id": prepared.content.uuid_of("passage", passage.id).urn,
        "type": "Annotation",
        "dcterms:identifier": passage.id,
        "motivation": "tagging" if item.entities else "highlighting",
        "created": passage.created,
        "modified": passage.modified,
        "body": _bodies(prepared, item),
        "target": _targets(prepared, item),
    }
    if passage.creator:
        found["creator"] = {"type": "Person", "name": passage.creator}
    if not found["body"]:
        del found["body"]
    return found


def _bodies(prepared: Prepared, item: Item) -> list[dict[str, Any]]:
    bodies: list[dict[str, Any]] = [
        {
            "type": "SpecificResource",
            "purpose": "identifying",
            # Only its address: readers of annotations take no description of a source.
            "source": prepared.content.uuid_of("entity", entity.id).urn,
            "label": entity.name,
            "dcterms:type": entity.kind,
            "dcterms:identifier": entity.id,
        }
        for entity in item.entities
    ]
    bodies += [
        {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": entity.name}
        for entity in item.entities
    ]
    if item.passage.note:
        bodies.append(
            {
                "type": "TextualBody",
                "purpose": "commenting",
                "format": "text/plain",
                "value": item.passage.note,
            }
        )
    return bodies


def _targets(prepared: Prepared, item: Item) -> list[dict[str, Any]]:
    anchor = item.passage.anchor
    quote = {
        "type": "TextQuoteSelector",
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
    }
    text: dict[str, Any] = {
        "type": "SpecificResource",
        "source": _relative(prepared.texts[item.document.id]),
        "selector": [
            {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end},
            quote,
            {
                "type": "FragmentSelector",
                "conformsTo": TEXT_FRAGMENT,
                "value": f"char={anchor.start},{anchor.end}",
            },
        ],
    }
    if anchor.source_sha256:
        text["dcterms:source"] = {"id": f"urn:sha256:{anchor.source_sha256}"}
    copy = prepared.copies.get(item.document.id)
    if copy is None:
        return [text]
    fragments = [
        {
            "type": "FragmentSelector",
            "conformsTo": PDF_FRAGMENT,
            "value": f"page={page + 1}{_viewrect(rects)}",
        }
        for page, rects in sorted(anchor.rects.items() or {anchor.page: ()}.items())
    ]
    return [
        text,
        {"type": "SpecificResource", "source": _relative(copy), "selector": [*fragments, quote]},
    ]


def _viewrect(rects: tuple[Rect, ...]) -> str:
    """Return left, top, width and height of all rectangles, in points from the top left."""
    if not rects:
        return ""
    left, top = min(rect.left for rect in rects), min(rect.top for rect in rects)
    right, bottom = max(rect.right for rect in rects), max(rect.bottom for rect in rects)
    return f"&viewrect={left:.0f},{top:.0f},{right - left:.0f},{bottom - top:.0f}"


def _relative(path: str) -> str:
    from urllib.parse import quote

    return quote(path.removeprefix("data/"), safe="/")
