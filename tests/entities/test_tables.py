"""Tables of entities: known and mapped headers, bad lines named, what is written read again."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.entities import read_list, write_list
from index.entities.lists import LAYOUTS
from index.errors import BadInput
from index.model import ENTITY_KINDS, Alias, Entity


def test_a_plain_list(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "kind,name,aliases\nPerson,Maks Bokayev,Макс Бокаев; Max Bokaev|Boka\n"
        'Animal,Rex,\nplace,,\nOrganisation,"Nur, Otan",\n',
        encoding="utf-8",
    )
    reading = read_list(path)
    assert [entry.name for entry in reading.entries] == ["Maks Bokayev", "Nur, Otan"]
    assert [alias.name for alias in reading.entries[0].aliases] == [
        "Макс Бокаев",
        "Max Bokaev",
        "Boka",
    ]
    assert reading.entries[1].kind == "Organization"
    assert [problem[:7] for problem in reading.problems] == ["Line 3:", "Line 4 "]


def test_other_headers_are_mapped(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    path.write_text("Фамилия\tПрочее\nБокаев\tМ. Бокаев\n", encoding="cp1251")
    with pytest.raises(BadInput, match="kind and name"):
        read_list(path)
    mapping = {"name": "Фамилия", "aliases": "Прочее", "kind": "=Person"}
    reading = read_list(path, mapping)
    assert (reading.entries[0].kind, reading.entries[0].name) == ("Person", "Бокаев")
    with pytest.raises(BadInput, match="no column “Nix”"):
        read_list(path, {"name": "Nix", "kind": "=Person"})


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"“no\.csv” cannot be read"):
        read_list(tmp_path / "no.csv")


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")).filter(
        lambda sign: sign not in ";|"
    ),
    min_size=1,
).map(lambda text: f"A{text}")


@given(st.lists(st.tuples(st.sampled_from(ENTITY_KINDS), NAMES, st.sets(NAMES, max_size=3))))
def test_what_is_written_is_read(tmp_path: Path, rows: list[tuple[str, str, set[str]]]) -> None:
    entities = [
        Entity(f"{number}", kind, name, tuple(Alias(each) for each in sorted(aliases)))
        for number, (kind, name, aliases) in enumerate(rows)
    ]
    path = tmp_path / "list.csv"
    write_list(path, entities)
    read = [(entry.kind, entry.name, entry.aliases) for entry in read_list(path).entries]
    assert read == [(entity.kind, entity.name, entity.aliases) for entity in entities]


def test_a_spreadsheet_computes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    write_list(path, [Entity("1", "Person", "=cmd()", (Alias("@x"),))])
    assert "'=cmd()" in path.read_text(encoding="utf-8-sig")
    assert read_list(path).entries[0].name == "=cmd()"


def test_ids_of_other_databases_come_back(tmp_path: Path) -> None:
    ids = {"wikidata": "Q42", "opensanctions": "NK-1"}
    entity = Entity("1", "Person", "Maks Bokayev", (Alias("Bokayev, Maks"),), external=ids)
    path = tmp_path / "list.csv"
    write_list(path, [entity])
    (read,) = read_list(path).entries
    assert (dict(read.external), read.aliases) == (ids, entity.aliases)


def test_a_format_can_be_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    for layout in LAYOUTS:
        if layout not in ("codebook", "followthemoney", "gazetteer"):
            write_list(path, [Entity("1", "Theme", "Courts")], layout)
            (entry,) = read_list(path).entries
            assert (entry.kind, entry.name) == ("Theme", "Courts"), layout
