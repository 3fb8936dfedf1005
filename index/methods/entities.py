"""What an archive does with its entity list: keep, merge, import, find mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from index.methods.passages import PassageMethods
from index.methods.wording import short
from index.model import (
    Alias,
    Changes,
    Entity,
    EntityImport,
    Mention,
    PastChange,
)
from index.progress import NullProgress, Progress

if TYPE_CHECKING:
    from index.entities.corroborating import Corroboration
    from index.entities.proposals import NewName
    from index.entities.seeing import Spelling
    from index.library import Library


class EntityMethods(PassageMethods):
    """The methods of a library that are about entities."""

    def entities(self, kind: str | None = None) -> list[Entity]:
        """Return the entity list by name, or the entities of one kind."""
        return self.entities_store.list(kind)

    def entity(self, reference: str) -> Entity:
        """Return the entity that an id, the beginning of one, or a name stands for."""
        return self.entities_store.find(reference)

    def add_entity(
        self, kind: str, name: str, aliases: Iterable[Alias | str] = (), **fields: Any
    ) -> Entity:
        """Put an entity on the list; `fields` as in `EntityStore.add`."""
        with self.history.action(f"Add “{short(name)}”"):
            return self.entities_store.add(kind, name, aliases, **fields)

    def update_entity(self, identity: str, **fields: Any) -> Changes:
        """Change an entity; `fields` as in `EntityStore.update`."""
        name = self.entities_store.get(identity).name
        with self.history.action(f"Change “{short(name)}”") as recording:
            self.entities_store.update(identity, **fields)
        return recording.changes

    def merge_entities(self, keep: str, others: Sequence[str]) -> Changes:
        """Make one entity of several (ids); names and passages move to the one kept."""
        name = self.entities_store.get(keep).name
        with self.history.action(f"Merge into “{short(name)}”") as recording:
            self.entities_store.merge(keep, others)
        return recording.changes

    def split_entity(
        self, identity: str, names: Sequence[str], passages: Sequence[str] = ()
    ) -> Changes:
        """Make a new entity of some aliases of another, with the passages that are meant."""
        name = self.entities_store.get(identity).name
        with self.history.action(f"Split “{short(name)}”") as recording:
            self.entities_store.split(identity, names, passages)
        return recording.changes

    def remove_entity(self, identity: str) -> Changes:
        """Take an entity off the list; its passages stay, without it."""
        name = self.entities_store.get(identity).name
        with self.history.action(f"Remove “{short(name)}”") as recording:
            self.entities_store.remove(identity)
        return recording.changes

    def entity_history(self, identity: str) -> list[PastChange]:
        """Return what was done to an entity and its passages, the oldest first."""
        return self.history.of_entity(identity)

    def import_entities(
        self,
        path: Path,
        mapping: Mapping[str, str] | None = None,
        progress: Progress | None = None,
    ) -> EntityImport:
        """Take a list in; entities known already are brought up to date, bad lines named."""
        from index.entities.lists import read_list

        reading = read_list(path, mapping)
        with self.history.action(f"Import {path.name}") as recording:
            outcome = self.entities_store.upsert_many(reading.entries, progress or NullProgress())
        touched = {*outcome.added, *outcome.updated, *outcome.unchanged}
        return EntityImport(
            entities=tuple(entity for entity in self.entities() if entity.id in touched),
            added=len(outcome.added),
            updated=len(outcome.updated),
            problems=(*reading.problems, *outcome.problems),
            changes=recording.changes,
        )

    def export_entities(self, path: Path, layout: str | None = None) -> int:
        """Write the list to a file, by default as its name says; return how many there are."""
        from index.entities.lists import write_list

        entities = self.entities()
        write_list(path, entities, layout)
        return len(entities)

    def mentions(
        self,
        entities: Sequence[str] | None = None,
        document: str | None = None,
        min_score: float = 0.0,
    ) -> Iterator[Mention]:
        """Yield where entities (ids; None: all) occur in documents and nobody decided yet."""
        self.mention_cache.follow()
        yield from self.review.waiting(entities, document, min_score)

    def accept_mentions(self, mentions: Sequence[Mention]) -> Changes:
        """Make passages at sentence length of mentions, as one action."""
        from index.entities import deciding

        with self.history.action(_deciding("Accept", mentions)) as recording:
            deciding.accept(cast("Library", self), mentions)
        return recording.changes

    def reject_mentions(self, mentions: Sequence[Mention], *, else_: bool = False) -> Changes:
        """Remember that mentions are none, or with `else_` that they are somebody else."""
        from index.entities import deciding

        verdict = deciding.SOMEBODY_ELSE if else_ else deciding.REJECTED
        label = _deciding("Leave to somebody else" if else_ else "Reject", mentions)
        with self.history.action(label) as recording:
            deciding.remember(cast("Library", self), mentions, verdict)
        return recording.changes

    def alias_mention(self, mention: Mention) -> Changes:
        """Make the words of a mention an alias of its entity, and accept it."""
        from index.entities import deciding

        with self.history.action(f"Add the alias “{short(mention.text)}”") as recording:
            deciding.add_alias(cast("Library", self), mention)
            deciding.accept(cast("Library", self), [mention])
        return recording.changes

    def spellings(self, identity: str) -> list[Spelling]:
        """Return how an entity is written in the documents, the most frequent first."""
        from index.entities import seeing

        self.mention_cache.follow()
        return seeing.spellings(
            self.entity(identity).names, self.mention_cache.mentions([identity])
        )

    def corroboration(self, identity: str, progress: Progress | None = None) -> Corroboration:
        """Return which documents stand behind an entity or a theme and those under it.

        Those that repeat or only cite another of them are named.
        """
        from index.entities import corroborating, seeing

        below = seeing.below(self.database, identity)
        return corroborating.corroboration(self.database, below, progress)

    def new_names(self, progress: Progress | None = None) -> list[NewName]:
        """Return repeated names that are in nobody's list, those of most documents first."""
        from index.entities.proposals import new_names

        progress = progress or NullProgress()
        self.mention_cache.follow(progress)
        taken: dict[str, list[tuple[int, int]]] = {}
        for mention in self.mention_cache.mentions():
            taken.setdefault(mention.document, []).append((mention.start, mention.end))
        documents = self.documents()

        def texts() -> Iterator[tuple[str, str]]:
            for number, document in enumerate(documents):
                progress.report(number, len(documents))
                yield document.id, self.text(document.id)

        return new_names(texts(), taken.items())


def _deciding(verb: str, mentions: Sequence[Mention]) -> str:
    if len(mentions) == 1:
        return f"{verb} “{short(mentions[0].text)}”"
    return f"{verb} {len(mentions)} proposals"
