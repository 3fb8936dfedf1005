"""The list in the record: looked up, changed, merged, split, and all of it taken back."""

import pytest

from index.entities.entry import ListEntry
from index.errors import Ambiguous, BadInput, NotFound
from index.model import Alias
from index.store.database import Database
from index.store.entities import EntityStore
from index.store.history import History


def tagged(database: Database, passage: str, *entities: str) -> None:
    """Write a passage down with as little as its rows need."""
    with database.write() as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute(
            "INSERT OR IGNORE INTO document (number, id, sha256, text_sha256, extractor, file_name,"
            " media_type, size, characters, page_count, paged, imported, title, csl)"
            " VALUES (1, 'd', 's', 't', 'x', 'f', 'text/plain', 1, 9, 1, 0, '2024', 'T', '{}')"
        )
        connection.execute(
            "INSERT INTO passage (id, document, start, end, page, label, exact, prefix, suffix,"
            " rects, source_sha256, text_sha256, extractor, status, score, created, modified)"
            " VALUES (?, 'd', 0, 4, 0, '1', 'q', '', '', '{}', 's', 't', 'x', 'exact', 1, '', '')",
            (passage,),
        )
        connection.executemany(
            "INSERT INTO passage_entity VALUES (?, ?)", [(passage, each) for each in entities]
        )


def test_an_entity_is_found_by_id_name_and_alias(store: EntityStore) -> None:
    made = store.add("person", " Maks  Bokayev ", ["Макс Бокаев", "Макс Бокаев", "Maks Bokayev"])
    assert made.kind == "Person" and made.name == "Maks Bokayev"
    assert made.aliases == (Alias("Макс Бокаев"),)
    for reference in (made.id, made.id[:6], "maks bokayev", "МАКС БОКАЕВ"):
        assert store.find(reference) == store.get(made.id)


def test_a_name_of_two_is_ambiguous(store: EntityStore) -> None:
    store.add("Person", "Bolat Agadil", ["Agadil"])
    store.add("Person", "Dulat Agadil", ["Agadil"])
    with pytest.raises(Ambiguous, match=r"Bolat Agadil .*Dulat Agadil"):
        store.find("agadil")
    with pytest.raises(NotFound, match="There is no entity “Nobody”"):
        store.find("Nobody")


@pytest.mark.parametrize(
    ("kind", "name"), [("Animal", "Rex"), ("Person", " . "), ("Person", "x" * 501)]
)
def test_what_cannot_be_an_entity_is_refused(store: EntityStore, kind: str, name: str) -> None:
    with pytest.raises(BadInput):
        store.add(kind, name)


def test_the_same_name_twice_is_refused_within_a_kind(store: EntityStore) -> None:
    store.add("Place", "Almaty")
    with pytest.raises(BadInput, match="on the list already"):
        store.add("Place", "ALMATY")
    assert store.add("Theme", "Almaty").kind == "Theme"


def test_an_update_changes_only_what_is_given(store: EntityStore) -> None:
    made = store.add("Person", "A B", ["C D"], description="x", color="#2EA8E5")
    changed = store.update(made.id, name="A Bee")
    assert (changed.name, changed.aliases) == ("A Bee", (Alias("C D"),))
    assert (changed.description, changed.color) == ("x", "#2ea8e5")
    with pytest.raises(BadInput, match="is no colour"):
        store.update(made.id, color="blue")


def test_a_merge_moves_passages_and_is_undone_whole(
    database: Database, store: EntityStore, history: History
) -> None:
    keep, other = store.add("Person", "Max B"), store.add("Person", "Maks B", ["M B"])
    tagged(database, "p1", other.id)
    tagged(database, "p2", other.id, keep.id)
    with history.action("Merge"):
        merged = store.merge(keep.id, [other.id])
    assert merged.passage_count == 2
    assert [alias.name for alias in merged.aliases] == ["Maks B", "M B"]
    with pytest.raises(NotFound):
        store.get(other.id)
    history.undo()
    assert store.get(other.id).passage_count == 2
    assert store.get(other.id).aliases == (Alias("M B"),)
    assert store.get(keep.id).passage_count == 1 and not store.get(keep.id).aliases


def test_a_merge_with_ones_own_parent_makes_no_circle(store: EntityStore) -> None:
    top = store.add("Theme", "Rights")
    middle = store.add("Theme", "Assembly", parent=top.id)
    low = store.add("Theme", "Protest", parent=middle.id)
    store.merge(low.id, [middle.id])
    assert store.get(low.id).parent == top.id
    with pytest.raises(BadInput, match="under itself"):
        store.update(top.id, parent=low.id)


def test_a_split_takes_names_and_passages(database: Database, store: EntityStore) -> None:
    both = store.add("Person", "Bolat N", ["Nursultan N", "N N"])
    tagged(database, "p1", both.id)
    tagged(database, "p2", both.id)
    new = store.split(both.id, ["Nursultan N"], ["p2"])
    assert (new.name, new.passage_count) == ("Nursultan N", 1)
    assert [alias.name for alias in store.get(both.id).aliases] == ["N N"]


def test_removal_keeps_the_passages(
    database: Database, store: EntityStore, history: History
) -> None:
    made = store.add("Person", "A B")
    tagged(database, "p1", made.id)
    with history.action("Remove"):
        store.remove(made.id)
    assert database.read().execute("SELECT count(*) FROM passage").fetchone()[0] == 1
    history.undo()
    assert store.get(made.id).passage_count == 1


def test_importing_twice_changes_nothing(store: EntityStore) -> None:
    entries = [
        ListEntry("Person", "A B", (Alias("B A"),), external={"opensanctions": "NK-1"}, line=2),
        ListEntry("Theme", "Arrest", parent="Rights", line=3),
        ListEntry("Theme", "Rights", line=4),
        ListEntry("Animal", "Rex", line=5),
    ]
    first = store.upsert_many(entries)
    assert len(first.added) == 3 and "Line 5" in first.problems[0]
    before = store.list()
    second = store.upsert_many(entries)
    assert (len(second.added), len(second.updated), len(second.unchanged)) == (0, 0, 3)
    assert store.list() == before
    assert store.find("Arrest").parent == store.find("Rights").id


def test_an_import_brings_what_is_new_and_keeps_what_was(store: EntityStore) -> None:
    store.upsert_many([ListEntry("Person", "A B", external={"wikidata": "Q1"})])
    renamed = ListEntry("Person", "A Bee", (Alias("AB", weak=True),), external={"wikidata": "Q1"})
    result = store.upsert_many([renamed, ListEntry("Person", "A B", external={"wikidata": "Q2"})])
    assert len(result.updated) == 1 and len(result.added) == 1
    first = store.get(result.updated[0])
    assert first.name == "A B"
    assert first.aliases == (Alias("A Bee"), Alias("AB", weak=True))
