"""What an archive does with passages: tag, change, remove, list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from index import anchoring, tagging
from index.errors import UnreadableFile
from index.model import (
    Changes,
    Document,
    Note,
    Passage,
)

if TYPE_CHECKING:
    pass


from index.methods.documents import DocumentMethods
from index.methods.wording import short


class PassageMethods(DocumentMethods):
    """The methods of a library that are about passages."""

    def tag(
        self,
        document: str,
        start: int,
        end: int,
        entities: Sequence[str] = (),
        note: str = "",
        *,
        origin: str = "tag",
    ) -> Passage:
        """Make a passage of `start:end` of a document; entities are ids."""
        found = self.documents_store.get(document)
        text = self.documents_store.text(document)
        anchor = tagging.anchor_of(
            text, start, end, found, self.pages(document), self.measure(found)
        )
        passage = tagging.new_passage(document, anchor, entities, note, origin=origin)
        with self.history.action(f"Tag “{short(passage.quote)}”"):
            self._require_entities(entities)
            self.passages_store.add(passage)
        return passage

    def tag_quote(
        self, document: str, quote: str, entities: Sequence[str] = (), note: str = ""
    ) -> Passage:
        """Make a passage of the only place of a quote; raises `NotFound` or `Ambiguous`."""
        start, end = tagging.place_of_quote(self.documents_store.text(document), quote)
        return self.tag(document, start, end, entities, note)

    def measure(self, document: Document) -> tagging.Measure | None:
        """Return what measures rectangles in a document, or None where that cannot be done.

        A text has no pages to measure on, and an encrypted document may have
        been opened with a password that is not known now: its passages stand
        by their offsets and words.
        """
        if not document.paged:
            return None
        try:
            return self.view(document.id).rects
        except UnreadableFile:
            return None

    def _require_entities(self, entities: Iterable[str]) -> None:
        for entity in entities:
            self.entities_store.get(entity)

    def set_passage(
        self,
        identity: str,
        *,
        entities: Sequence[str] | None = None,
        note: str | None = None,
        start: int | None = None,
        end: int | None = None,
    ) -> Changes:
        """Change a passage's entities, memo or range; None leaves a thing as it is."""
        passage = self.passages_store.get(identity)
        anchor = None
        if start is not None or end is not None:
            document = self.documents_store.get(passage.document)
            anchor = tagging.anchor_of(
                self.documents_store.text(document.id),
                passage.anchor.start if start is None else start,
                passage.anchor.end if end is None else end,
                document,
                self.pages(document.id),
                self.measure(document),
            )
        with self.history.action(f"Change “{short(passage.quote)}”") as recording:
            self._require_entities(entities or ())
            self.passages_store.update(identity, anchor=anchor, entities=entities, note=note)
        return recording.changes

    def untag(self, identity: str) -> Changes:
        """Remove a passage."""
        passage = self.passages_store.get(identity)
        with self.history.action(f"Remove “{short(passage.quote)}”") as recording:
            self.passages_store.remove(identity)
        return recording.changes

    def passages(self, entity: str | None = None, document: str | None = None) -> list[Passage]:
        """Return the passages, all or those of one entity or document (ids)."""
        return self.passages_store.select(entity, document)

    def passage(self, reference: str) -> Passage:
        """Return the passage that an id, or the beginning of one, stands for."""
        return self.passages_store.get(self.passages_store.resolve(reference))

    def notes_of(self, passage: Passage) -> list[Note]:
        """Return the footnotes that a passage refers to."""
        return anchoring.notes_within(self.notes(passage.document), passage.anchor)
