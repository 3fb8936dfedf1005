"""Databases that a test leaves open are closed after it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.store.database import Database
from index.store.driver import PLAIN, Driver
from index.store.locking import FileLock


@pytest.fixture(autouse=True)
def closed_databases(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close every database that the test opened; Python 3.13 warns of those left open."""
    made: list[Database] = []
    initial = Database.__init__

    def noted(self: Database, path: Path, lock: FileLock, driver: Driver = PLAIN) -> None:
        made.append(self)
        initial(self, path, lock, driver)

    monkeypatch.setattr(Database, "__init__", noted)
    yield
    for database in made:
        database.close()
