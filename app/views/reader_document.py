"""One document in the reader: reads it from the library and keeps its marks up to date."""

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.operations import passwords
from app.session import Session, Target
from app.theme import SPACE
from app.widgets.reader.page_view import PageView
from app.widgets.reader.passage_marks import mention_marks, passage_marks
from app.widgets.reader.source import PictureSource
from app.widgets.reader.stack import PictureStack, SheetStack
from app.widgets.reader.text_stack import TextStack
from index.errors import BadQuery
from index.model import (
    Changes,
    Document,
    Mention,
    Page,
    Passage,
    Results,
    SearchRequest,
    Section,
    Span,
)

if TYPE_CHECKING:
    from app.widgets.reader.sheet import Sheet
    from index.library import Library

TEXT_LARGER = 2  # pixels by which a report is set larger than the window
MOST_MENTIONS = 5000
LONGEST_MARKED = 4_000_000  # characters; finding names holds the interpreter meanwhile
CHUNK = 200  # pages of matches asked for at a time


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything needed to show a document."""

    document: Document
    pages: list[Page]
    text: str
    outline: list[Section]
    texts: list[str]  # of each page of a PDF
    breaks: list[int]  # lines that end in each section of a text


def load(library: "Library", identity: str) -> Loaded:
    """Read a document from the library; called on a worker."""
    document, pages = library.document(identity), library.pages(identity)
    text = library.text(identity)
    return Loaded(
        document,
        pages,
        text,
        library.outline(identity),
        [text[page.start : page.end] for page in pages] if document.paged else [],
        [] if document.paged else [text.count("\n", page.start, page.end) for page in pages],
    )


class ReaderDocument(QWidget):
    """The page view of one document, empty until the document is read."""

    loaded = Signal()
    failed = Signal()
    matches_changed = Signal()
    page_changed = Signal(int)
    zoom_changed = Signal(float)
    selection_changed = Signal(object)  # Span or None
    scrolled = Signal()
    menu_wanted = Signal(QPoint)  # of the page view

    def __init__(self, session: Session, identity: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.identity = identity
        self.content: Loaded | None = None
        self.view: PageView | None = None
        self.passages: list[Passage] = []
        self.mentions: list[Mention] = []
        self.matches: tuple[Span, ...] = ()
        self.match = -1
        self._query = ""
        self._found: list[Span] = []
        self._target: Target | None = None
        self._source: PictureSource | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._message = QLabel(wordWrap=True)
        self._message.setProperty("dim", True)
        self._message.setMargin(SPACE * 3)
        self._column.addWidget(self._message)
        session.changed.connect(self._follow)
        session.catalog.loaded.connect(self._mark)
        session.passage_changed.connect(self._outline)
        session.look_changed.connect(self._restyle)
        session.jobs.run(
            lambda progress: load(session.library, identity),
            done=self._show,
            failed=self._explain,
            owner=self,
        )

    def go(self, target: Target) -> None:
        """Show a place of the document, now or as soon as it is read."""
        self._target = target
        if self.view is None:
            return
        if target.query and target.query != self._query:
            self._find(target.query)
        if target.matches and not self.matches:
            self._set_matches(target.matches)
        if target.passage:
            self.session.set_passage(target.passage)
        span = target.span or (target.matches[0] if target.matches else None)
        if span is None and target.passage:
            span = self._span_of(target.passage)
        if span is not None:
            self._choose_match(span)
            self.view.show_offset(span.start)
            self.view.selection.move(span.start, extend=False)
        elif target.page is not None:
            self.view.show_page(target.page - 1)

    def _span_of(self, passage: str) -> Span | None:
        """Return where a passage stands, once the passages are read."""
        for found in self.passages:
            if found.id == passage:
                return Span(found.anchor.start, found.anchor.end)
        return None

    def step_match(self, step: int) -> None:
        """Go to the next match, or with -1 to the one before; around at the end."""
        if not self.matches or self.view is None:
            return
        self.match = (self.match + step) % len(self.matches)
        self.view.set_matches(self.matches, self.match)
        start = self.matches[self.match].start
        self.view.selection.move(start, extend=False)
        self.view.show_offset(start, only_if_hidden=True)
        self.matches_changed.emit()

    def step_passage(self, step: int) -> None:
        """Make the next passage the current one, or with -1 the one before."""
        if not self.passages or self.view is None:
            return
        order = sorted(self.passages, key=lambda p: (p.anchor.start, p.anchor.end))
        ids = [passage.id for passage in order]
        if self.session.passage in ids:
            number = (ids.index(self.session.passage) + step) % len(ids)
        else:
            here = self.view.stack.sheets[self.view.page].start
            after = [n for n, p in enumerate(order) if p.anchor.start >= here]
            number = (after[0] if after else 0) if step > 0 else (after[0] if after else 0) - 1
        self.session.set_passage(ids[number])
        self.view.show_offset(order[number].anchor.start, only_if_hidden=True)

    def selected(self) -> Span | None:
        """Return the selected range."""
        return self.view.selected() if self.view is not None else None

    def quote(self, span: Span) -> str:
        """Return the words of a range."""
        return self.content.text[span.start : span.end] if self.content is not None else ""

    # Loading

    def _show(self, content: Loaded) -> None:
        self.content = content
        stack: SheetStack[Sheet] = (
            self._pictures(content) if content.document.paged else self._text(content)
        )
        self.view = PageView(stack, content.text, self.session.theme)
        if self._source is not None:
            self._source.drawn.connect(self.view.take_picture)
            self._source.measured.connect(self.view.take_boxes)
            self._source.failed.connect(self.view.take_failure)
        self.view.page_changed.connect(self.page_changed)
        self.view.zoom_changed.connect(self.zoom_changed)
        self.view.selection_changed.connect(self.selection_changed)
        self.view.scrolled.connect(self.scrolled)
        self.view.passage_clicked.connect(self.session.set_passage)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self.menu_wanted.emit)
        self._message.hide()
        self._column.addWidget(self.view)
        self.setFocusProxy(self.view)
        self._outline(self.session.passage)
        self._read_marks()
        self.loaded.emit()
        if self._target is not None:
            self.go(self._target)

    def _pictures(self, content: Loaded) -> PictureStack:
        self._source = PictureSource(
            self.session.jobs,
            lambda: passwords.view_of(self.session, self.identity),
            lambda index: content.texts[index],
            self,
        )
        return PictureStack(content.pages, content.texts, self._source)

    def _text(self, content: Loaded) -> TextStack:
        colors = self.session.theme.colors
        return TextStack(content.pages, content.text, content.breaks, self._font(), colors)

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self.session.theme.text_size + TEXT_LARGER)
        return font

    def _explain(self, error: Exception) -> None:
        self._message.setText(str(error))
        self.failed.emit()

    def _restyle(self) -> None:
        if self.view is not None:
            if isinstance(self.view.stack, TextStack):
                self.view.stack.restyle(self._font(), self.session.theme.colors)
            self.view.restyle()

    # Marks

    def _follow(self, changes: Changes) -> None:
        if self.view is None:
            return
        ours = {passage.id for passage in self.passages}
        if (
            changes.everything
            or self.identity in changes.documents
            or changes.entities
            or ours & changes.passages
            or changes.passages - ours
        ):
            self._read_marks()

    def _read_marks(self) -> None:
        library, identity = self.session.library, self.identity
        self.session.jobs.run(
            lambda progress: library.passages(document=identity),
            done=self._take_passages,
            key=f"passages {id(self)}",
            owner=self,
        )
        if self.content is not None and len(self.content.text) > LONGEST_MARKED:
            self.session.notice.emit(
                "This text is too long to mark the names in it; Entities lists them."
            )
            return
        self.session.jobs.run(
            lambda progress: list(islice(library.mentions(document=identity), MOST_MENTIONS)),
            done=self._take_mentions,
            key=f"mentions {id(self)}",
            owner=self,
            lane="slow",
        )

    def _take_passages(self, passages: list[Passage]) -> None:
        first = not self.passages
        self.passages = passages
        self._mark()
        target = self._target
        if first and target is not None and target.passage and target.span is None:
            self.go(target)

    def _take_mentions(self, mentions: list[Mention]) -> None:
        self.mentions = mentions
        self._mark()

    def _mark(self) -> None:
        if self.view is not None:
            entities = self.session.catalog.entities
            self.view.set_passages(passage_marks(self.passages, entities))
            self.view.set_mentions(mention_marks(self.mentions, entities))

    def _outline(self, passage: str) -> None:
        if self.view is not None:
            self.view.set_current_passage(passage)

    # Matches

    def _find(self, query: str) -> None:
        """Find every match in the document, a few pages at a time."""
        self._query = query
        self._found = []
        self._find_more(query, 0)

    def _find_more(self, query: str, offset: int) -> None:
        library = self.session.library
        request = SearchRequest(query, limit=CHUNK, offset=offset, document=self.identity)
        self.session.jobs.run(
            lambda progress: library.search(request),
            done=lambda results: self._take_found(query, offset, results),
            failed=self._no_matches,
            key=f"matches {id(self)}",
            owner=self,
            lane="slow" if offset else "read",
        )

    def _take_found(self, query: str, offset: int, results: Results) -> None:
        self._found += [match for hit in results.hits for match in hit.matches]
        self._set_matches(tuple(sorted(self._found, key=lambda match: match.start)))
        if results.hits and offset + len(results.hits) < results.pages:
            self._find_more(query, offset + len(results.hits))

    def _no_matches(self, error: Exception) -> None:
        if isinstance(error, BadQuery):
            self._set_matches(())

    def _set_matches(self, matches: tuple[Span, ...]) -> None:
        current = self.matches[self.match] if 0 <= self.match < len(self.matches) else None
        self.matches = matches
        self.match = matches.index(current) if current in matches else (0 if matches else -1)
        target = self._target
        if target is not None and target.matches and current is None:
            self._choose_match(target.span or target.matches[0])
        elif self.view is not None:
            self.view.set_matches(matches, self.match)
            self.matches_changed.emit()

    def _choose_match(self, span: Span) -> None:
        for number, match in enumerate(self.matches):
            if match.start <= span.start < max(match.end, match.start + 1) or match == span:
                self.match = number
                break
        if self.view is not None:
            self.view.set_matches(self.matches, self.match)
            self.matches_changed.emit()
