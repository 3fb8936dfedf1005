"""Entity lists as files: which format a file is in, and the reading and writing of it.

Formats: tables (CSV, TSV; OpenSanctions' `targets.simple.csv` and Wikidata
query results are tables with known headers), FollowTheMoney JSON Lines,
REFI-QDA codebooks (.qdc), Taguette codebooks, INCEpTION gazetteers (.txt).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from index.entities.codebooks import (
    read_codebook,
    read_gazetteer,
    read_taguette,
    write_codebook,
    write_gazetteer,
    write_taguette,
)
from index.entities.entry import ListEntry, ListReading
from index.entities.followthemoney import read_followthemoney, write_followthemoney
from index.entities.tables import (
    is_taguette,
    read_table,
    write_opensanctions,
    write_table,
    write_wikidata,
)
from index.errors import BadInput
from index.model import Entity

__all__ = ["LAYOUTS", "ListEntry", "ListReading", "layout_of", "read_list", "write_list"]

LAYOUTS = (
    "table",
    "opensanctions",
    "followthemoney",
    "wikidata",
    "gazetteer",
    "codebook",
    "taguette",
)
LARGEST_FILE = 512 * 1024 * 1024


def read_list(path: Path, mapping: Mapping[str, str] | None = None) -> ListReading:
    """Read an entity list; `mapping` says which header of a table holds which field.

    Lines that cannot be used are named in `problems` and skipped. Raises
    `BadInput` when nothing of the file can be used.
    """
    data = _bytes(path)
    suffix = path.suffix.lower()
    if suffix in (".qdc", ".qde", ".xml") or data.lstrip()[:1] == b"<":
        return read_codebook(data)
    text = _text(data)
    if suffix in (".json", ".jsonl", ".ndjson", ".ftm") or text.lstrip().startswith("{"):
        return read_followthemoney(text)
    if suffix == ".txt" and not mapping:
        return read_gazetteer(text)
    if not mapping and is_taguette(text):
        return read_taguette(text)
    return read_table(text, mapping)


def layout_of(path: Path) -> str:
    """Return the format that a file's name asks for."""
    name, suffix = path.name.lower(), path.suffix.lower()
    if suffix in (".json", ".jsonl", ".ndjson", ".ftm"):
        return "followthemoney"
    if suffix == ".qdc":
        return "codebook"
    if suffix == ".txt":
        return "gazetteer"
    for word, layout in (
        ("targets.simple", "opensanctions"),
        ("opensanctions", "opensanctions"),
        ("wikidata", "wikidata"),
        ("taguette", "taguette"),
        ("codebook", "taguette"),
    ):
        if word in name:
            return layout
    return "table"


def write_list(path: Path, entities: Sequence[Entity], layout: str | None = None) -> None:
    """Write an entity list in a format of `layout_of`, by default the one its name asks for."""
    chosen = layout or layout_of(path)
    if chosen == "codebook":
        path.write_bytes(write_codebook(entities))
        return
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    tables = {
        "table": lambda: write_table(entities, delimiter),
        "opensanctions": lambda: write_opensanctions(entities),
        "wikidata": lambda: write_wikidata(entities),
        "taguette": lambda: write_taguette(entities),
    }
    texts = {
        "followthemoney": lambda: write_followthemoney(entities),
        "gazetteer": lambda: write_gazetteer(entities),
    }
    if chosen in tables:
        path.write_text(tables[chosen](), encoding="utf-8-sig", newline="")
    elif chosen in texts:
        path.write_text(texts[chosen](), encoding="utf-8", newline="")
    else:
        raise BadInput(f"There is no list format “{chosen}”.")


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput(f"“{path.name}” is larger than an entity list can be.")
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"“{path.name}” cannot be read: {error.strerror}.") from error


def _text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", errors="replace")
