"""Joins reader, tag box and library: what is offered, where the box stands, what follows."""

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget

from app.models.entity_choices import Choice, EntityChoices, recent_choices
from app.operations import tagging
from app.session import Session
from app.views.reader_document import ReaderDocument
from app.views.reader_view import ReaderView, plain
from app.widgets.placing import place_beside
from app.widgets.tag_box import TagBox
from index.model import Passage, Span

LONGEST_NAME = 60  # characters of a selection that may be a name
MARGIN = 8


class TaggingBox(QObject):
    """Opens the tag box for the selection, or for the current passage when nothing is selected."""

    def __init__(self, session: Session, reader: ReaderView, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._reader = reader
        self._window = window
        self.box = TagBox(session.theme, window)
        self._choices = EntityChoices(())
        self._span: Span | None = None
        self._passage: Passage | None = None
        self._document: ReaderDocument | None = None
        self.box.accepted.connect(self._take)
        self.box.created.connect(self._create)
        self.box.noted.connect(self._note)
        self.box.copied.connect(reader.copy)
        self.box.closed.connect(reader.focus_document)
        session.catalog.loaded.connect(self._fold)
        session.document_changed.connect(lambda document: self.box.hide())
        reader.tag_wanted.connect(self._selected)
        reader.selection_cleared.connect(self.box.hide)
        reader.scrolled.connect(self._follow)

    def open(self, *, note: bool = False) -> None:
        """Ask what the selection, or else the current passage, is about."""
        document = self._reader.current
        if document is None or document.view is None:
            return
        self._document = document
        self._span = document.selected()
        self._passage = None
        if self._span is None:
            self._passage = next(
                (p for p in document.passages if p.id == self._session.passage), None
            )
            if self._passage is None:
                self._session.notice.emit("Select some words first, then tag them.")
                return
        self._ask(document, note)

    # Opening

    def _selected(self) -> None:
        if self._session.settings.flag("reader/tag_at_selection", True):
            self.open()

    def _ask(self, document: ReaderDocument, note: bool) -> None:
        span = self._target()
        folder = self._session.library.folder
        recent = self._session.settings.recent_entities(folder)
        named = self._named(document, span)
        quote = plain(document.quote(span))
        taken = set(self._passage.entities) if self._passage is not None else set()
        first = recent_choices(named, recent, self._session.catalog.entities)
        self.box.ask(
            [choice for choice in first if choice.entity.id not in taken],
            lambda typed: self._find(typed, recent, taken),
            suggested=len(named),
            name=quote if len(quote) <= LONGEST_NAME else "",
            note=self._passage is None,
        )
        self._place()
        self.box.show()
        self.box.raise_()
        self.box.focus_field()
        if note:
            self.box.open_note()

    def _named(self, document: ReaderDocument, span: Span) -> list[str]:
        """Return the entities whose names stand in the range, the longest first."""
        inside = [m for m in document.mentions if span.start <= m.start and m.end <= span.end]
        inside.sort(key=lambda m: (-m.score, m.start))
        return list(dict.fromkeys(mention.entity for mention in inside))

    def _find(self, typed: str, recent: tuple[str, ...], taken: set[str]) -> list[Choice]:
        found = self._choices.find(typed, recent)
        return [choice for choice in found if choice.entity.id not in taken]

    def _target(self) -> Span:
        if self._span is not None:
            return self._span
        passage = self._passage
        return Span(passage.anchor.start, passage.anchor.end) if passage is not None else Span(0, 0)

    def _place(self) -> None:
        """Put the box beside the words, never over them; scroll when there is no room."""
        document = self._document
        view = document.view if document is not None else None
        if view is None:
            return
        span = self._target()
        place = self._free_place(span)
        if place is None:
            view.show_offset(max(span.end - 1, span.start))
            place = self._free_place(span)
        if place is None:
            # The words fill the reader: stand outside it, at the window's right edge.
            inside = self._window.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
            place = QPoint(inside.right() - self.box.width(), inside.top() + inside.height() // 3)
        self.box.move(place)

    def _free_place(self, span: Span) -> QPoint | None:
        document = self._document
        if document is None or document.view is None:
            return None
        port = document.view.viewport()
        origin = port.mapTo(self._window, QPoint(0, 0))
        bounds = QRect(origin, port.size()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        seen = [
            rect.translated(origin)
            for rect in document.view.range_rects(span.start, span.end)
            if rect.intersects(port.rect())
        ]
        return place_beside(self.box.size(), seen, bounds)

    def _follow(self) -> None:
        if self.box.isVisible():
            place = self._free_place(self._target())
            if place is not None:
                self.box.move(place)

    def _fold(self) -> None:
        self._session.jobs.run(
            lambda progress: EntityChoices(tuple(self._session.catalog.entities.values())),
            done=self._take_choices,
            key="entity choices",
            lane="slow",
            owner=self,
        )

    def _take_choices(self, choices: EntityChoices) -> None:
        self._choices = choices

    # Answers

    def _take(self, entity: str, note: str) -> None:
        document, span, passage = self._document, self._span, self._passage
        if document is not None and span is not None:
            tagging.tag(
                session=self._session,
                document=document.identity,
                start=span.start,
                end=span.end,
                entities=[entity],
                note=note,
            )
        elif passage is not None:
            entities = [*passage.entities, entity]
            tagging.set_entities(session=self._session, passage=passage.id, entities=entities)
        self._finish()

    def _create(self, kind: str, name: str, note: str) -> None:
        document, span, passage = self._document, self._span, self._passage
        if document is not None and span is not None:
            tagging.tag_with_new(
                session=self._session,
                document=document.identity,
                start=span.start,
                end=span.end,
                kind=kind,
                name=name,
                note=note,
            )
        elif passage is not None:
            tagging.add_new_entity(
                session=self._session,
                passage=passage.id,
                entities=passage.entities,
                kind=kind,
                name=name,
            )
        self._finish()

    def _note(self, note: str) -> None:
        document, span = self._document, self._span
        if document is not None and span is not None:
            tagging.tag(
                session=self._session,
                document=document.identity,
                start=span.start,
                end=span.end,
                entities=[],
                note=note,
            )
        self._finish()

    def _finish(self) -> None:
        if self._document is not None and self._document.view is not None:
            self._document.view.clear_selection()
        self._reader.focus_document()
