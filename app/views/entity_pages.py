"""What is shown of an entity, or of a document: review, dossier, companions, history."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.models.seeing import Companion
from app.session import Session, Target
from app.theme import HALF, KIND_WORDS, SPACE
from app.views.entity_dossier import DossierPage, Seen, TogetherPage
from app.views.entity_history import HistoryPage
from app.views.review_view import ReviewPage
from app.widgets.elided_label import ElidedLabel
from app.widgets.empty_state import EmptyState
from index.model import Document, Entity, Passage, Span

REVIEW, DOSSIER, TOGETHER, HISTORY = range(4)


class EntityPages(QWidget):
    """A line with the name, and under it one of four pages."""

    left = Signal()  # the user wants back to the list

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._seen: Seen | None = None
        self._document = False  # whether a document is shown, and no entity
        self.title, self.detail = ElidedLabel(), QLabel()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Review, dossier, together")
        self.review = ReviewPage(session)
        self.dossier = DossierPage(session)
        self.together = TogetherPage(session)
        self.history = HistoryPage(session)
        self.nothing = EmptyState()
        self.pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def show_nothing(self) -> EmptyState:
        """Show that there is nothing to show; return what says it."""
        self.top.hide()
        self.tabs.hide()
        self.pages.setCurrentWidget(self.nothing)
        return self.nothing

    def show_entity(self, entity: Entity) -> None:
        """Show an entity's name and what waits for it; the rest follows by `show_seen`."""
        self._document = False
        self.top.show()
        self.tabs.show()
        self.title.setText(entity.name)
        self.tabs.setTabText(DOSSIER, f"Dossier ({entity.passage_count:,})")
        self.detail.setText(f"· {KIND_WORDS.get(entity.kind, entity.kind)}")
        self._show_page(self.tabs.currentIndex())
        self.review.show_entity(entity)

    def show_seen(self, entity: Entity, seen: Seen) -> list[Companion]:
        """Show what was read about an entity; return who stands with it."""
        self._seen = seen
        self.dossier.show_seen(entity, seen)
        self.history.show_changes(entity, seen.history)
        self.tabs.setTabText(DOSSIER, f"Dossier ({len(seen.entries):,})")
        return self.together.show_seen(self._session, entity, seen)

    def show_document(self, document: Document) -> None:
        """Show what waits in a document."""
        self._document = True
        self.top.show()
        self.tabs.hide()
        self.title.setText(document.title)
        self.detail.setText("")
        self.pages.setCurrentWidget(self.review)
        self.review.show_document(document)
        self.show_waiting()

    def show_waiting(self) -> None:
        """Show how many proposals wait, and the button for the exact ones where there are any."""
        here = self._document or self.tabs.currentIndex() == REVIEW
        self.review.accept_exact.setVisible(here and self.review.exact() > 0)
        waiting = self.review.model.rowCount()
        self.tabs.setTabText(REVIEW, f"Review ({waiting:,})" if waiting else "Review")

    def enter(self) -> None:
        """Give the shown page the keyboard."""
        page = self.pages.currentWidget()
        if isinstance(page, DossierPage | TogetherPage | HistoryPage):
            page.list.setFocus()
        else:
            self.review.table.setFocus()

    def _lay_out(self) -> None:
        self.title.setProperty("strong", True)
        self.detail.setProperty("dim", True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.top = QWidget()
        head = QHBoxLayout(self.top)
        head.setContentsMargins(SPACE * 3 // 2, SPACE, SPACE * 3 // 2, HALF)
        head.addWidget(self.title)
        head.addWidget(self.detail)
        head.addStretch(1)
        head.addWidget(self.review.accept_exact)
        # The line keeps its height on every page.
        policy = self.review.accept_exact.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.review.accept_exact.setSizePolicy(policy)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for words in ("Review", "Dossier", "Together", "History"):
            self.tabs.addTab(words)
        for page in (self.review, self.dossier, self.together, self.history, self.nothing):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.tabs)
        column.addWidget(self.pages, 1)

    def _connect(self) -> None:
        back = {Qt.Key.Key_Escape: self.left.emit}
        for page in (self.dossier, self.together, self.history):
            page.list.take_keys(back)
        self.review.table.keys[int(Qt.Key.Key_Escape)] = self.left.emit
        self.tabs.currentChanged.connect(self._show_page)
        self.review.filled.connect(self.show_waiting)
        self.dossier.opened.connect(self._jump)
        self.together.opened.connect(self._open_companion)

    def _show_page(self, number: int) -> None:
        if not self._document:
            self.pages.setCurrentIndex(number)
        self.show_waiting()

    def _jump(self, passage: Passage) -> None:
        self._session.activity_requested.emit("passages")
        span = Span(passage.anchor.start, passage.anchor.end)
        self._session.open(Target(passage.document, span=span, passage=passage.id))

    def _open_companion(self, companion: Companion) -> None:
        if self._seen is None or not companion.passages:
            self._session.notice.emit("They share documents, and no passage is tagged with both.")
            return
        first = next(p for p in self._seen.passages if p.id == companion.passages[0])
        self._session.activity_requested.emit("passages")
        self._session.passages_requested.emit(list(companion.passages))
        span = Span(first.anchor.start, first.anchor.end)
        self._session.open(Target(first.document, span=span, passage=first.id))
