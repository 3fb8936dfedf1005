"""QualCoder projects read from their `data.qda`."""

import sqlite3
from pathlib import Path
from typing import Any

from index.errors import BadInput
from index.exchange.described import described
from index.exchange.hardened import opened_database
from index.exchange.incoming import (
    Incoming,
    IncomingDocument,
    IncomingEntity,
    IncomingPassage,
)
from index.model import ENTITY_KINDS

CONTEXT = 32


def read(path: Path) -> Incoming:
    """Return what a project folder or its `data.qda` holds."""
    file = path / "data.qda" if path.is_dir() else path
    with opened_database(file) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        if not {"source", "code_name", "code_text"} <= tables:
            raise BadInput(f"{file.name} is not a QualCoder project.")
        texts = {
            str(row["id"]): (row["name"] or "", row["fulltext"])
            for row in connection.execute("SELECT id, name, fulltext FROM source")
            if isinstance(row["fulltext"], str) and row["fulltext"]
        }
        return Incoming(
            documents=tuple(
                IncomingDocument(
                    key, name, name, data=text.encode("utf-8", "surrogatepass"), suffix=".txt"
                )
                for key, (name, text) in texts.items()
            ),
            entities=tuple(_entities(connection, tables)),
            passages=tuple(
                _passages(connection, tables, {key: text for key, (_, text) in texts.items()})
            ),
        )


def _entities(connection: sqlite3.Connection, tables: set[str]) -> list[IncomingEntity]:
    categories: dict[object, str] = {}
    if "code_cat" in tables:
        rows = connection.execute("SELECT catid, name FROM code_cat")
        categories = {row["catid"]: str(row["name"]) for row in rows}
    found = []
    for row in connection.execute("SELECT * FROM code_name"):
        kind = categories.get(row["catid"], "") if "catid" in row.keys() else ""  # noqa: SIM118
        found.append(
            described(
                str(row["cid"]),
                str(row["name"]),
                str(row["memo"] or ""),
                kind if kind in ENTITY_KINDS else "",
                str(row["color"] or ""),
            )
        )
    return found


def _passages(
    connection: sqlite3.Connection, tables: set[str], texts: dict[str, str]
) -> list[IncomingPassage]:
    """Return codings and annotations, those of one range joined into one passage."""
    grouped: dict[tuple[str, int, int], list[dict[str, Any]]] = {}
    rows = list(connection.execute("SELECT * FROM code_text ORDER BY fid, pos0, pos1, ctid"))
    if "annotation" in tables:
        rows += connection.execute("SELECT * FROM annotation ORDER BY fid, pos0, pos1, anid")
    for row in rows:
        values = dict(row)
        if str(row["fid"]) in texts and isinstance(row["pos0"], int):
            key = (str(row["fid"]), row["pos0"], int(row["pos1"]))
            grouped.setdefault(key, []).append(values)
    return [
        _passage(document, start, texts[document], end, group)
        for (document, start, end), group in grouped.items()
    ]


def _passage(
    document: str, start: int, text: str, end: int, rows: list[dict[str, Any]]
) -> IncomingPassage:
    memos = dict.fromkeys(str(row["memo"]) for row in rows if row["memo"])
    return IncomingPassage(
        document=document,
        quote=str(rows[0].get("seltext") or text[start:end]),
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        entities=tuple(dict.fromkeys(str(row["cid"]) for row in rows if "cid" in row)),
        note="\n".join(memos),
        creator=str(rows[0]["owner"] or ""),
        created=str(rows[0]["date"] or "").replace(" ", "T"),
    )
