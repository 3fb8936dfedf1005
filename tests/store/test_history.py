"""Every change can be taken back and made again, exactly."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import NothingToUndo
from index.store.database import Database
from index.store.entities import EntityStore
from index.store.history import History
from index.store.locking import FileLock
from index.store.schema import UNDOABLE


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "archive.sqlite", FileLock(tmp_path / "archive.lock"))


def snapshot(database: Database) -> dict[str, list[tuple[object, ...]]]:
    connection = database.read()
    return {
        table: sorted(map(tuple, connection.execute(f"SELECT * FROM {table}")), key=repr)
        for table in UNDOABLE
    }


def test_adding_is_undone_and_redone(database: Database) -> None:
    history, entities = History(database), EntityStore(database)
    empty = snapshot(database)
    with history.action("Add Maks Bokayev") as recording:
        entity = entities.add("Person", "Maks Bokayev", ["Макс Бокаев"])
    full = snapshot(database)
    assert recording.changes.entities == {entity.id}
    assert history.undo_label() == "Add Maks Bokayev"
    assert history.undo().entities == {entity.id}
    assert snapshot(database) == empty
    assert history.undo_label() is None
    assert history.redo_label() == "Add Maks Bokayev"
    history.redo()
    assert snapshot(database) == full


def test_an_action_that_fails_leaves_nothing(database: Database) -> None:
    history, entities = History(database), EntityStore(database)
    before = snapshot(database)
    with pytest.raises(ZeroDivisionError), history.action("Fail"):
        entities.add("Person", "Maks Bokayev")
        raise ZeroDivisionError
    assert snapshot(database) == before
    assert history.undo_label() is None


def test_a_new_change_ends_what_could_be_redone(database: Database) -> None:
    history, entities = History(database), EntityStore(database)
    with history.action("One"):
        entities.add("Person", "Maks Bokayev")
    history.undo()
    with history.action("Two"):
        entities.add("Person", "Talgat Ayan")
    with pytest.raises(NothingToUndo):
        history.redo()


def test_an_action_that_changes_nothing_is_not_kept(database: Database) -> None:
    history = History(database)
    with history.action("Nothing") as recording:
        pass
    assert not recording.changes
    assert history.undo_label() is None


def test_another_connection_undoes_it_too(tmp_path: Path) -> None:
    def opened() -> Database:
        return Database(tmp_path / "archive.sqlite", FileLock(tmp_path / "archive.lock"))

    first, second = opened(), opened()
    with History(first).action("Add"):
        EntityStore(first).add("Person", "Maks Bokayev")
    assert History(second).undo().label == "Add"
    assert EntityStore(first).list() == []


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "rename", "alias", "merge", "remove"]), st.integers(0, 5)),
    max_size=8,
)


@given(STEPS)
def test_undoing_everything_goes_back_step_by_step(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("history")
    database = Database(folder / "archive.sqlite", FileLock(folder / "archive.lock"))
    history, entities = History(database), EntityStore(database)
    states = [snapshot(database)]
    for number, (what, which) in enumerate(steps):
        there = entities.list()
        with history.action(f"{what} {number}"):
            change(entities, what, number, [entity.id for entity in there], which)
        if snapshot(database) != states[-1]:
            states.append(snapshot(database))
    for state in reversed(states[:-1]):
        history.undo()
        assert snapshot(database) == state
    for state in states[1:]:
        history.redo()
        assert snapshot(database) == state
    database.close()


def change(entities: EntityStore, what: str, number: int, there: list[str], which: int) -> None:
    if what == "add" or not there:
        entities.add("Person", f"Name {number}", [f"Alias {number}"])
        return
    chosen = there[which % len(there)]
    if what == "rename":
        entities.update(chosen, name=f"Renamed {number}")
    elif what == "alias":
        entities.update(chosen, aliases=[f"Other {number}"])
    elif what == "merge" and len(there) > 1:
        entities.merge(chosen, [there[(which + 1) % len(there)]])
    elif what == "remove":
        entities.remove(chosen)


def test_the_record_keeps_to_its_foreign_keys(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError), database.write() as connection:
        connection.execute("INSERT INTO passage_entity VALUES ('none', 'none')")
