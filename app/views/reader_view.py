"""The reader: documents in tabs, the row above the page, and the tag box at a selection."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QLabel,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.session import Session, Target
from app.views.reader_document import ReaderDocument
from app.views.reader_places import page_index
from app.widgets.outline_pane import OutlinePane
from app.widgets.reader_bar import ReaderBar
from app.widgets.reader_tabs import ReaderTabs

MOST_TABS = 8
SELECTION_MENU = ("reader.copy", "passage.tag", "passage.note", "passage.place", "citation.copy")
PASSAGE_MENU = ("passage.tag", "passage.note", "citation.copy", "bundle.add", "passage.delete")
PLACE_MENU = ("reader.select_all", "citation.copy", "page.go", "document.describe")


class ReaderView(QWidget):
    """Opens what the session asks for; one tab a document, the oldest closed beyond eight."""

    tag_wanted = Signal()  # a selection has been made with the mouse
    selection_cleared = Signal()
    scrolled = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.tabs = ReaderTabs(session.theme)
        self.bar = ReaderBar(session.theme)
        self.outline = OutlinePane()
        self.documents = QStackedWidget()
        self.empty = QLabel(
            "Choose a result or a document to read it here.",
            alignment=Qt.AlignmentFlag.AlignCenter,
            wordWrap=True,
        )
        self.empty.setProperty("dim", True)
        self.documents.addWidget(self.empty)
        self._lay_out()
        self._connect()
        self._show_tab(-1)

    @property
    def current(self) -> ReaderDocument | None:
        """The document that is shown."""
        widget = self.documents.currentWidget()
        return widget if isinstance(widget, ReaderDocument) else None

    def open(self, target: Target) -> None:
        """Show a place, in the document's tab or a new one."""
        document = self._find(target.document)
        if document is None:
            document = self._add(target.document)
        number = self.tabs.place(document)
        if number == self.tabs.currentIndex():
            self._show_tab(number)
        self.tabs.setCurrentIndex(number)
        document.go(target)

    def focus_document(self) -> None:
        """Give the document the keyboard."""
        if self.current is not None:
            self.current.setFocus()

    def close_current(self) -> None:
        """Close the tab that is shown."""
        if self.current is not None:
            self._close(self.current)

    def contents(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Return the hash of the text and the page labels of every document that is open."""
        found = {}
        for document in self._documents():
            if document.content is not None:
                content = document.content
                labels = tuple(page.label for page in content.pages)
                found[document.identity] = (content.document.text_sha256, labels)
        return found

    def close_document(self, identity: str) -> None:
        """Close the tab of a document, if it is open."""
        document = self._find(identity)
        if document is not None:
            self._close(document)

    def reload(self, identity: str) -> None:
        """Read an open document again whose text is no longer what it was; stay on its page."""
        old = self._find(identity)
        if old is None:
            return
        shown, passage = old is self.current, self.session.passage
        page = old.view.page + 1 if old.view is not None else None
        place = self.tabs.place(old)
        self._close(old)
        new = self._add(identity)
        self.tabs.moveTab(self.tabs.place(new), place)
        new.go(Target(identity, page))
        if shown:
            self.tabs.setCurrentIndex(place)
            self._show_tab(place)
            self.session.set_passage(passage)

    def copy(self) -> None:
        """Copy the selected words."""
        document = self.current
        span = document.selected() if document is not None else None
        if document is not None and span is not None:
            QGuiApplication.clipboard().setText(plain(document.quote(span)))

    def select_all(self) -> None:
        """Select the whole document."""
        document = self.current
        if document is not None and document.view is not None:
            document.view.select(0, len(document.view.text))

    def step_match(self, step: int) -> None:
        """Go to the next match, or with -1 to the one before."""
        if self.current is not None:
            self.current.step_match(step)

    def step_passage(self, step: int) -> None:
        """Go to the next passage, or with -1 to the one before."""
        if self.current is not None:
            self.current.step_passage(step)

    def step_page(self, step: int) -> None:
        """Go to the next page, or with -1 to the one before."""
        if self.current is not None and self.current.view is not None:
            self.current.view.show_page(self.current.view.page + step)

    def step_zoom(self, step: int) -> None:
        """Zoom in, or with -1 out."""
        if self.current is not None and self.current.view is not None:
            (self.current.view.zoom_in if step > 0 else self.current.view.zoom_out)()

    def fit_width(self) -> None:
        """Make the pages as wide as the reader."""
        if self.current is not None and self.current.view is not None:
            self.current.view.set_zoom(None)

    def actual_size(self) -> None:
        """Show pages in the size they are printed in."""
        if self.current is not None and self.current.view is not None:
            self.current.view.set_zoom(1.0)

    def ask_page(self) -> None:
        """Put the cursor into the page box."""
        self.bar.page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.page.selectAll()

    def toggle_outline(self) -> None:
        """Show or hide the outline."""
        self.bar.outline.toggle()

    def step_document(self, step: int) -> None:
        """Go to the next open document, or with -1 to the one before."""
        self.tabs.step(step)

    # Building

    def _lay_out(self) -> None:
        self.body = QSplitter(Qt.Orientation.Horizontal)
        self.body.setHandleWidth(1)
        self.body.setChildrenCollapsible(False)
        self.body.addWidget(self.outline)
        self.body.addWidget(self.documents)
        self.body.setStretchFactor(1, 1)
        self.body.setSizes([200, 500])
        shown = self.session.settings.flag("reader/outline", False)
        self.outline.setVisible(shown)
        self.bar.outline.setChecked(shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self.bar)
        column.addWidget(self.body, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
        self.tabs.close_wanted.connect(self._close)
        self.bar.page_step.connect(self.step_page)
        self.bar.page_entered.connect(self._go_to_page)
        self.bar.zoom_step.connect(self.step_zoom)
        self.bar.fit_clicked.connect(self.fit_width)
        self.bar.match_step.connect(self.step_match)
        self.bar.outline_toggled.connect(self._show_outline)
        self.outline.chosen.connect(self._go_to_index)
        self.session.open_requested.connect(self.open)
        self.session.look_changed.connect(self.bar.restyle)
        self.session.look_changed.connect(self.tabs.restyle)

    def _add(self, identity: str) -> ReaderDocument:
        if self.tabs.count() >= MOST_TABS:
            self._close(self.tabs.tabData(0))
        document = ReaderDocument(self.session, identity)
        known = self.session.catalog.documents.get(identity)
        self.documents.addWidget(document)
        self.tabs.add(document, known.title if known is not None else "Opening")
        document.loaded.connect(lambda: self._take_loaded(document))
        for signal in (document.page_changed, document.zoom_changed, document.matches_changed):
            signal.connect(lambda *_: self._show_state(document))
        document.scrolled.connect(self.scrolled)
        document.menu_wanted.connect(lambda place: self._show_menu(document, place))
        document.selection_changed.connect(lambda span: self._offer_tag(document, span))
        return document

    def _documents(self) -> list[ReaderDocument]:
        return [each for each in self.tabs.contents() if isinstance(each, ReaderDocument)]

    def _find(self, identity: str) -> ReaderDocument | None:
        return next((each for each in self._documents() if each.identity == identity), None)

    def _close(self, document: ReaderDocument) -> None:
        number = self.tabs.place(document)
        self.documents.removeWidget(document)
        document.deleteLater()
        self.tabs.removeTab(number)

    # Showing

    def _show_tab(self, number: int) -> None:
        data = self.tabs.tabData(number) if number >= 0 else None
        document = data if isinstance(data, ReaderDocument) else None
        self.documents.setCurrentWidget(document or self.empty)
        self.tabs.setVisible(document is not None)
        self.bar.setVisible(document is not None)
        self.outline.setVisible(document is not None and self.bar.outline.isChecked())
        self.session.set_document(document.identity if document is not None else "")
        if document is not None:
            self._take_loaded(document)

    def _take_loaded(self, document: ReaderDocument) -> None:
        content = document.content
        if content is None:
            return
        self.tabs.name(document, content.document.title)
        if document is self.current:
            if self.bar.outline.isChecked():
                self.outline.show_outline(content.outline, content.pages)
            self._show_state(document)

    def _show_state(self, document: ReaderDocument) -> None:
        content, view = document.content, document.view
        if document is not self.current or content is None or view is None or not content.pages:
            return
        self.bar.show_page(content.pages[view.page], len(content.pages))
        self.bar.show_zoom(view.actual_zoom())
        self.bar.show_matches(document.match, len(document.matches))

    def _show_outline(self, shown: bool) -> None:
        document = self.current
        self.outline.setVisible(shown and document is not None)
        if shown and document is not None and document.content is not None:
            self.outline.show_outline(document.content.outline, document.content.pages)
        self.session.settings.keep_flag("reader/outline", shown)

    def _offer_tag(self, document: ReaderDocument, span: object) -> None:
        view = document.view
        if document is not self.current or view is None:
            return
        if span is None:
            self.selection_cleared.emit()
        elif view.by_mouse:
            self.tag_wanted.emit()

    def _show_menu(self, document: ReaderDocument, place: QPoint) -> None:
        """Offer what can be done with the selected words, or with the passage there."""
        view = document.view
        if view is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        span = view.selected()
        passage = view.passage_at(place)
        if span is None and passage is not None:
            self.session.set_passage(passage.id)
        for key in SELECTION_MENU if span is not None else PASSAGE_MENU if passage else PLACE_MENU:
            action = self.session.commands.get(key)
            if action is not None:
                menu.addAction(action)
        if span is not None:
            words = plain(document.quote(span))
            menu.addSeparator()
            menu.addAction("Search for these words").triggered.connect(
                lambda checked=False: self.session.query_requested.emit(f'"{words}"')
            )
        menu.popup(view.mapToGlobal(place))

    def _go_to_page(self, typed: str) -> None:
        document = self.current
        if document is None or document.content is None:
            return
        index = page_index(document.content.pages, typed)
        if index is None:
            self.session.notice.emit(f"There is no page “{typed.strip()}” in this document.")
            self._show_state(document)
        else:
            self._go_to_index(index)

    def _go_to_index(self, index: int) -> None:
        document = self.current
        if document is not None and document.view is not None:
            document.view.show_page(index)
            document.view.setFocus()


def plain(quote: str) -> str:
    """Return a quote as one would type it: no line-end hyphens, line breaks as spaces."""
    for broken in ("\ufffe", "\x02", "\u00ad"):
        for line_break in ("\r\n", "\n", ""):
            quote = quote.replace(broken + line_break, "")
    return " ".join(quote.split())
