"""Passages and entities as spreadsheets: UTF-8 CSV that no program runs as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from index.export.prepared import Item, Prepared

BOM = "\ufeff"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
PASSAGE_COLUMNS = (
    "number passage document title file sha256 page label start end quote entities memo footnotes "
    "citation anchor created modified creator"
).split()
ENTITY_COLUMNS = "entity kind name aliases weak_aliases description external passages".split()


def write_passages(prepared: Prepared) -> None:
    """Write `passages.csv`, a row a passage; offsets count code points of the text copy."""
    rows = (_passage(prepared, item) for item in prepared.items)
    prepared.bag.write("data/passages.csv", table(PASSAGE_COLUMNS, rows))


def write_entities(prepared: Prepared) -> None:
    """Write `entities.csv`, a row an entity that a passage is tagged with."""
    counts: dict[str, int] = {}
    for item in prepared.items:
        for entity in item.entities:
            counts[entity.id] = counts.get(entity.id, 0) + 1
    rows = (
        (
            entity.id,
            entity.kind,
            entity.name,
            "; ".join(alias.name for alias in entity.aliases if not alias.weak),
            "; ".join(alias.name for alias in entity.aliases if alias.weak),
            entity.description,
            "; ".join(f"{key}:{value}" for key, value in sorted(entity.external.items())),
            str(counts.get(entity.id, 0)),
        )
        for entity in prepared.content.entities
    )
    prepared.bag.write("data/entities.csv", table(ENTITY_COLUMNS, rows))


def _passage(prepared: Prepared, item: Item) -> Sequence[str]:
    passage, anchor = item.passage, item.passage.anchor
    return (
        str(item.number),
        passage.id,
        item.document.id,
        item.document.title,
        prepared.texts[item.document.id].removeprefix("data/"),
        anchor.source_sha256,
        str(anchor.page + 1),
        anchor.label,
        str(anchor.start),
        str(anchor.end),
        anchor.exact,
        "; ".join(entity.name for entity in item.entities),
        passage.note,
        "\n".join(_footnote(note.marker, note.text, note.urls) for note in item.notes),
        item.citation.citation,
        anchor.status.value,
        passage.created,
        passage.modified,
        passage.creator,
    )


def _footnote(marker: str, text: str, urls: Sequence[str]) -> str:
    missing = [url for url in urls if url not in text]
    return " ".join([f"[{marker}]", text, *missing])


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a CSV file as text, with a byte order mark for spreadsheet programs."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return BOM + out.getvalue()


def cell(text: str) -> str:
    """Return a cell that a spreadsheet shows and does not calculate."""
    clean = text.replace("\x00", "\ufffd")
    return f"'{clean}" if clean.startswith(DANGEROUS) else clean
