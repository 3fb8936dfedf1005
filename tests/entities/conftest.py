"""An archive's record with nothing in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.store.database import Database
from index.store.entities import EntityStore
from index.store.history import History
from index.store.locking import FileLock


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty record."""
    opened = Database(tmp_path / "archive.sqlite", FileLock(tmp_path / "archive.lock"))
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> EntityStore:
    """The entity list of an empty record."""
    return EntityStore(database)


@pytest.fixture
def history(database: Database) -> History:
    """The history of an empty record."""
    return History(database)
