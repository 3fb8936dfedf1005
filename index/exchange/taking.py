"""Taking in what another program's file brings: documents, entities, passages by their quotes.

A passage that fits two places or fits badly is taken in as uncertain, and one
that is not found is named.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from index.entities.words import folded_name
from index.exchange.finding import Finder
from index.exchange.incoming import (
    Incoming,
    IncomingDocument,
    IncomingEntity,
    IncomingPassage,
)
from index.exchange.knowing import known
from index.export.bag import safe_name
from index.files import InMemory
from index.model import (
    Alias,
    Anchor,
    Changes,
    Document,
    Entity,
    ImportOptions,
    ImportStatus,
    Passage,
)
from index.progress import Progress
from index.store.entity_rows import insert
from index.store.history import now

if TYPE_CHECKING:
    from index.library import Library

Placed = tuple[IncomingPassage, Document, Anchor]
MARKED = 0.8
"""How much of a passage a mark in the file has to cover to be that passage: letters at the
edges may be measured otherwise where a font of the file is not there."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an import: numbers, and what could not be placed, each a sentence."""

    documents: int = 0
    described: int = 0
    entities: int = 0
    passages: int = 0
    known: int = 0
    problems: tuple[str, ...] = ()
    changes: Changes = field(default_factory=Changes)


def take_in(library: Library, incoming: Incoming, label: str, progress: Progress) -> Taken:
    """Take in everything that finds its place; one undo takes entities and passages back."""
    return _Taking(library, incoming, progress).run(label)


class _Taking:
    """One import under way."""

    def __init__(self, library: Library, incoming: Incoming, progress: Progress) -> None:
        self._library = library
        self._incoming = incoming
        self._progress = progress
        self._problems = list(incoming.problems)
        self._finder = Finder(library)
        self._described = 0

    def run(self, label: str) -> Taken:
        """Import documents first, then everything else as one action."""
        fresh: set[str] = set()
        documents = self._documents(fresh)
        with self._library.history.action(label) as recording:
            self._describe(documents, fresh)
            placed = list(self._placed(documents))
            entities, added = self._entities({key for one, *_ in placed for key in one.entities})
            passages, there_already = self._passages(placed, entities, fresh)
        return Taken(
            documents=len(fresh),
            described=self._described,
            entities=added,
            passages=passages,
            known=there_already,
            problems=tuple(self._problems),
            changes=replace(
                recording.changes, documents=recording.changes.documents | frozenset(fresh)
            ),
        )

    def _documents(self, fresh: set[str]) -> dict[str, Document]:
        """Return the archive's documents by the keys of the incoming ones."""
        incoming = self._incoming.documents
        found = known(self._library.documents(), incoming)
        for number, one in enumerate(incoming):
            self._progress.report(number, len(incoming), "Taking in documents")
            if one.key in found:
                continue
            document = self._import(one, fresh) if one.data else None
            if document is not None:
                found[one.key] = document
            elif not one.data and one.csl and not self._incoming.passages:
                self._problems.append(f"No document fits “{one.title[:80]}”.")
        return found

    def _import(self, one: IncomingDocument, fresh: set[str]) -> Document | None:
        stem = Path(safe_name(one.name or one.title or "document")).stem
        file = InMemory(f"{stem}{one.suffix}", one.data or b"")
        options = ImportOptions(jobs=1, encoding="utf-8" if one.suffix == ".txt" else None)
        result = self._library.import_files([file], options)[0]
        if result.document is None:
            self._problems.append(f"“{one.name or one.title}” could not be read: {result.reason}")
            return None
        if result.status is ImportStatus.ADDED:
            fresh.add(result.document)
        return self._library.document(result.document)

    def _describe(self, documents: dict[str, Document], fresh: set[str]) -> None:
        """Give documents the citation data that came with them."""
        for one in self._incoming.documents:
            document = documents.get(one.key)
            if document is None or not one.csl:
                continue
            if document.id not in fresh and self._incoming.passages:
                continue  # what the archive knows of its documents is not overwritten in passing
            csl = {**document.csl, **{key: one.csl[key] for key in one.csl if key != "custom"}}
            if {**csl, "id": document.id} != dict(document.csl):
                self._library.documents_store.set_csl(document.id, csl, document.collection)
                self._described += 1

    def _entities(self, used: Set[str]) -> tuple[dict[str, str], int]:
        """Return the archive's entity ids by the incoming keys, and how many are new."""
        by_name: dict[str, list[Entity]] = {}
        known = self._library.entities()
        for entity in known:
            for name in entity.names:
                by_name.setdefault(folded_name(name), []).append(entity)
        ids = {entity.id for entity in known}
        found: dict[str, str] = {}
        added = 0
        for one in self._incoming.entities:
            if one.identity in ids:
                found[one.key] = one.identity
            elif (same := _same(one, by_name.get(folded_name(one.name), []))) is not None:
                found[one.key] = same
            elif one.key in used or one.aliases or not self._incoming.passages:
                new = self._add_entity(one)
                if new is not None:
                    found[one.key] = new.id
                    by_name.setdefault(folded_name(one.name), []).append(new)
                    added += 1
        return found, added

    def _add_entity(self, one: IncomingEntity) -> Entity | None:
        entity = Entity(
            id=one.identity or uuid.uuid4().hex,
            kind=one.kind,
            name=" ".join(one.name.split()),
            aliases=(
                *(Alias(name) for name in one.aliases if name != one.name),
                *(Alias(name, weak=True) for name in one.weak_aliases),
            ),
            description=one.description,
            color=one.color.lower() if _is_color(one.color) else "",
        )
        if not entity.name:
            self._problems.append("An entity without a name was left out.")
            return None
        with self._library.database.write() as connection:
            insert(connection, [entity])
        return entity

    def _placed(self, documents: Mapping[str, Document]) -> Iterator[Placed]:
        """Yield the passages that are found, each with its document and anchor."""
        for number, one in enumerate(self._incoming.passages):
            self._progress.report(number, len(self._incoming.passages), "Placing passages")
            found = self._finder.place(one, documents.get(one.document))
            if found is None:
                short = " ".join(one.quote.split())[:60]
                self._problems.append(f"The passage “{short}” was found in no document.")
            else:
                yield (one, *found)

    def _passages(
        self, placed: Iterable[Placed], entities: dict[str, str], fresh: set[str]
    ) -> tuple[int, int]:
        have: dict[str, list[Passage]] = {}
        for passage in self._library.passages():
            have.setdefault(passage.document, []).append(passage)
        ids = {passage.id for there in have.values() for passage in there}
        added = there_already = 0
        for one, document, anchor in placed:
            passage = self._passage(one, document, anchor, entities)
            beside = have.setdefault(document.id, [])
            marks = [each for each in beside if each.id in ids] if document.id in fresh else []
            there = _alike(anchor, marks, MARKED) or _alike(anchor, beside, 1.0)
            marked = there in marks
            if one.identity in ids or (there is not None and not marked):
                there_already += 1
                if there is not None:
                    self._join(there, passage)
                continue
            if there is not None:
                # The mark that was in the file is this passage, written there by an export.
                self._library.passages_store.remove(there.id)
                beside.remove(there)
            self._library.passages_store.add(passage)
            beside.append(passage)
            added += 1
        return added, there_already

    def _join(self, ours: Passage, theirs: Passage) -> None:
        """Give a passage that is there the entities it lacks, and a memo if it has none."""
        entities = tuple(dict.fromkeys((*ours.entities, *theirs.entities)))
        note = ours.note or theirs.note
        if (entities, note) != (ours.entities, ours.note):
            self._library.passages_store.update(ours.id, entities=entities, note=note)

    def _passage(
        self, one: IncomingPassage, document: Document, anchor: Anchor, entities: dict[str, str]
    ) -> Passage:
        created = moment_of(one.created) or now()
        return Passage(
            id=one.identity or uuid.uuid4().hex,
            document=document.id,
            anchor=anchor,
            entities=tuple(dict.fromkeys(entities[key] for key in one.entities if key in entities)),
            note=one.note,
            created=created,
            modified=moment_of(one.modified) or created,
            creator=one.creator,
            origin=one.origin,
        )


def moment_of(text: str) -> str:
    """Return a moment as the archive writes it, UTC to the second; nothing for what is none."""
    try:
        found = datetime.fromisoformat(text.strip())
        return found.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return ""


def _same(one: IncomingEntity, there: Iterable[Entity]) -> str | None:
    """Return the entity that an incoming one is: of its kind, or of any for a mere tag."""
    there = list({entity.id: entity for entity in there}.values())
    same_kind = [entity for entity in there if entity.kind == one.kind]
    if len(same_kind) == 1:
        return same_kind[0].id
    if one.kind == "Theme" and len(there) == 1:
        return there[0].id
    return None


def _alike(anchor: Anchor, passages: Iterable[Passage], least: float) -> Passage | None:
    """Return the passage that covers the same text, in so great a part at least."""
    best: tuple[float, Passage] | None = None
    for passage in passages:
        start, end = passage.anchor.start, passage.anchor.end
        shared = min(end, anchor.end) - max(start, anchor.start)
        part = shared / (max(end, anchor.end) - min(start, anchor.start))
        if part >= least and (best is None or part > best[0]):
            best = (part, passage)
    return best[1] if best else None


def _is_color(text: str) -> bool:
    return len(text) == 7 and text[0] == "#" and set(text[1:].lower()) <= set("0123456789abcdef")
