"""Every proposal that waits, by entity: counted once, then kept up with what is decided."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from app.models.mentions_model import Proposal, around
from index.model import Document, Entity, Mention

if TYPE_CHECKING:
    from index.library import Library
    from index.progress import Progress


class Waiting:
    """The mentions nobody has decided about."""

    def __init__(self, mentions: Iterable[Mention] = ()) -> None:
        self._by_entity: dict[str, list[Mention]] = {}
        for mention in mentions:
            self._by_entity.setdefault(mention.entity, []).append(mention)

    def counts(self) -> Mapping[str, int]:
        """Return how many wait for each entity."""
        return {entity: len(found) for entity, found in self._by_entity.items()}

    def of(self, entity: str) -> list[Mention]:
        """Return what waits for one entity."""
        return list(self._by_entity.get(entity, ()))

    def by_document(self) -> Mapping[str, int]:
        """Return how many wait in each document."""
        return Counter(m.document for found in self._by_entity.values() for m in found)

    def in_document(self, document: str) -> list[Mention]:
        """Return what waits in one document."""
        every = chain.from_iterable(self._by_entity.values())
        return [mention for mention in every if mention.document == document]

    def drop(self, mentions: Iterable[Mention]) -> None:
        """Forget what was decided."""
        for mention in mentions:
            found = self._by_entity.get(mention.entity, [])
            if mention in found:
                found.remove(mention)

    def renewed(self, scope: "Scope", mentions: Iterable[Mention]) -> "Waiting":
        """Return what waits after everything within a scope was looked for again."""
        kept = [
            mention
            for found in self._by_entity.values()
            for mention in found
            if not scope.holds(mention)
        ]
        return Waiting([*kept, *(mention for mention in mentions if scope.holds(mention))])


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: some documents, else some entities, else everything."""

    documents: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()

    def holds(self, mention: Mention) -> bool:
        """Say whether a mention is one that is looked for."""
        if self.documents:
            return mention.document in self.documents
        return not self.entities or mention.entity in self.entities

    @property
    def whole(self) -> bool:
        """Whether everything is looked through."""
        return not self.documents and not self.entities


def collect(library: "Library", scope: Scope, progress: "Progress") -> list[Mention]:
    """Find what waits; called on a worker, can be stopped."""
    if scope.documents:
        sources = [library.mentions(document=document) for document in sorted(scope.documents)]
    else:
        sources = [library.mentions(entities=sorted(scope.entities) or None)]
    found: list[Mention] = []
    for mention in chain.from_iterable(sources):
        found.append(mention)
        if len(found) % 50 == 0:
            progress.report(0, 0, f"{len(found):,} names")
    return found


def in_context(
    library: "Library",
    mentions: Sequence[Mention],
    documents: Mapping[str, Document],
    entities: Mapping[str, Entity],
    *,
    named: bool = False,
) -> list[Proposal]:
    """Return mentions with what stands around them; called on a worker.

    The surest come first; with `named`, each says whom it means, in the order of the text.
    """
    proposals = []
    for document in dict.fromkeys(mention.document for mention in mentions):
        text, pages = library.text(document), library.pages(document)
        known = documents.get(document)
        for mention in (m for m in mentions if m.document == document):
            page = next((p for p in pages if p.start <= mention.start < p.end), pages[0])
            paged = known is None or known.paged
            label = page.label or str(page.number)
            before, words, after = around(text, mention.start, mention.end)
            proposals.append(
                Proposal(
                    mention,
                    before,
                    words,
                    after,
                    known.title if known is not None else "",
                    label if label.startswith("¶") or not paged else f"p. {label}",
                    page.number,
                    tuple(entities[o].name for o in mention.others if o in entities),
                    entities[mention.entity].name if named and mention.entity in entities else "",
                )
            )
    if named:
        return sorted(proposals, key=lambda p: (p.title, p.mention.document, p.mention.start))
    often = Counter(proposal.words for proposal in proposals)
    return sorted(
        proposals,
        key=lambda p: (-p.mention.score, -often[p.words], p.words, p.title, p.mention.start),
    )
