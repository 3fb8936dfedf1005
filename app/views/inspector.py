"""The inspector: what is known about the current passage, or else about the document."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.models.known import Known, read
from app.operations import tagging
from app.session import Session
from app.theme import HALF, SPACE, entity_color
from app.views.copy_as import CopyAs
from app.views.document_care import DocumentCare
from app.views.passage_care import PassageCare, found_by
from app.views.reader_view import plain
from app.widgets.chip import Chip
from app.widgets.flow_layout import FlowLayout
from app.widgets.note_field import NoteField
from app.widgets.prose import Prose, upright
from index.model import AnchorStatus, Changes, Document, Passage
from index.progress import Cancelled

FITS = {
    AnchorStatus.MOVED: "These words were found again at another place. Check that it is right.",
    AnchorStatus.UNCERTAIN: "These words fit more than one place. Check that this is the one.",
    AnchorStatus.LOST: "These words are no longer in the document.",
}
LONGEST_QUOTE = 700  # characters shown


class Inspector(QScrollArea):
    """Shows and changes one passage; a document's facts when no passage is current."""

    tag_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.known: Known | None = None
        self.note: NoteField | None = None
        self.setWidgetResizable(True)
        self.setProperty("framed", True)  # to see the keyboard on it
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(200)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Inspector")
        session.passage_changed.connect(lambda passage: self.refresh())
        session.document_changed.connect(lambda document: self.refresh())
        session.changed.connect(self._follow)
        session.catalog.loaded.connect(self._redraw)
        session.look_changed.connect(self._redraw)
        session.style_changed.connect(self.refresh)
        self._empty()

    def refresh(self) -> None:
        """Read again what is current, keeping a note that is being written."""
        self._keep_note()
        document, passage = self.session.document, self.session.passage
        if not document and not passage:
            self.session.jobs.drop("inspector")
            self._empty()
            return
        library = self.session.library
        style = self.session.settings.style

        def work(progress: object) -> Known:
            owner = library.passage(passage).document if passage else document
            return read(library, owner, passage, style)

        self.session.jobs.run(work, done=self._show, failed=self._gone, key="inspector", owner=self)

    def copy_citation(self) -> None:
        """Copy the citation as text and, for programs that take it, as formatted text."""
        if self.known is not None:
            from PySide6.QtCore import QMimeData

            data = QMimeData()
            data.setText(self.known.citation.citation)
            data.setHtml(self.known.citation.html)
            QGuiApplication.clipboard().setMimeData(data)
            self.session.notice.emit("The citation is copied.")

    def edit_note(self) -> None:
        """Put the cursor into the note of the current passage."""
        if self.note is not None:
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def remove_passage(self) -> None:
        """Remove the current passage."""
        if self.session.passage:
            tagging.remove(session=self.session, passage=self.session.passage)

    # Following

    def _follow(self, changes: Changes) -> None:
        if self.note is not None and self.note.hasFocus() and not changes.everything:
            return  # what is being written is newer than what was read
        self.refresh()

    def _show(self, known: Known) -> None:
        self.known = known
        self._redraw()

    def _gone(self, error: Exception) -> None:
        self.known = None
        self._empty("" if isinstance(error, Cancelled) else str(error))

    def _redraw(self) -> None:
        if self.known is None or (self.note is not None and self.note.hasFocus()):
            return
        self._begin()
        if self.known.passage is not None:
            self._passage(self.known, self.known.passage)
        else:
            self._document(self.known)
        self._end()

    # Building

    def _begin(self) -> None:
        focused = QApplication.focusWidget()
        self._had_keyboard = focused is not None and self.isAncestorOf(focused)
        self._body = QWidget()
        self._body.setProperty("pane", True)
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(SPACE * 3 // 2, SPACE * 3 // 2, SPACE * 3 // 2, SPACE * 2)
        self._column.setSpacing(HALF)
        self.note = None

    def _end(self) -> None:
        self._column.addStretch(1)
        self.setWidget(self._body)
        if self._had_keyboard:  # what had it is gone
            self.setFocus()

    def _empty(self, reason: str = "") -> None:
        self._begin()
        self._text(reason or "Open a document to see what is known about it.", dim=True)
        self._end()

    def _passage(self, known: Known, passage: Passage) -> None:
        document = known.document
        label = passage.anchor.label
        where = label if label.startswith("¶") else f"page {label}"
        self._heading(f"PASSAGE · {where}", first=True)
        self._text(f"“{_shortened(plain(passage.quote))}”")
        if passage.anchor.status in FITS:
            self._text(FITS[passage.anchor.status]).setProperty("warning", True)
            self._column.addWidget(PassageCare(self.session, passage))
        if passage.origin == "annotation":
            self._text(found_by(passage), dim=True)
        self._heading("ENTITIES")
        self._entities(passage)
        self._heading("NOTE")
        self.note = NoteField(passage.note)
        self.note.settled.connect(
            lambda text: tagging.set_note(session=self.session, passage=passage.id, note=text)
        )
        self.note.left.connect(self.session.reader_wanted)
        self._column.addWidget(self.note)
        if known.notes:
            self._heading("FOOTNOTES IT RELIES ON")
            for note in known.notes:
                words = f"<b>{escape(note.marker)}</b>&nbsp; {escape(plain(note.text))}"
                self._text(words, dim=True, rich=True)
        self._citation(known)
        if passage.entities and known.passages_about > 1:
            name = self.session.catalog.entity_name(passage.entities[0])
            self._heading(f"ALSO ABOUT {name.upper()}")
            documents = (
                "1 document" if known.documents_about == 1 else f"{known.documents_about} documents"
            )
            self._text(f"{known.passages_about} passages in {documents}", dim=True)
        self._heading("IN")
        self._text(document.title, dim=True)
        if passage.creator and passage.origin != "annotation":
            self._text(f"Tagged by {passage.creator}, {passage.created[:10]}", dim=True)
        self._actions()

    def _document(self, known: Known) -> None:
        document = known.document
        self._heading("DOCUMENT", first=True)
        self._text(document.title).setProperty("strong", True)
        facts = (
            "; ".join(document.authors),
            ", ".join(fact for fact in (document.publisher, document.issued) if fact),
            _pages(document),
            f"In the collection “{document.collection}”" if document.collection else "",
            f"File {document.file_name}, taken in on {document.imported[:10]}",
        )
        for fact in facts:
            if fact:
                self._text(fact, dim=True)
        count = len(document.unsearchable_pages)
        if count:
            text = "1 page cannot" if count == 1 else f"{count} pages cannot"
            self._text(f"{text} be searched: {_numbers(document)}").setProperty("warning", True)
        self._column.addWidget(DocumentCare(self.session, document))
        self._citation(known)
        passages = document.passage_count
        if passages:
            self._heading("PASSAGES")
            self._text("1 passage" if passages == 1 else f"{passages} passages", dim=True)

    def _entities(self, passage: Passage) -> None:
        chips = QWidget()
        flow = FlowLayout(chips)
        catalog = self.session.catalog
        for identity in passage.entities:
            entity = catalog.entities.get(identity)
            if entity is None:
                continue
            chip = Chip(entity.name, self.session.theme, dot=entity_color(entity), closable=True)
            chip.setToolTip(f"{entity.name}, {entity.kind.lower()}; the cross takes it away")
            rest = [other for other in passage.entities if other != identity]
            chip.closed.connect(
                lambda rest=rest: tagging.set_entities(
                    session=self.session, passage=passage.id, entities=rest
                )
            )
            flow.addWidget(chip)
        add = Chip("+", self.session.theme)
        add.setAccessibleName("Add an entity")
        add.setToolTip("Add an entity (T)")
        add.clicked.connect(self.tag_wanted)
        flow.addWidget(add)
        self._column.addWidget(chips)

    def _citation(self, known: Known) -> None:
        self._heading("CITED AS")
        self._text(upright(known.citation.html), dim=True, rich=True)
        row = QWidget()
        buttons = FlowLayout(row, SPACE)
        copy = QPushButton("Copy citation")
        copy.clicked.connect(self.copy_citation)
        buttons.addWidget(copy)
        buttons.addWidget(CopyAs(self.session, known))
        key, words = (
            ("document.describe", "Correct details…")
            if known.passage is None
            else ("bundle.add", "Add to bundle")
        )
        command = self.session.commands.get(key)
        if command is not None:
            also = QPushButton(words)
            also.clicked.connect(command.trigger)
            buttons.addWidget(also)
        self._column.addSpacing(HALF)
        self._column.addWidget(row)

    def _actions(self) -> None:
        remove = QPushButton("Remove passage")
        remove.setProperty("link", True)
        remove.setCursor(Qt.CursorShape.PointingHandCursor)
        remove.clicked.connect(self.remove_passage)
        self._column.addSpacing(SPACE)
        self._column.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)

    def _heading(self, text: str, *, first: bool = False) -> None:
        if not first:
            self._column.addSpacing(SPACE + HALF)
        label = QLabel(text)
        label.setProperty("heading", True)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self._column.addWidget(label)

    def _text(self, text: str, *, dim: bool = False, rich: bool = False) -> Prose:
        prose = Prose(text) if rich else Prose.plain(text)
        if dim:
            prose.setProperty("dim", True)
        self._column.addWidget(prose)
        return prose

    def _keep_note(self) -> None:
        if self.note is not None:
            self.note.settle()


def _shortened(quote: str) -> str:
    if len(quote) <= LONGEST_QUOTE:
        return quote
    half = LONGEST_QUOTE // 2
    return f"{quote[:half].rstrip()} … {quote[-half:].lstrip()}"


def _pages(document: Document) -> str:
    words = "page" if document.paged else "section"
    count = document.page_count
    return f"{count:,} {words}{'' if count == 1 else 's'}, {document.characters:,} characters"


def _numbers(document: Document, most: int = 12) -> str:
    numbers = [str(number) for number in document.unsearchable_pages[:most]]
    rest = len(document.unsearchable_pages) - most
    return ", ".join(numbers) + (f" and {rest} more" if rest > 0 else "")
