"""Archives with a few pages in them, for the tests of the search."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from index.crypto.keys import Keys
from index.model import PAGE_BREAK
from index.search import SearchService
from index.store import driver
from index.store.database import Database
from index.store.locking import FileLock


class Archive:
    """A record with its search service, and plain ways to fill it."""

    def __init__(self, folder: Path, keys: Keys | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        lock = FileLock(folder / "archive.lock")
        self.database = Database(folder / "archive.sqlite", lock, driver.of(keys))
        with self.database.write() as connection:
            connection.execute("INSERT OR IGNORE INTO meta VALUES ('uuid', ?)", (folder.name,))
        self.search = SearchService(
            self.database, folder / "search", FileLock(folder / "search.lock"), keys
        )

    def add(self, *pages: str, state: str = "text", **facts: object) -> str:
        """Add a document with these pages and return its id."""
        with self.database.write() as connection:
            number = connection.execute("SELECT count(*) FROM document").fetchone()[0] + 1
            identity = f"{number:032x}"
            row = {
                "number": number,
                "id": identity,
                "sha256": identity,
                "text_sha256": "",
                "extractor": "test",
                "file_name": f"{number}.txt",
                "media_type": "text/plain",
                "size": 1,
                "characters": 0,
                "page_count": len(pages),
                "paged": 1,
                "imported": "2026-01-01T00:00:00Z",
                "title": f"Report {number}",
                "csl": "{}",
                **facts,
            }
            connection.execute(
                f"INSERT INTO document ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
                list(row.values()),
            )
            start = 0
            for index, text in enumerate(pages):
                connection.execute(
                    "INSERT INTO page (document, idx, label, start, end, state, width, height,"
                    " text) VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?)",
                    (number, index, str(index + 1), start, start + len(text), state, text),
                )
                start += len(text) + len(PAGE_BREAK)
            connection.execute("INSERT INTO index_change (document) VALUES (?)", (number,))
        return identity

    def remove(self, identity: str) -> None:
        """Remove a document."""
        with self.database.write() as connection:
            number = connection.execute(
                "SELECT number FROM document WHERE id = ?", (identity,)
            ).fetchone()[0]
            connection.execute("DELETE FROM document WHERE id = ?", (identity,))
            connection.execute(
                "INSERT INTO index_change (document, removed) VALUES (?, 1)", (number,)
            )

    def tag(
        self, identity: str, start: int, end: int, entities: Sequence[str] = (), note: str = ""
    ) -> str:
        """Tag a range of a document."""
        with self.database.write() as connection:
            passage = f"p{connection.execute('SELECT count(*) FROM passage').fetchone()[0]}"
            connection.execute(
                "INSERT INTO passage (id, document, start, end, page, label, exact, prefix, suffix,"
                " rects, source_sha256, text_sha256, extractor, status, score, note, created,"
                " modified) VALUES (?, ?, ?, ?, 0, '1', '', '', '', '{}', '', '', '', 'exact', 1,"
                " ?, '', '')",
                (passage, identity, start, end, note),
            )
            for entity in entities:
                connection.execute("INSERT INTO passage_entity VALUES (?, ?)", (passage, entity))
        return passage

    def entity(self, identity: str, name: str, *aliases: str) -> str:
        """Add somebody to the entity list."""
        with self.database.write() as connection:
            connection.execute(
                "INSERT INTO entity (id, kind, name, created) VALUES (?, 'Person', ?, '')",
                (identity, name),
            )
            for alias in aliases:
                connection.execute(
                    "INSERT INTO alias (entity, name) VALUES (?, ?)", (identity, alias)
                )
        return identity

    def close(self) -> None:
        self.search.close()
        self.database.close()


@pytest.fixture
def make_archive(tmp_path: Path) -> Iterator[Callable[..., Archive]]:
    """Give new empty archives, with keys encrypted ones."""
    made: list[Archive] = []

    def make(keys: Keys | None = None) -> Archive:
        made.append(Archive(tmp_path / f"archive{len(made)}", keys))
        return made[-1]

    yield make
    for archive in made:
        archive.close()


@pytest.fixture
def archive(make_archive: Callable[[], Archive]) -> Archive:
    """An empty archive."""
    return make_archive()
