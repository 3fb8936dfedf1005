"""The archive as a QualCoder project, its texts as in the archive and every passage at its place.

A passage with entities becomes a coding for each of them, one without becomes an
annotation, and offsets count code points there as here. The project cannot carry
pages and pictures of PDFs, citation data, when a passage was last changed, or two
passages of one range, which come back as one. Aliases stand in the memo of a code;
one with a semicolon comes back as two.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path

from index.exchange.described import describe, labels, unlike
from index.export.content import KIND_COLORS, PLAIN_COLOR
from index.model import Document, Entity, Passage

VERSION = "v17"
FOLDERS = ("audio", "documents", "images", "video")  # a project without them does not open
_HALF_PAIRS = re.compile("[\ud800-\udfff]")
_TABLES = """
CREATE TABLE project (databaseversion text, date text, memo text, about text,
    bookmarkfile integer, bookmarkpos integer, codername text, recently_used_codes text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text,
    memo text, owner text, date text, av_text_id integer, risid integer, unique(name));
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer,
    memo text, owner text, date text, unique(fid, pos0, pos1, owner));
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text,
    memo text, supercatid integer, unique(name));
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer,
    owner text, date text, color text, unique(name));
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text,
    pos0 integer, pos1 integer, owner text, date text, memo text, avid integer,
    important integer, unique(cid, fid, pos0, pos1, owner));
CREATE TABLE code_image (imid integer primary key, id integer, x1 integer, y1 integer,
    width integer, height integer, cid integer, memo text, date text, owner text,
    important integer, pdf_page integer);
CREATE TABLE code_av (avid integer primary key, id integer, pos0 integer, pos1 integer,
    cid integer, memo text, date text, owner text, important integer);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text,
    constraint ucm unique(name));
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer,
    pos1 integer, owner text, date text, memo text);
CREATE TABLE attribute_type (name text primary key, date text, owner text, memo text,
    caseOrFile text, valuetype text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text,
    id integer, date text, owner text, unique(name, attr_type, id));
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text,
    unique(name));
CREATE TABLE stored_sql (title text, description text, grouper text, ssql text, unique(title));
CREATE TABLE ris (risid integer, tag text, longtag text, value text);
"""


def write(
    folder: Path,
    documents: Sequence[Document],
    entities: Sequence[Entity],
    passages: Iterable[Passage],
    text_of: Callable[[str], str],
) -> None:
    """Write a project into a new folder, whose name should end in “.qda”."""
    for name in FOLDERS:
        (folder / name).mkdir(parents=True)
    with closing(sqlite3.connect(folder / "data.qda")) as connection, connection:
        connection.executescript(_TABLES)
        made = min((document.imported for document in documents), default="")
        connection.execute(
            "INSERT INTO project VALUES (?, ?, '', 'Muniment', 0, 0, 'default', '')",
            (VERSION, _date(made)),
        )
        files = _sources(connection, documents, text_of)
        codes = _codes(connection, entities, _date(made))
        _codings(connection, passages, files, codes)


def _sources(
    connection: sqlite3.Connection, documents: Sequence[Document], text_of: Callable[[str], str]
) -> dict[str, int]:
    taken: set[str] = set()
    for number, document in enumerate(documents, 1):
        connection.execute(
            "INSERT INTO source VALUES (?, ?, ?, NULL, ?, 'default', ?, NULL, NULL)",
            (
                number,
                unlike(_clean(document.file_name), taken),
                _clean(text_of(document.id)),
                _clean(document.title),
                _date(document.imported),
            ),
        )
    return {document.id: number for number, document in enumerate(documents, 1)}


def _codes(connection: sqlite3.Connection, entities: Sequence[Entity], date: str) -> dict[str, int]:
    kinds = {kind: n for n, kind in enumerate(sorted({one.kind for one in entities}), 1)}
    connection.executemany(
        "INSERT INTO code_cat VALUES (?, ?, 'default', ?, '', NULL)",
        [(number, kind, date) for kind, number in kinds.items()],
    )
    names = labels(entities)
    connection.executemany(
        "INSERT INTO code_name VALUES (?, ?, ?, ?, 'default', ?, ?)",
        [
            (
                number,
                _clean(names[one.id]),
                _clean(describe(one)),
                kinds[one.kind],
                date,
                one.color or KIND_COLORS.get(one.kind, PLAIN_COLOR),
            )
            for number, one in enumerate(entities, 1)
        ],
    )
    return {entity.id: number for number, entity in enumerate(entities, 1)}


def _codings(
    connection: sqlite3.Connection,
    passages: Iterable[Passage],
    files: dict[str, int],
    codes: dict[str, int],
) -> None:
    for passage in passages:
        anchor, file = passage.anchor, files[passage.document]
        owner, date = _clean(passage.creator) or "default", _date(passage.created)
        place, memo = (anchor.start, anchor.end), _clean(passage.note)
        for entity in passage.entities:
            connection.execute(
                "INSERT INTO code_text (cid, fid, seltext, pos0, pos1, owner, date, memo,"
                " important) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)"
                " ON CONFLICT DO UPDATE SET memo = memo || char(10) || excluded.memo",
                (codes[entity], file, _clean(anchor.exact), *place, owner, date, memo),
            )
        if not passage.entities:
            connection.execute(
                "INSERT INTO annotation (fid, pos0, pos1, memo, owner, date)"
                " VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET memo = memo || char(10) || excluded.memo",
                (file, *place, memo, owner, date),
            )


def _clean(text: str) -> str:
    """Return text without half surrogate pairs, which SQLite does not store, equally long."""
    return _HALF_PAIRS.sub("\ufffd", text)


def _date(moment: str) -> str:
    return moment[:19].replace("T", " ")
