"""The searches that are kept: saved under a name, asked again, forgotten."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.operations import searching
from app.operations.searching import Kept
from app.session import Session
from app.widgets.saved_list import SavedList
from index.model import SearchRequest


class SavedSearches(QObject):
    """Fills a list with the kept searches and does what is asked of them there."""

    changed = Signal()  # there are others now, or others have something new
    wanted = Signal(object)  # a SearchRequest that is asked again

    def __init__(self, session: Session, present: Callable[[], SearchRequest], over: QWidget):
        """`present` returns what is being searched for; dialogs open over `over`."""
        super().__init__(over)
        self.session = session
        self.kept: list[Kept] = []
        self.list = SavedList()
        self._present = present
        self._over = over
        self.list.chosen.connect(self._ask_again)
        self.list.removed.connect(self._forget)

    def read(self) -> None:
        """Read what is kept, and how much is new for each."""
        searching.read(session=self.session, done=self._take)

    def ask_name(self) -> None:
        """Ask for a name, and keep the present search under it."""
        query = self._present().query
        if not query.strip():
            self.session.notice.emit("Search for something first, then save the search.")
            return
        from app.views.dialogs.bundle_dialogs import AskTitle

        AskTitle("Save the search", "Name", query, self.save_as, self._over).open()

    def save_as(self, name: str) -> None:
        """Keep the present search under a name."""
        request = replace(self._present(), as_you_type=False, offset=0)
        searching.save(session=self.session, name=name, request=request, done=self.read)

    def _take(self, kept: list[Kept]) -> None:
        self.kept = kept
        self.list.show_lines([(each.saved.name, each.new) for each in kept])
        self.changed.emit()

    def _ask_again(self, number: int) -> None:
        saved = self.kept[number].saved
        self.wanted.emit(saved.request)
        searching.mark_seen(session=self.session, search=saved.id, done=self.read)

    def _forget(self, number: int) -> None:
        searching.remove(session=self.session, search=self.kept[number].saved.id, done=self.read)
