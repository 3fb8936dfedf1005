"""Drafts of bundles in the record: which passages, under which headings, shown how."""

import json
import sqlite3
import uuid
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from index.errors import NotFound
from index.model import BundleDraft, BundleSection, ExportRequest
from index.store.database import Database
from index.store.history import now

NEVER_KEPT = frozenset(("replace", "passphrase", "signing_key", "signing_passphrase"))


class BundleStore:
    """The drafts of one archive."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[BundleDraft]:
        """Return every draft, the newest first."""
        return self._select("ORDER BY created DESC, rowid DESC", ())

    def get(self, identity: str) -> BundleDraft:
        """Return one draft; raise `NotFound`."""
        found = self._select("WHERE id = ?", (identity,))
        if not found:
            raise NotFound("This bundle is no longer in the archive.")
        return found[0]

    def add(self, request: ExportRequest) -> BundleDraft:
        """Write a new draft down."""
        draft = BundleDraft(uuid.uuid4().hex, request, now())
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO bundle (id, request, created) VALUES (?, ?, ?)",
                (draft.id, to_json(request), draft.created),
            )
        return draft

    def update(self, identity: str, request: ExportRequest) -> None:
        """Put another request in the place of a draft's."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE bundle SET request = ? WHERE id = ?", (to_json(request), identity)
            )

    def remove(self, identity: str) -> None:
        """Delete a draft."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM bundle WHERE id = ?", (identity,))

    def _select(self, clause: str, values: tuple[object, ...]) -> list[BundleDraft]:
        with self._database.reading() as connection:
            rows: list[sqlite3.Row] = connection.execute(
                f"SELECT id, request, created FROM bundle {clause}", values
            ).fetchall()
        return [BundleDraft(row["id"], from_json(row["request"]), row["created"]) for row in rows]


def to_json(request: ExportRequest) -> str:
    """Return a request as JSON, without its secrets."""
    kept: dict[str, Any] = {
        each.name: getattr(request, each.name)
        for each in fields(request)
        if each.name not in NEVER_KEPT
    }
    kept["pseudonyms"] = dict(request.pseudonyms)
    kept["sections"] = [[one.title, list(one.passages)] for one in request.sections]
    return json.dumps(kept, ensure_ascii=False)


def from_json(text: str) -> ExportRequest:
    """Return the request that was kept; what a later version added is left out."""
    kept: Mapping[str, Any] = json.loads(text)
    known = {each.name for each in fields(ExportRequest)} - NEVER_KEPT
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in kept.items()
        if name in known
    }
    values["sections"] = tuple(
        BundleSection(title, tuple(passages)) for title, passages in kept.get("sections", ())
    )
    return ExportRequest(**values)
