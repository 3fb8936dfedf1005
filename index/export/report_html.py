"""The report for people: one HTML file that asks nothing of the network and runs no script."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

import resources
from index.citing.rich import to_html
from index.export.prepared import Item, Prepared
from index.export.wording import Wording, addresses_apart, clean_text, link, linked

PATH = "data/report.html"
EMBEDDED_BYTES = 16_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A page picture as the report shows it: embedded, or a file beside the report."""

    source: Markup | str
    page: str


def write(prepared: Prepared) -> None:
    """Write `report.html`; pictures are embedded unless they would make it too large."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(resources.path("bundle")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "clean": clean_text,
        "linked": linked,
        "link": link,
        "addresses_apart": addresses_apart,
    }
    page = environment.get_template("report.html").render(_values(prepared))
    prepared.bag.write(PATH, page)


def _values(prepared: Prepared) -> Mapping[str, Any]:
    content = prepared.content
    pictures = _pictures(prepared)
    return {
        "title": content.request.title,
        "words": Wording.of(prepared),
        "made": prepared.made,
        "day": prepared.made[:10],
        "style": prepared.citer.style,
        "groups": prepared.groups(),
        "entities": _entity_index(prepared),
        "citation": lambda item: Markup(to_html(item.citation.citation_rich)),
        "pictures": lambda item: pictures.get(item.number, ()),
        "bibliography": [Markup(to_html(entry)) for _, entry in prepared.citer.bibliography()],
        "copies": {key: value.removeprefix("data/") for key, value in prepared.copies.items()},
        "texts": {key: value.removeprefix("data/") for key, value in prepared.texts.items()},
        "notices": prepared.notices,
        "count": len(prepared.items),
    }


def _entity_index(prepared: Prepared) -> list[tuple[Any, list[Item]]]:
    found: dict[str, list[Item]] = {}
    for item in prepared.items:
        for entity in item.entities:
            found.setdefault(entity.id, []).append(item)
    entities = sorted(prepared.content.entities, key=lambda entity: (entity.kind, entity.name))
    return [(entity, found[entity.id]) for entity in entities if entity.id in found]


def _pictures(prepared: Prepared) -> dict[int, Sequence[Picture]]:
    shown = {
        item.number: [
            (page, prepared.pictures[item.document.id, page])
            for page in sorted(item.passage.anchor.rects)
            if (item.document.id, page) in prepared.pictures
        ]
        for item in prepared.items
    }
    sizes = prepared.bag.payload
    total = sum(sizes[path] for pages in shown.values() for _, path in pages)
    embedded = total <= EMBEDDED_BYTES

    @cache
    def source(path: str) -> Markup | str:
        return _data_address(prepared, path) if embedded else quote(path.removeprefix("data/"))

    return {
        number: [Picture(source(path), str(page + 1)) for page, path in pages]
        for number, pages in shown.items()
    }


def _data_address(prepared: Prepared, path: str) -> Markup:
    data = base64.b64encode((prepared.bag.folder / path).read_bytes()).decode("ascii")
    return Markup("data:image/png;base64,") + Markup(data)
