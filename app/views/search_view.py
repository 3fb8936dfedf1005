"""The Search activity: pages that match, grouped by document, as the query is typed."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.models.found_words import counted, missing_rows, missing_words
from app.models.hits import Found, HitModel, Missing, Step
from app.session import Session, Target
from app.theme import SPACE
from app.views.activity import ActivityView
from app.views.saved_searches import SavedSearches
from app.views.search_filters import Filters, FiltersPanel
from app.widgets.empty_state import EmptyState
from app.widgets.expansion_chips import ExpansionChips
from app.widgets.hit_delegate import HitDelegate
from app.widgets.result_list import ResultList
from index.errors import BadQuery
from index.model import Changes, Document, Results, SearchRequest
from index.progress import Cancelled

TYPING = 80  # milliseconds between the last key and the search
OPENING = 120  # milliseconds a result must be current before it is opened
BATCH = 40  # pages asked for at a time
SORTS = (("score", "Best match"), ("date", "Newest first"), ("title", "Title"))


class SearchView(ActivityView):
    """The list of results at the left of the reader."""

    uses_reader = True
    placeholder = "Search all documents"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.request = SearchRequest("", limit=BATCH)
        self.results: Results | None = None
        self._loading_more = False
        self.model = HitModel()
        self.list = ResultList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitDelegate(session.theme, self.list))
        self.summary = QLabel()
        self.sort = QToolButton()
        self.chips = ExpansionChips(session.theme)
        self.empty = EmptyState()
        self.saved = SavedSearches(session, lambda: self.request, self)
        self.save_button = QPushButton("Save search…")
        self.pages = QStackedWidget()
        self.filters = FiltersPanel(session, self)
        self.filters_button = QPushButton("Filters")
        self._typing = QTimer(self, singleShot=True, interval=TYPING)
        self._opening = QTimer(self, singleShot=True, interval=OPENING)
        self._lay_out()
        self._connect()
        self._show_state()
        self.saved.read()

    def tools(self) -> Sequence[QWidget]:
        """Return the buttons for filtering and keeping a search."""
        return (self.filters_button, self.save_button)

    def find_text(self, text: str) -> None:
        """Search a little after the last key."""
        if not text.strip():
            self.chips.forget()
            self.request = replace(self.request, without=())
        self.request = replace(self.request, query=text, as_you_type=True)
        if text.strip():
            self._typing.start()
        else:
            self._typing.stop()
            self.session.jobs.drop("search")
            self._clear()

    def submit(self) -> None:
        """Search for exactly what is typed, and go to the first result."""
        self._typing.stop()
        self.request = replace(self.request, as_you_type=False)
        self._search(go=True)

    def focus_list(self) -> None:
        """Go to the results, on the first when none is current."""
        if self.pages.currentWidget() is not self.list:
            self._focus_start()
            return
        self.list.setFocus()
        # Qt makes the first row current by itself, and that is a heading.
        if not isinstance(self.model.row(self.list.currentIndex()), Found):
            self._select(self.model.neighbour(-1, Step.ON))

    def _focus_start(self) -> None:
        """Go to what can be chosen while there are no results."""
        for way in (self.saved.list, self.empty.button):
            if way.isVisible():
                way.setFocus()
                return

    def step(self, step: Step) -> None:
        """Go to the next result, or to the one before."""
        current = self.list.currentIndex()
        self._select(self.model.neighbour(current.row() if current.isValid() else -1, step))

    # Building

    def _lay_out(self) -> None:
        self.summary.setProperty("dim", True)
        self.summary.setWordWrap(True)
        self.sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.sort.setProperty("dim", True)
        menu = QMenu(self.sort)
        for key, title in SORTS:
            menu.addAction(title).triggered.connect(partial(self._sort_by, key))
        self.sort.setMenu(menu)
        self.sort.setText(f"{SORTS[0][1]} ▾")
        head = QHBoxLayout()
        head.addWidget(self.summary, 1)
        head.addWidget(self.sort)
        self.head = QWidget()
        column = QVBoxLayout(self.head)
        column.setContentsMargins(SPACE * 3 // 2, SPACE // 2, SPACE, SPACE)
        column.setSpacing(SPACE // 2)
        column.addLayout(head)
        column.addWidget(self.chips)
        self.pages.addWidget(self.list)
        start = QWidget()
        below = QVBoxLayout(start)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.saved.list, 1)
        below.addWidget(self.empty, 2)
        self.pages.addWidget(start)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(self.pages, 1)
        self.setProperty("pane", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _connect(self) -> None:
        session = self.session
        self._typing.timeout.connect(self._search)
        self._opening.timeout.connect(self._open_current)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._opening.start())
        self.list.clicked.connect(self._click)
        self.list.activated.connect(self._activate)
        self.list.near_end.connect(self._load_more)
        self.chips.switched.connect(self._switch)
        self.save_button.clicked.connect(self.saved.ask_name)
        self.saved.wanted.connect(self._ask_again)
        self.saved.changed.connect(self._show_state)
        session.commands.add("search.filters", "Filters…", self._open_filters, owner=self)
        session.commands.add("search.save", "Save this search…", self.saved.ask_name, owner=self)
        self.filters_button.clicked.connect(self._open_filters)
        self.filters.changed.connect(self._narrow)
        session.changed.connect(self._follow)
        session.catalog.loaded.connect(lambda: self.model.describe(session.catalog.documents))
        session.info_changed.connect(lambda info: self._show_state())
        session.look_changed.connect(self.list.relayout)

    # Searching

    def _search(self, *, go: bool = False) -> None:
        if not self.request.query.strip():
            self._clear()
            return
        request = replace(self.request, offset=0)
        self.session.jobs.run(
            lambda progress: self.session.library.search(request, progress),
            done=lambda results: self._show(results, go=go),
            failed=self._explain,
            label="Searching",
            key="search",
            owner=self,
        )

    def _show(self, results: Results, *, go: bool = False) -> None:
        self.results = results
        self._loading_more = False
        documents = self.session.catalog.documents
        current = self.model.row(self.list.currentIndex())
        self.model.show(results.hits, missing_rows(results, self._in_scope()), documents)
        self.list.scrollToTop()
        if isinstance(current, Found):
            # The same page again is no reason to open it again.
            self._select(self.model.place(current.hit.document, current.hit.page))
            self._opening.stop()
        self.chips.show_expansions(results.widened, results.query)
        self._show_state()
        if go:
            self.focus_list()

    def _load_more(self) -> None:
        results = self.results
        if results is None or self._loading_more:
            return
        loaded = self.model.pages()
        if loaded >= results.pages:
            return
        self._loading_more = True
        request = replace(self.request, offset=loaded)
        self.session.jobs.run(
            lambda progress: self.session.library.search(request, progress),
            done=self._add,
            key="search",
            owner=self,
        )

    def _add(self, results: Results) -> None:
        self._loading_more = False
        self.model.extend(results.hits)

    def _explain(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        self.results = None
        self.model.show((), (), {})
        self._show_state()
        self.empty.say(str(error))
        if not isinstance(error, BadQuery):
            self.session.problem.emit(str(error))

    def _clear(self) -> None:
        self.results = None
        self.model.show((), (), {})
        self._show_state()

    def _in_scope(self) -> list[Document]:
        filters = self.filters.filters
        return [
            document
            for document in self.session.catalog.documents.values()
            if (filters.collection is None or document.collection == filters.collection)
            and (filters.language is None or document.language == filters.language)
        ]

    # What is shown beside the list

    def _show_state(self) -> None:
        results, info = self.results, self.session.info
        # Chips that were switched off stay in reach.
        worth = results is not None and (results.pages > 0 or bool(self.request.without))
        self.head.setVisible(worth)
        if results is None:
            self.chips.hide()
        if results is not None:
            self.summary.setText(counted(results))
        if results is not None and results.pages:
            self.pages.setCurrentWidget(self.list)
            return
        self.pages.setCurrentIndex(1)
        self.saved.list.setVisible(results is None and bool(self.saved.kept))
        if info is not None and not info.documents:
            self.empty.say(
                "This archive is empty. Import reports to search, read and tag them.",
                "Import…",
                self._import,
            )
        elif results is not None:
            self._say_nothing_found(results)
        elif not self.request.query.strip():
            self.empty.say(
                "Type in the field above to search every page.\n\n"
                "“exact words” in quotes, wor* for beginnings, AND OR NOT between words."
            )

    def _say_nothing_found(self, results: Results) -> None:
        suggestion = results.suggestion
        missing = missing_words(results)
        if suggestion:
            self.empty.say(
                f"No page matches. Another spelling is in the archive.{missing}",
                f"Search for “{suggestion}”",
                lambda: self._ask(suggestion),
            )
        elif self.filters.filters.count:
            self.empty.say(
                f"No page matches with these filters.{missing}",
                "Clear the filters",
                self.filters.clear,
            )
        else:
            self.empty.say(f"No page matches. Try fewer words, or another spelling.{missing}")

    def _ask(self, query: str) -> None:
        """Search for another query than what was typed."""
        self.query_changed.emit(query)
        self.chips.forget()
        self.request = replace(self.request, query=query, as_you_type=False, without=())
        self._search(go=True)

    def _switch(self, off: tuple[str, ...]) -> None:
        self.request = replace(self.request, without=off)
        self._search()

    def _open_filters(self) -> None:
        self.filters.open_below(self.filters_button)
        if self.request.query.strip():
            request = replace(self.request, limit=1, offset=0, facets=True)
            self.session.jobs.run(
                lambda progress: self.session.library.search(request, progress).facets,
                done=self.filters.show_facets,
                failed=lambda error: None,
                key="facets",
                owner=self,
            )

    def _ask_again(self, request: SearchRequest) -> None:
        self.chips.forget()
        self.query_changed.emit(request.query)
        self.request = replace(request, limit=BATCH)
        self._search(go=True)

    def _import(self) -> None:
        action = self.session.commands.get("import")
        if action is not None:
            action.trigger()

    # Choosing

    def _select(self, number: int | None) -> None:
        if number is not None:
            index = self.model.index(number)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def _click(self, index: QModelIndex) -> None:
        self._opening.stop()
        self._open(index)

    def _activate(self, index: QModelIndex) -> None:
        self._click(index)
        self.session.reader_wanted.emit()

    def _open_current(self) -> None:
        # What cannot be searched is shown when it is asked for, not in passing.
        if isinstance(self.model.row(self.list.currentIndex()), Found):
            self._open(self.list.currentIndex())

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        if isinstance(row, Found):
            hit = row.hit
            self.session.open(
                Target(hit.document, hit.page, matches=hit.matches, query=self.request.query)
            )
        elif isinstance(row, Missing) and row.document:
            document = self.session.catalog.documents.get(row.document)
            if document is not None and document.unsearchable_pages:
                self.session.open(Target(document.id, document.unsearchable_pages[0]))
        elif isinstance(row, Missing):
            self.session.activity_requested.emit("library")
            self.session.unsearchable_requested.emit()

    def _sort_by(self, key: str, checked: bool = False) -> None:
        self.sort.setText(f"{dict(SORTS)[key]} ▾")
        self.request = replace(self.request, sort=key)
        self._search()

    def _narrow(self, filters: Filters) -> None:
        count = filters.count
        self.filters_button.setText(f"Filters · {count}" if count else "Filters")
        self.request = filters.on(self.request)
        self._search()

    def _follow(self, changes: Changes) -> None:
        if changes.everything or changes.documents:
            self.saved.read()
            if self.results is not None:
                self._search()
