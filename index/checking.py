"""Checking an archive: record, originals, passages and index against one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.model import AnchorStatus, Verdict
from index.progress import Progress
from index.store import driver

if TYPE_CHECKING:
    from index.library import Library


def check(library: Library, *, repair: bool, progress: Progress) -> Verdict:
    """Return every problem of an archive as a sentence; rebuild the index when asked to."""
    problems = _record(library)
    documents = library.documents()
    for number, document in enumerate(documents):
        progress.report(number, len(documents), "Checking the originals")
        if problem := library.blobs.problem(document.sha256, document.size):
            problems.append(f"“{document.title}”: {problem}")
        problems += _passages(library, document.id, document.title)
    index = library.search_service.check()
    if index and repair:
        library.search_service.rebuild(progress)
        index = library.search_service.check()
    problems += index
    return Verdict(not problems, tuple(problems))


def _record(library: Library) -> list[str]:
    try:
        connection = library.database.read()
        rows = connection.execute("PRAGMA integrity_check(20)").fetchall()
        if library.encrypted:  # unused pages too: all were sealed, so all can be checked
            rows += connection.execute("PRAGMA cipher_integrity_check").fetchall()
        foreign = connection.execute("PRAGMA foreign_key_check").fetchall()
    except driver.errors() as error:
        return [f"The record cannot be read: {error}."]
    problems = [f"The record is damaged: {row[0]}." for row in rows if row[0] != "ok"]
    if foreign:
        problems.append(f"{len(foreign)} rows of the record point to nothing.")
    return problems


def _passages(library: Library, identity: str, title: str) -> list[str]:
    passages = library.passages(document=identity)
    if not passages:
        return []
    text = library.text(identity)
    return [
        f"A passage of “{title}” does not fit its text: “{passage.quote[:40]}”."
        for passage in passages
        if passage.anchor.status in (AnchorStatus.EXACT, AnchorStatus.MOVED)
        and text[passage.anchor.start : passage.anchor.end] != passage.quote
    ]
