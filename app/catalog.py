"""Documents and entities by id, kept for names and colours wherever they are shown."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.jobs import Jobs
from index.model import Changes, Document, Entity

if TYPE_CHECKING:
    from index.library import Library


class Catalog(QObject):
    """Holds what was read last; `loaded` says that it is newer than before."""

    loaded = Signal()

    def __init__(self, library: "Library", jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self.documents: Mapping[str, Document] = {}
        self.entities: Mapping[str, Entity] = {}

    def load(self) -> None:
        """Read both lists."""
        self.follow(Changes(everything=True))

    def follow(self, changes: Changes) -> None:
        """Read again the lists that a write has touched."""
        library = self._library
        documents = bool(changes.everything or changes.documents)
        entities = bool(changes.everything or changes.entities)
        if documents:
            self._jobs.run(
                lambda progress: library.documents(),
                done=self._take_documents,
                key="catalog of documents",
                owner=self,
            )
        if entities:
            self._jobs.run(
                lambda progress: library.entities(),
                done=self._take_entities,
                key="catalog of entities",
                owner=self,
            )

    def entity_name(self, identity: str) -> str:
        """Return the name of an entity, or nothing when it is not known (yet)."""
        entity = self.entities.get(identity)
        return entity.name if entity is not None else ""

    def _take_documents(self, documents: list[Document]) -> None:
        self.documents = {document.id: document for document in documents}
        self.loaded.emit()

    def _take_entities(self, entities: list[Entity]) -> None:
        self.entities = {entity.id: entity for entity in entities}
        self.loaded.emit()
