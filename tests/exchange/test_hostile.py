"""Files of others that mean harm, or mean nothing, are refused with one sentence."""

import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import MunimentError
from index.exchange import Incoming, read
from index.exchange.hardened import opened_database, parse_xml

ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<Project xmlns="urn:QDA-XML:project:1.0" name="&x;">&b;</Project>"""


def project(path: Path, members: dict[str, bytes]) -> Path:
    """Write a zip with the given members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_entities_are_not_expanded() -> None:
    with pytest.raises(MunimentError):
        parse_xml(ENTITIES, "project.qde")


@pytest.mark.parametrize(
    "members",
    [
        {"project.qde": ENTITIES},
        {"project.qde": b"\0" * (4 << 20)},
        {"../project.qde": b"<Project/>"},
        {"/project.qde": b"<Project/>"},
        {"other": b""},
        {f"sources/{n}": b"" for n in range(10_001)},
    ],
    ids=["entities", "bomb", "climbing", "absolute", "empty", "many"],
)
def test_projects_that_are_refused(tmp_path: Path, members: dict[str, bytes]) -> None:
    with pytest.raises(MunimentError):
        read(project(tmp_path / "p.qdpx", members))


def test_a_foreign_database_runs_nothing_and_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "data.qda"
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE t (a); CREATE VIEW source AS SELECT load_extension('x') AS id, 'n' AS name,"
        " 't' AS fulltext; CREATE TABLE code_name (cid); CREATE TABLE code_text (cid);"
    )
    connection.close()
    before = path.read_bytes()
    with pytest.raises(MunimentError):
        read(path)
    with pytest.raises(MunimentError), opened_database(path) as opened:
        opened.execute("INSERT INTO t VALUES (1)")
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["data.qda"]


@given(data=st.binary(max_size=400), suffix=st.sampled_from(
    [".json", ".jsonld", ".bib", ".ris", ".csv", ".qda", ".qdpx", ".zip"]))  # fmt: skip
def test_any_bytes_end_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    path = tmp_path_factory.mktemp("any") / f"file{suffix}"
    path.write_bytes(data)
    try:
        assert isinstance(read(path), Incoming)
    except MunimentError as error:
        assert str(error).endswith(".")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["target", "selector", "type", "exact", "source", "body", "tags", "items",
                         "rows", "annotationText", "position", "id", "author", "issued"]),
        inner, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(value=VALUES)
def test_any_json_ends_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, value: object
) -> None:
    path = tmp_path_factory.mktemp("any") / "file.json"
    path.write_text(json.dumps(value))
    try:
        assert isinstance(read(path), Incoming)
    except MunimentError as error:
        assert str(error).endswith(".")


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("project.qde", b"<Project/>" * 50)
    data = bytearray(out.getvalue())
    data[45] ^= 255
    path = tmp_path / "p.qdpx"
    path.write_bytes(bytes(data))
    with pytest.raises(MunimentError):
        read(path)
