"""The dossier of an entity: its passages by date with their citations, and who stands with it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.models.seeing import (
    Companion,
    CompanionsModel,
    DossierModel,
    Entry,
    companions,
)
from app.session import Session
from app.widgets.empty_state import EmptyState
from app.widgets.face_list import FaceList
from app.widgets.list_page import ListPage
from app.widgets.together_graph import TogetherGraph
from index.entities.corroborating import Corroboration
from index.entities.seeing import Spelling
from index.model import Entity, Passage, PastChange

if TYPE_CHECKING:
    from index.library import Library


@dataclass(frozen=True, slots=True)
class Seen:
    """What the archive knows about an entity from its passages."""

    entries: tuple[Entry, ...]
    passages: tuple[Passage, ...]  # every passage of the archive
    spellings: tuple[Spelling, ...] = ()
    history: tuple[PastChange, ...] = ()
    corroboration: Corroboration | None = None  # comes later than the rest


def read(library: "Library", entity: str, style: str) -> Seen:
    """Read the passages of an entity and cite them; called on a worker."""
    from index.citing import Citer, of_passage

    every = library.passages()
    documents = {document.id: document for document in library.documents()}
    citer = Citer(style)
    entries = []
    for passage in every:
        document = documents.get(passage.document)
        if entity in passage.entities and document is not None:
            cited = citer.cite(document, of_passage(passage, document)).citation
            entries.append(Entry(passage, document, cited))
    return Seen(
        tuple(entries),
        tuple(every),
        tuple(library.spellings(entity)),
        tuple(library.entity_history(entity)),
    )


class DossierPage(ListPage):
    """Every passage of one entity under the years of their documents."""

    opened = Signal(object)  # Passage

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        model = DossierModel()
        super().__init__(session.theme, model, "Dossier", parent)
        self.model = model
        self.list.opened.connect(lambda entry: self.opened.emit(entry.passage))
        self.list.take_keys({Qt.Key.Key_Space: self._open_current})
        session.look_changed.connect(self.list.relayout)

    def show_seen(self, entity: Entity, seen: Seen) -> None:
        """Show a dossier."""
        self.model.show(seen.entries)
        self.show_rows(
            any_rows=bool(seen.entries),
            otherwise=f"Nothing is tagged with {entity.name} yet. Accept proposals under Review, or"
            " select words in a document and press T.",
        )

    def _open_current(self) -> None:
        entry = self.list.current()
        if isinstance(entry, Entry):
            self.opened.emit(entry.passage)


class TogetherPage(QWidget):
    """Who is tagged together with an entity, as a list and drawn."""

    opened = Signal(object)  # Companion

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = CompanionsModel()
        self.list = FaceList(session.theme, "Tagged together with")
        self.list.setModel(self.model)
        self.graph = TogetherGraph(session.theme)
        self.empty = EmptyState()
        self.both = QSplitter(Qt.Orientation.Vertical, handleWidth=1, childrenCollapsible=False)
        self.both.addWidget(self.graph)
        self.both.addWidget(self.list)
        self.both.setStretchFactor(0, 3)
        self.both.setStretchFactor(1, 2)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.both)
        self.pages.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.list.opened.connect(self.opened)
        self.list.went.connect(lambda row: self.graph.show_current(row.entity.id))
        self.graph.chosen.connect(self._choose)
        session.look_changed.connect(self.graph.update)
        session.look_changed.connect(self.list.relayout)

    def show_seen(self, session: Session, entity: Entity, seen: Seen) -> list[Companion]:
        """Show who stands with an entity; return them, the closest first."""
        found = companions(entity.id, seen.passages, session.catalog.entities)
        self.model.show(found)
        self.graph.show_companions(entity, found)
        self.pages.setCurrentWidget(self.both if found else self.empty)
        self.empty.say(f"No other entity is tagged in the documents of {entity.name} yet.")
        return found

    def _choose(self, identity: str) -> None:
        number = self.model.place(identity)
        if number is not None:
            self.list.go(number)
            companion = self.model.rows()[number]
            if companion.passages:
                self.opened.emit(companion)
