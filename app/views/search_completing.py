"""Completing queries in the top field: values of fields as they are typed, words at Ctrl+Space."""

import re

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.offsets import Utf16
from app.session import Session
from app.widgets.completion_list import CompletionList
from app.widgets.top_bar import TopBar
from index.model import Completion

# A field whose value is being typed, quoted or not.
FIELD = re.compile(r"\b(?:entity|tag|collection|language|title):(?:\"[^\"]*|[^\s\"()]*)$")


class SearchCompleting(QObject):
    """Asks the index how the query may go on, and shows the answers under the field."""

    def __init__(self, session: Session, top: TopBar, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._top = top
        self.active = True  # only while the field belongs to Search
        self.list = CompletionList(top.field, window)
        top.keys = self._key
        top.field.textEdited.connect(self._typed)
        top.submitted.connect(self.list.hide)

    def _key(self, event: QKeyEvent) -> bool:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self.active and control and event.key() == Qt.Key.Key_Space:
            self._ask()
            return True
        return self.list.key(event)

    def _typed(self, text: str) -> None:
        if self.active and FIELD.search(text[: self._position()]):
            self._ask()
        else:
            self._session.jobs.drop("completions")
            self.list.hide()

    def _position(self) -> int:
        text = self._top.field.text()
        return Utf16(text).offset(self._top.field.cursorPosition())

    def _ask(self) -> None:
        query, position = self._top.field.text(), self._position()
        service = self._session.library.search_service
        self._session.jobs.run(
            lambda progress: service.complete(query, position),
            done=lambda found: self._show(query, found),
            failed=lambda error: None,
            key="completions",
            owner=self,
        )

    def _show(self, query: str, found: list[Completion]) -> None:
        if query == self._top.field.text() and self._top.field.hasFocus():
            self.list.offer(found)
