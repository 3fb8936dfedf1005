"""Entity lists of other programs: read as they write them, written as they read them."""

import json
from pathlib import Path

import pytest

from index.entities import read_list, write_list
from index.entities.lists import LAYOUTS
from index.errors import BadInput
from index.library import Library
from index.model import Alias, Entity
from index.store.entities import EntityStore

ENTITIES = [
    Entity("1", "Person", "Maks Bokayev", (Alias("Макс Бокаев"),), "an activist"),
    Entity("2", "Organization", "Nur Otan", (Alias("Нұр Отан"), Alias("NO")), external={
        "wikidata": "Q42"}),
    Entity("3", "Law", "Article 174"),
    Entity("4", "Place", "Zhanaozen", (Alias("Жаңаөзен"),)),
    Entity("5", "Event", "December 1986"),
    Entity("6", "Theme", "Assembly", color="#2ea8e5"),
    Entity("7", "Theme", "Protest", parent="6"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "with_aliases"),
    [
        ("list.csv", True),
        ("list.tsv", True),
        ("list.jsonl", True),
        ("targets.simple.csv", True),
        ("wikidata.csv", True),
        ("list.qdc", True),
        ("gazetteer.txt", False),
    ],
)
def test_every_format_keeps_kinds_and_names(tmp_path: Path, name: str, with_aliases: bool) -> None:
    path = tmp_path / name
    write_list(path, ENTITIES)
    reading = read_list(path)
    assert reading.problems == ()
    found = {(entry.kind, entry.name) for entry in reading.entries}
    assert {(entity.kind, entity.name) for entity in ENTITIES} <= found
    if with_aliases:
        aliases = {entry.name: [each.name for each in entry.aliases] for entry in reading.entries}
        assert aliases["Nur Otan"] == ["Нұр Отан", "NO"]


@pytest.mark.parametrize("name", ["list.csv", "list.jsonl", "list.qdc", "wikidata.csv"])
def test_reading_a_written_list_again_doubles_nothing(
    tmp_path: Path, store: EntityStore, name: str
) -> None:
    for entity in ENTITIES[:6]:
        store.add(entity.kind, entity.name, entity.aliases, external=entity.external)
    before = [(entity.kind, entity.name, entity.aliases) for entity in store.list()]
    path = tmp_path / name
    for _ in range(2):
        write_list(path, store.list())
        result = store.upsert_many(read_list(path).entries)
        assert not result.added and not result.problems
    assert [(entity.kind, entity.name, entity.aliases) for entity in store.list()] == before


def test_opensanctions(tmp_path: Path) -> None:
    path = tmp_path / "targets.simple.csv"
    path.write_text(
        '"id","schema","name","aliases","birth_date","countries"\n'
        '"NK-1","Person","Maks Bokayev","Макс Бокаев;Max Bokaev","1973","kz"\n'
        '"NK-2","Vessel","Astana","","",""\n"NK-3","Company","KazMunaiGas","","","kz"\n',
        encoding="utf-8",
    )
    reading = read_list(path)
    assert [entry.kind for entry in reading.entries] == ["Person", "Organization"]
    assert reading.entries[0].external == {"opensanctions": "NK-1"}
    assert len(reading.entries[0].aliases) == 2
    assert reading.problems[0].startswith("Line 3: “Vessel” is no kind")


def test_followthemoney(tmp_path: Path) -> None:
    rows = [
        {
            "id": "a",
            "schema": "Person",
            "properties": {"name": ["A B", "B A"], "alias": ["AB"], "weakAlias": ["Boka"]},
        },
        {"id": "b", "schema": "Airplane", "properties": {"name": ["X"]}},
        {"id": "c", "schema": "Person", "properties": {"name": []}},
    ]
    text = "".join(f"{json.dumps(row)}\n" for row in rows) + "nonsense\n"
    path = tmp_path / "entities.ftm.json"
    path.write_text(text, encoding="utf-8")
    reading = read_list(path)
    assert reading.entries[0].aliases == (Alias("B A"), Alias("AB"), Alias("Boka", weak=True))
    assert [problem[:7] for problem in reading.problems] == ["Line 2 ", "Line 3 ", "Line 4 "]


def test_wikidata_needs_a_kind_from_the_user(tmp_path: Path) -> None:
    path = tmp_path / "query.csv"
    path.write_text(
        "item,itemLabel,itemAltLabel\n"
        'http://www.wikidata.org/entity/Q4091,Maks Bokayev,"Max Bokaev, M. Bokaev"\n',
        encoding="utf-8",
    )
    with pytest.raises(BadInput, match="kind and name"):
        read_list(path)
    entry = read_list(path, {"kind": "=Person"}).entries[0]
    assert entry.external == {"wikidata": "Q4091"}
    assert [alias.name for alias in entry.aliases] == ["Max Bokaev", "M. Bokaev"]


def test_themes_of_a_codebook_keep_their_order(tmp_path: Path, store: EntityStore) -> None:
    path = tmp_path / "codes.qdc"
    path.write_text(
        '<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
        '<Code guid="A" name="Rights" isCodable="true"><Code guid="B" name="Assembly"'
        ' color="#FF0000" isCodable="true"/></Code></Codes></CodeBook>',
        encoding="utf-8",
    )
    store.upsert_many(read_list(path).entries)
    low = store.find("Assembly")
    assert low.color == "#ff0000" and low.parent == store.find("Rights").id


def test_a_taguette_codebook(tmp_path: Path, store: EntityStore) -> None:
    path = tmp_path / "codebook.csv"
    path.write_text("tag,description\nrights,All\nrights.assembly,Some\n", encoding="utf-8")
    store.upsert_many(read_list(path).entries)
    assert store.find("rights.assembly").parent == store.find("rights").id


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><CodeBook>&x;</CodeBook>',
        "<CodeBook><Codes>",
    ],
)
def test_dangerous_or_broken_xml_is_refused(tmp_path: Path, xml: str) -> None:
    path = tmp_path / "codes.qdc"
    path.write_text(xml, encoding="utf-8")
    with pytest.raises(BadInput):
        read_list(path)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_an_archive_wrote_doubles_nothing_in_it(tmp_path: Path, layout: str) -> None:
    suffix = {"codebook": "qdc", "followthemoney": "jsonl", "gazetteer": "txt"}.get(layout, "csv")
    path = tmp_path / f"list.{suffix}"
    with Library.create(tmp_path / "archive") as library:
        library.add_entity("Person", "Maks Bokayev", ["Макс Бокаев"])
        library.add_entity("Theme", "Courts")
        library.export_entities(path, layout)
        before = library.entities()
        library.import_entities(path)
        assert [(e.id, e.names) for e in library.entities()] == [(e.id, e.names) for e in before]
