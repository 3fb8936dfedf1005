"""Queries that are kept to be asked again, and whether there is anything new for them."""

import json
import uuid
from dataclasses import asdict, fields

from index.errors import BadInput, NotFound
from index.model import SavedSearch, SearchRequest
from index.store.database import Database
from index.store.history import now

_COLUMNS = "id, name, request, created, seen"
_FIELDS = {field.name for field in fields(SearchRequest)}


class SavedSearches:
    """The saved searches of one archive."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[SavedSearch]:
        """Return the saved searches by name."""
        rows = self._database.read().execute(f"SELECT {_COLUMNS} FROM saved_search")
        return sorted(map(_saved, rows), key=lambda saved: saved.name.casefold())

    def get(self, identity: str) -> SavedSearch:
        """Return one saved search; raise `NotFound`."""
        row = (
            self._database.read()
            .execute(f"SELECT {_COLUMNS} FROM saved_search WHERE id = ?", (identity,))
            .fetchone()
        )
        if row is None:
            raise NotFound("This search is not saved any more.")
        return _saved(row)

    def save(self, name: str, request: SearchRequest) -> SavedSearch:
        """Keep a search under a name, in the place of one that has it already."""
        if not name.strip():
            raise BadInput("Give the search a name to save it.")
        asked = json.dumps(asdict(request), ensure_ascii=False)
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO saved_search (id, name, request, created, seen)"
                " VALUES (?, ?, ?, ?, (SELECT coalesce(max(number), 0) FROM document))"
                " ON CONFLICT (name) DO UPDATE SET request = excluded.request,"
                " seen = excluded.seen",
                (uuid.uuid4().hex, name.strip(), asked, now()),
            )
            row = connection.execute(
                f"SELECT {_COLUMNS} FROM saved_search WHERE name = ?", (name.strip(),)
            ).fetchone()
        return _saved(row)

    def mark_seen(self, identity: str) -> None:
        """Note that the result was looked at: what is there now is no longer new."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE saved_search SET"
                " seen = (SELECT coalesce(max(number), 0) FROM document) WHERE id = ?",
                (identity,),
            )

    def remove(self, identity: str) -> None:
        """Forget a saved search."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM saved_search WHERE id = ?", (identity,))


def _saved(row: tuple[str, str, str, str, int]) -> SavedSearch:
    identity, name, asked, created, seen = row
    known = {key: value for key, value in json.loads(asked).items() if key in _FIELDS}
    known["without"] = tuple(known.get("without", ()))
    return SavedSearch(identity, name, SearchRequest(**known), created, seen)
