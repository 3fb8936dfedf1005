"""New texts under old passages: a re-issued file, or the same file read by a newer reader.

Passages are found again by their anchors. What is found for sure follows and
says “moved”; what is doubtful follows to its best guess and says “uncertain”;
what is not found stays with the old version and says “lost”. Uncertain and lost
ones are the list to repair, and one undo takes the whole step back.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index import anchoring, tagging
from index.errors import BadInput, PasswordNeeded, UnreadableFile
from index.methods.wording import short
from index.model import Anchor, AnchorStatus, Changes, Document, ImportOptions, Passage
from index.progress import Progress
from index.reading.result import Reading
from index.store import custody

if TYPE_CHECKING:
    from index.library import Library

Place = tuple[Passage, Anchor]


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the passages, by status, as passage ids."""

    exact: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    changes: Changes = field(default_factory=Changes)


def alike(library: Library, document: Document) -> list[Document]:
    """Return the documents that `document` may be a newer version of, newest first."""
    url, title = document.csl.get("URL"), document.title.casefold()
    return [
        other
        for other in reversed(library.documents())
        if other.id != document.id
        and other.sha256 != document.sha256
        and ((url and other.csl.get("URL") == url) or other.title.casefold() == title)
    ]


def alike_among(library: Library, identities: Iterable[str]) -> list[tuple[Document, Document]]:
    """Return pairs of one of these documents and what it may be a newer version of.

    A pair's second document came in before the first and is the newest of its kind.
    """
    before: dict[str, Document] = {}
    wanted, pairs = set(identities), []
    for document in library.documents():
        keys = [f"title {document.title.casefold()}"]
        if url := document.csl.get("URL"):
            keys.insert(0, f"url {url}")
        older = next((before[key] for key in keys if key in before), None)
        if older is not None and document.id in wanted and not document.replaces:
            pairs.append((document, older))
        before.update(dict.fromkeys(keys, document))
    return pairs


def attach(library: Library, newer: str, older: str) -> Carried:
    """Make `newer` the next version of `older` and bring its passages over."""
    new, old = library.document(newer), library.document(older)
    if new.id == old.id or old.replaces == new.id:
        raise BadInput("A document cannot be a newer version of itself.")
    if new.replaces:
        raise BadInput(f"“{new.title}” is a newer version of another document already.")
    text = library.text(new.id)
    places = [
        (passage, anchoring.find_again(text, passage.anchor, same_text=False))
        for passage in library.passages(document=old.id)
    ]
    with library.history.action(f"New version of “{old.title}”") as recording:
        recording.connection.execute(
            "UPDATE document SET replaces = ? WHERE id = ?", (old.id, new.id)
        )
        for passage, found in places:
            _carry(library, passage, found, text, new)
        custody.record(recording.connection, "version", new.id, replaces=old.id)
    return _sorted(places, recording.changes)


def _carry(
    library: Library, passage: Passage, found: Anchor, text: str, document: Document
) -> None:
    """Move one passage to where it was found; a lost one stays and says so."""
    if found.status is AnchorStatus.LOST:
        library.passages_store.update(passage.id, anchor=_lost(passage, found))
        return
    anchor = _placed(library, found, text, document)
    library.passages_store.move(passage.id, document.id, anchor)


def _lost(passage: Passage, found: Anchor) -> Anchor:
    return replace(passage.anchor, status=AnchorStatus.LOST, score=found.score)


def _placed(library: Library, found: Anchor, text: str, document: Document) -> Anchor:
    """Return the anchor described anew at its place; an uncertain one keeps its old words."""
    measured = tagging.anchor_of(
        text,
        found.start,
        found.end,
        document,
        library.pages(document.id),
        library.measure(document),
    )
    if found.status is AnchorStatus.UNCERTAIN:
        measured = replace(measured, exact=found.exact, prefix=found.prefix, suffix=found.suffix)
    return replace(measured, status=found.status, score=found.score)


def _sorted(places: Sequence[Place], changes: Changes) -> Carried:
    by_status: dict[AnchorStatus, list[str]] = {status: [] for status in AnchorStatus}
    for passage, found in places:
        by_status[found.status].append(passage.id)
    return Carried(
        exact=tuple(by_status[AnchorStatus.EXACT]),
        moved=tuple(by_status[AnchorStatus.MOVED]),
        uncertain=tuple(by_status[AnchorStatus.UNCERTAIN]),
        lost=tuple(by_status[AnchorStatus.LOST]),
        changes=changes,
    )


def reread(library: Library, identity: str, options: ImportOptions | None = None) -> Carried:
    """Read the original again and put its passages where they belong in the new text.

    Raises `UnreadableFile` and changes nothing when the original cannot be read.
    One undo brings the old text back, and the passages to where they were in it.
    """
    document = library.document(identity)
    reading = _read_again(library, document, options or ImportOptions())
    passages = library.passages(document=identity)
    with library.history.action(f"Read “{short(document.title)}” again") as recording:
        library.documents_store.replace_text(identity, reading)
        library.forget_view(identity)
        text = library.text(identity)
        new = library.document(identity)
        same = new.text_sha256 == document.text_sha256
        places = [
            (passage, anchoring.find_again(text, passage.anchor, same_text=same))
            for passage in passages
        ]
        for passage, found in places:
            anchor = settled(library, passage, found, text, new)
            library.passages_store.update(passage.id, anchor=anchor)
    library.follow()
    return _sorted(places, recording.changes)


def _read_again(library: Library, document: Document, options: ImportOptions) -> Reading:
    """Return a new reading of an original; pages recognised before are kept as they were."""
    from index import labelling, ocr_run

    kept = {} if options.ocr == "always" else ocr_run.kept(library, document.id)
    if kept:
        options = replace(options, ocr="never")
    staged = library.blobs.stage_kept(document.sha256, document.file_name)
    try:
        reading = library.readers.read(staged.file, library.with_passwords(options))
    finally:
        library.blobs.discard(staged)
    reading = labelling.keep(library, document.id, reading)
    return ocr_run.with_pages(reading, kept) if kept else reading


def settled(
    library: Library, passage: Passage, found: Anchor, text: str, document: Document
) -> Anchor:
    """Return the anchor of a passage in a new text of its document; a lost one stays as it was."""
    if found.status is AnchorStatus.LOST:
        return _lost(passage, found)
    return _placed(library, found, text, document)


def is_outdated(document: Document) -> bool:
    """Say whether another version of the reader made a document's text."""
    from index.reading.versions import EXTRACTOR

    return document.extractor != EXTRACTOR


def outdated(library: Library) -> list[Document]:
    """Return the documents whose text another version of the reader made."""
    return [found for found in library.documents() if is_outdated(found)]


def reread_outdated(library: Library, progress: Progress) -> Carried | None:
    """Read the outdated documents again, each one undone by itself; None when there are none.

    A document that cannot be read any more keeps its text.
    """
    wanted = outdated(library)
    parts = []
    for number, document in enumerate(wanted):
        progress.report(number, len(wanted), document.title)
        with contextlib.suppress(UnreadableFile, PasswordNeeded):
            parts.append(reread(library, document.id))
    if not parts:
        return None
    changes = Changes(
        frozenset().union(*(part.changes.documents for part in parts)),
        passages=frozenset().union(*(part.changes.passages for part in parts)),
    )
    return Carried(
        exact=tuple(each for part in parts for each in part.exact),
        moved=tuple(each for part in parts for each in part.moved),
        uncertain=tuple(each for part in parts for each in part.uncertain),
        lost=tuple(each for part in parts for each in part.lost),
        changes=changes,
    )


def to_repair(library: Library) -> list[Passage]:
    """Return the passages that wait for a person to say where they belong."""
    return library.passages_store.doubtful()
