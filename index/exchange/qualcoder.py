"""QualCoder projects read from their `data.qda`, and written by nobody here."""

import sqlite3
from pathlib import Path

from index.errors import BadInput
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
            passages=tuple(_passages(connection, {key: text for key, (_, text) in texts.items()})),
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
            IncomingEntity(
                key=str(row["cid"]),
                kind=kind if kind in ENTITY_KINDS else "Theme",
                name=str(row["name"]),
                description=str(row["memo"] or ""),
                color=str(row["color"] or ""),
            )
        )
    return found


def _passages(connection: sqlite3.Connection, texts: dict[str, str]) -> list[IncomingPassage]:
    """Return the codings, those of one range joined into one passage."""
    grouped: dict[tuple[str, int, int], list[sqlite3.Row]] = {}
    for row in connection.execute("SELECT * FROM code_text ORDER BY fid, pos0, pos1, ctid"):
        if str(row["fid"]) in texts and isinstance(row["pos0"], int):
            key = (str(row["fid"]), row["pos0"], int(row["pos1"]))
            grouped.setdefault(key, []).append(row)
    found = []
    for (document, start, end), rows in grouped.items():
        text = texts[document]
        memos = dict.fromkeys(str(row["memo"]) for row in rows if row["memo"])
        found.append(
            IncomingPassage(
                document=document,
                quote=str(rows[0]["seltext"] or text[start:end]),
                prefix=text[max(0, start - CONTEXT) : start],
                suffix=text[end : end + CONTEXT],
                start=start,
                entities=tuple(dict.fromkeys(str(row["cid"]) for row in rows)),
                note="\n".join(memos),
                creator=str(rows[0]["owner"] or ""),
                created=str(rows[0]["date"] or "").replace(" ", "T"),
            )
        )
    return found
