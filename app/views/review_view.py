"""The review queue: one row a proposal, decided by one key each."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.models.mentions_model import Proposal, ProposalColumn, ProposalsModel
from app.models.proposals import Scope, Waiting, collect, in_context
from app.models.rows import ROW
from app.operations import review
from app.session import Session, Target
from app.theme import SPACE
from app.widgets.empty_state import EmptyState
from app.widgets.proposal_table import ProposalTable
from index.model import Changes, Document, Entity, Mention, Span

RECOUNT = 700  # milliseconds after the last change before names are looked for again
MANY = 20  # changed documents from which everything is looked through
KEYS = (
    "↵ accept    ⌫ reject    2 accept for the other one    A is an alias    O somebody else"
    "    Space page    Esc list"
)


class ReviewPage(QWidget):
    """What is proposed for one entity or in one document; counts what waits for every one."""

    counted = Signal()
    filled = Signal()  # other proposals are shown

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: Waiting | None = None
        self._entity: Entity | None = None
        self._document: Document | None = None  # whose proposals are shown, else the entity's
        self._scope: Scope | None = Scope()  # what is to be looked through again
        self.model = ProposalsModel()
        self.table = ProposalTable(session.theme)
        self.table.setModel(self.model)
        self.table.lay_out_columns()
        self.accept_exact = QPushButton()
        self.accept_exact.hide()
        self.keys = QLabel(KEYS, wordWrap=True)
        self.empty = EmptyState()
        self.pages = QStackedWidget()
        self._recount = QTimer(self, singleShot=True, interval=RECOUNT)
        self._lay_out()
        self._connect()

    @property
    def waiting(self) -> Mapping[str, int]:
        """How many proposals wait, by entity."""
        return self._waiting.counts() if self._waiting is not None else {}

    @property
    def waiting_in(self) -> Mapping[str, int]:
        """How many proposals wait, by document."""
        return self._waiting.by_document() if self._waiting is not None else {}

    def exact(self) -> int:
        """Return how many of the proposals shown are exact."""
        return sum(row.exact for row in self.model.rows())

    def count(self) -> None:
        """Find again what waits, as far as something has changed."""
        scope = self._scope if self._waiting is not None else Scope()
        self._scope = None
        if scope is None:
            return
        self._session.jobs.run(
            lambda progress: collect(self._session.library, scope, progress),
            done=lambda mentions: self._take(scope, mentions),
            failed=lambda error: self._note(scope),
            label="Looking for names",
            key="proposals",
            owner=self,
        )

    def show_entity(self, entity: Entity) -> None:
        """Show what is proposed for an entity."""
        self._entity, self._document = entity, None
        self._fill()

    def show_document(self, document: Document) -> None:
        """Show what is proposed in a document, for whomever."""
        self._entity, self._document = None, document
        self._fill()

    # Deciding

    def accept(self) -> None:
        """Make passages of the selected proposals."""
        self._decide(review.accept)

    def reject(self) -> None:
        """Say that the selected proposals are none."""
        self._decide(review.reject)

    def somebody_else(self) -> None:
        """Say that the selected words name somebody else wherever they stand here."""
        chosen = self._chosen()
        same = {(mention.document, mention.text, mention.entity) for mention in chosen}
        every = [row.mention for row in self.model.rows()]
        mentions = [m for m in every if (m.document, m.text, m.entity) in same]
        if mentions:
            review.somebody_else(
                session=self._session, mentions=mentions, done=lambda _: self._drop(mentions)
            )

    def accept_other(self) -> None:
        """Make passages of the selected proposals for the other one that each may mean."""
        mentions = [mention for mention in self._chosen() if mention.others]
        if not mentions:
            self._session.notice.emit("Nobody else on the list fits these words.")
            return
        meant = [
            replace(one, entity=one.others[0], others=(one.entity, *one.others[1:]))
            for one in mentions
        ]
        review.accept(session=self._session, mentions=meant, done=lambda _: self._drop(mentions))

    def make_alias(self) -> None:
        """Make the words of the current proposal an alias of the entity."""
        row = self.table.currentIndex().data(ROW)
        if isinstance(row, Proposal):
            review.alias(
                session=self._session,
                mention=row.mention,
                done=lambda _: self._drop([row.mention]),
            )

    def accept_all_exact(self) -> None:
        """Accept every proposal that is the very name or alias."""
        mentions = [row.mention for row in self.model.rows() if row.exact]
        if mentions:
            self.table.setFocus()  # the button goes, and the keyboard with it
            review.accept(
                session=self._session, mentions=mentions, done=lambda _: self._drop(mentions)
            )

    def open_page(self) -> None:
        """Show the current proposal in its document."""
        row = self.table.currentIndex().data(ROW)
        if isinstance(row, Proposal):
            mention = row.mention
            span = Span(mention.start, mention.end)
            self._session.activity_requested.emit("passages")
            self._session.open(Target(mention.document, row.page, span=span, matches=(span,)))
            self._session.reader_wanted.emit()

    def _decide(self, act: Callable[..., None]) -> None:
        mentions = self._chosen()
        if mentions:
            act(session=self._session, mentions=mentions, done=lambda _: self._drop(mentions))

    def _chosen(self) -> list[Mention]:
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        every = self.model.rows()
        return [every[row].mention for row in rows if row < len(every)]

    def _drop(self, mentions: list[Mention]) -> None:
        """Take decided proposals away and go on to the next one."""
        place = self.table.currentIndex().row()
        gone = set(map(id, mentions))
        kept = [row for row in self.model.rows() if id(row.mention) not in gone]
        before = sum(id(row.mention) in gone for row in self.model.rows()[:place])
        if self._waiting is not None:
            self._waiting.drop(mentions)
        self.model.show(kept)
        if kept:
            self.table.selectRow(min(place - before, len(kept) - 1))
        self._show_state()
        self.counted.emit()

    # Building

    def _lay_out(self) -> None:
        self.keys.setProperty("dim", True)
        self.keys.setProperty("small", True)
        self.keys.setMargin(SPACE)
        self.keys.setIndent(SPACE // 2)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.keys)
        self.shown = shown
        self.pages.addWidget(shown)
        self.pages.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)

    def _connect(self) -> None:
        self.table.keys = {
            int(Qt.Key.Key_Return): self.accept,
            int(Qt.Key.Key_Enter): self.accept,
            int(Qt.Key.Key_Backspace): self.reject,
            int(Qt.Key.Key_Delete): self.reject,
            int(Qt.Key.Key_2): self.accept_other,
            int(Qt.Key.Key_A): self.make_alias,
            int(Qt.Key.Key_O): self.somebody_else,
            int(Qt.Key.Key_Space): self.open_page,
        }
        self.table.signed = lambda accepted: (self.accept if accepted else self.reject)()
        self.table.doubleClicked.connect(self._double)
        self.accept_exact.clicked.connect(self.accept_all_exact)
        self._recount.timeout.connect(self.count)
        self._session.changed.connect(self._follow)
        self._session.look_changed.connect(self.table.fit)

    # Showing

    def _take(self, scope: Scope, mentions: list[Mention]) -> None:
        self._waiting = (self._waiting or Waiting()).renewed(scope, mentions)
        self._fill()
        self.counted.emit()
        if self._scope is not None:
            self._recount.start()

    def _fill(self) -> None:
        entity, document, waiting = self._entity, self._document, self._waiting
        if waiting is None or (entity is None and document is None):
            self._show_state()
            return
        session = self._session
        if document is not None:
            mentions = waiting.in_document(document.id)
        else:
            mentions = waiting.of(entity.id) if entity is not None else []
        named = document is not None
        documents, entities = session.catalog.documents, session.catalog.entities
        session.jobs.run(
            lambda progress: in_context(
                session.library, mentions, documents, entities, named=named
            ),
            done=self._show,
            key="proposals in context",
            owner=self,
        )

    def _show(self, proposals: list[Proposal]) -> None:
        place = max(self.table.currentIndex().row(), 0)
        self.model.show(proposals)
        if proposals and not self.table.selectedIndexes():
            self.table.selectRow(min(place, len(proposals) - 1))
        self._show_state()

    def _show_state(self) -> None:
        count, exact = self.model.rowCount(), self.exact()
        self.pages.setCurrentWidget(self.shown if count else self.empty)
        self.accept_exact.setText(f"Accept all exact ({exact:,})")
        self.filled.emit()
        if self._waiting is None:
            self.empty.say("Looking for the names on the list in every document.")
        elif not count and self._document is not None:
            self.empty.say(f"Nothing is waiting in “{self._document.title}”.")
        elif not count and self._entity is not None:
            self.empty.say(
                f"Nothing is waiting for {self._entity.name}. New documents are looked through as"
                " they come in."
            )

    def _double(self, index: QModelIndex) -> None:
        if index.column() != ProposalColumn.WHY:
            self.open_page()

    def _follow(self, changes: Changes) -> None:
        if changes.everything or len(changes.documents) > MANY:
            self._note(Scope())
        elif changes.documents:
            self._note(Scope(documents=changes.documents))
        elif changes.entities:
            self._note(Scope(entities=changes.entities))

    def _note(self, scope: Scope) -> None:
        """Remember what is to be looked through; two different things mean everything."""
        old = self._scope
        if old is None:
            self._scope = scope
        elif old.documents and scope.documents:
            self._scope = Scope(documents=old.documents | scope.documents)
        elif not (old.entities and old.entities == scope.entities):
            self._scope = Scope()
        if self.isVisible():
            self._recount.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Look for what has changed while the page was hidden."""
        super().showEvent(event)
        if self._scope is not None:
            self._recount.start()
