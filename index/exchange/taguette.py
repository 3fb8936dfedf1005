"""Taguette's tables: highlights, a row a tag and joined again, and its codebook.

Highlights carry the document's file name, the quote and the tags. They cannot carry
memos, who tagged and when, or which of two equal sentences is meant. Kinds and
aliases are in the descriptions of the codebook, which is therefore taken in first;
an alias with a semicolon comes back as two.
"""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from index.errors import BadInput
from index.exchange.described import describe, described, labels
from index.exchange.hardened import read_text
from index.exchange.incoming import (
    Incoming,
    IncomingDocument,
    IncomingPassage,
)
from index.export.tables import table
from index.model import Document, Entity, Passage

FIELDS = {"id", "document", "tag", "content"}
LARGEST_CELL = 10 << 20


def write(
    folder: Path,
    documents: Sequence[Document],
    entities: Sequence[Entity],
    passages: Sequence[Passage],
) -> None:
    """Write `highlights.csv` and `codebook.csv` into a folder that is there."""
    names = {document.id: document.file_name for document in documents}
    tags = labels(entities)
    highlights = (
        (str(number), names[passage.document], tag, passage.quote)
        for number, passage in enumerate(passages, 1)
        for tag in ([tags[entity] for entity in passage.entities] or [""])
    )
    columns = ("id", "document", "tag", "content")
    (folder / "highlights.csv").write_text(table(columns, highlights), "utf-8", newline="")
    codebook = ((tags[entity.id], describe(entity)) for entity in entities)
    text = table(("tag", "description"), codebook)
    (folder / "codebook.csv").write_text(text, "utf-8", newline="")


def read(path: Path) -> Incoming:
    """Return a table's highlights, whose documents must be in the archive, or its codebook."""
    rows = _rows(path)
    if rows and "content" not in rows[0]:
        return _codebook(rows)
    highlights: dict[tuple[str, str], dict[str, str]] = {}
    tags: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        key = (row["document"], row["id"])
        highlights.setdefault(key, row)
        if row["tag"]:
            tags.setdefault(key, []).append(row["tag"])
    names = dict.fromkeys(tag for found in tags.values() for tag in found)
    documents = dict.fromkeys(document for document, _ in highlights)
    return Incoming(
        documents=tuple(IncomingDocument(name, name, name) for name in documents),
        entities=tuple(described(name, name) for name in names),
        passages=tuple(
            IncomingPassage(key[0], row["content"], tuple(tags.get(key, ())))
            for key, row in highlights.items()
        ),
    )


def _codebook(rows: list[dict[str, str]]) -> Incoming:
    named = [(row.get("tag") or row.get("name") or row.get("path") or "", row) for row in rows]
    return Incoming(
        entities=tuple(described(name, name, row["description"]) for name, row in named if name)
    )


def _rows(path: Path) -> list[dict[str, str]]:
    old = csv.field_size_limit(LARGEST_CELL)
    try:
        reader = csv.DictReader(io.StringIO(read_text(path), newline=""))
        headers = {(name or "").strip().lower() for name in reader.fieldnames or ()}
        codebook = "description" in headers and headers & {"tag", "name", "path"}
        if not headers >= FIELDS and not codebook:
            raise BadInput(f"{path.name} is not a table of Taguette highlights.")
        return [
            {str(key).strip().lower(): _uncalculated(value or "") for key, value in row.items()}
            for row in reader
            if all(isinstance(value, str | None) for value in row.values())
        ]
    except csv.Error as error:
        raise BadInput(f"{path.name} is not a table that can be read: {error}.") from error
    finally:
        csv.field_size_limit(old)


def _uncalculated(text: str) -> str:
    """Return a cell without the quote that keeps a spreadsheet from calculating it."""
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@\t\r") else text
