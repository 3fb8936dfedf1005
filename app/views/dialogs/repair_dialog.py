"""Goes through the passages that wait for a place, beside the reader, all by keyboard."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.models.faces import plural
from app.models.passages_model import NOTICES, on_one_line
from app.models.places_model import PlacesModel
from app.operations import repairing
from app.session import Session, Target
from app.theme import SPACE
from app.views.dialogs.action_dialog import words
from app.widgets.face_list import FaceList
from app.widgets.fitting_dialog import FittingDialog
from app.widgets.flow_layout import FlowLayout
from index import versions
from index.model import AnchorStatus, Changes, Passage, Span
from index.repairing import Place, candidates

Selected = Callable[[], tuple[str, Span] | None]
WIDTH, HEIGHT, TOP = 440, 480, 80  # pixels
DIGITS = tuple(getattr(Qt.Key, f"Key_{digit}") for digit in range(1, 10))


class RepairDialog(FittingDialog):
    """One passage at a time: its words, the places where it may stand, what else can be done.

    `selected` returns the document and the range that are selected in the
    reader, which stays usable beside the dialog.
    """

    def __init__(
        self,
        session: Session,
        selected: Selected,
        only: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Passages that need a place")
        self._session, self._selected, self._only = session, selected, tuple(only)
        self.waiting: list[Passage] = []
        self._at = 0
        self.count = words("", dim=True)
        self.quote = words("")
        self.notice = QLabel(wordWrap=True)
        self.notice.setProperty("warning", True)
        self.model = PlacesModel()
        self.list = FaceList(session.theme, "Places where it may stand")
        self.list.setModel(self.model)
        self.none = words("No place in the document is like it. Select the words in the reader.")
        self.put = QPushButton("Put it there")
        self.use = QPushButton("Use the selected words")
        self.lose = QPushButton("Keep as lost")
        self.skip = QPushButton("Next")
        self.end = QPushButton("Close")
        self._lay_out()
        self._connect()
        self.resize(WIDTH, HEIGHT)
        self.read()

    @property
    def passage(self) -> Passage | None:
        """The passage that is looked at."""
        return self.waiting[self._at] if 0 <= self._at < len(self.waiting) else None

    def read(self) -> None:
        """Read again which passages wait."""
        self._session.jobs.run(
            lambda progress: versions.to_repair(self._session.library),
            done=self._take,
            key="repair",
            owner=self,
        )

    def choose(self, number: int) -> None:
        """Put the passage on a place of the list, counted from 0."""
        rows = self.model.rows()
        passage = self.passage
        if passage is not None and 0 <= number < len(rows):
            place = rows[number]
            repairing.place(
                session=self._session,
                passage=passage.id,
                document=place.document,
                start=place.start,
                end=place.end,
            )

    def put_on_selection(self) -> None:
        """Put the passage on the words that are selected in the reader."""
        found, passage = self._selected(), self.passage
        if found is None or passage is None:
            self._session.notice.emit("Select the words in the reader first.")
            return
        document, span = found
        repairing.place(
            session=self._session,
            passage=passage.id,
            document=document,
            start=span.start,
            end=span.end,
        )

    def keep_as_lost(self) -> None:
        """Say that its words are nowhere, and go on."""
        passage = self.passage
        if passage is None:
            return
        if passage.anchor.status is AnchorStatus.LOST:
            self.go_on()
        else:
            repairing.give_up(
                session=self._session, passage=passage.id, done=lambda changes: self.go_on()
            )

    def go_on(self) -> None:
        """Look at the next passage, after the last one at the first."""
        if self.waiting:
            self._at = (self._at + 1) % len(self.waiting)
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Stand at the right of the window, so that the reader stays in sight."""
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None and not event.spontaneous():
            frame = parent.window().geometry()
            self.resize(self.width(), min(self.height(), frame.height() - TOP - SPACE))
            left = max(frame.right() - self.width() - SPACE, frame.left())
            self.move(left, frame.top() + TOP)

    # Building

    def _lay_out(self) -> None:
        row = QWidget()
        buttons = FlowLayout(row, SPACE)
        for button in (self.put, self.use, self.lose, self.skip, self.end):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        self.put.setProperty("primary", True)
        self.put.setToolTip("Enter; or press the number of a place")
        self.use.setToolTip("S")
        self.lose.setToolTip("L")
        self.skip.setToolTip("Space")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        column.setSpacing(SPACE)
        for widget in (self.count, self.quote, self.notice):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addWidget(self.none, 1)
        column.addWidget(row)

    def _connect(self) -> None:
        session = self._session
        session.changed.connect(self._follow)
        self.put.clicked.connect(lambda: self.choose(self.list.currentIndex().row()))
        self.use.clicked.connect(self.put_on_selection)
        self.lose.clicked.connect(self.keep_as_lost)
        self.skip.clicked.connect(self.go_on)
        self.end.clicked.connect(self.close)
        self.list.went.connect(self._look)
        self.list.opened.connect(lambda place: self.choose(self.list.currentIndex().row()))
        keys: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_S: self.put_on_selection,
            Qt.Key.Key_L: self.keep_as_lost,
            Qt.Key.Key_Space: self.go_on,
        }
        for number, key in enumerate(DIGITS):
            keys[key] = partial(self.choose, number)
        self.list.take_keys(keys)

    # Showing

    def _follow(self, changes: Changes) -> None:
        if changes.everything or changes.passages or changes.documents:
            self.read()

    def _take(self, found: list[Passage]) -> None:
        before = self.passage
        shown = [p for p in found if not self._only or p.id in self._only]
        ids = [passage.id for passage in shown]
        same = before is not None and before.id in ids
        self._at = ids.index(before.id) if before is not None and same else self._at
        self._at = min(self._at, max(len(shown) - 1, 0))
        self.waiting = shown
        if not same or self.passage != before or not shown:
            self._show()

    def _show(self) -> None:
        passage = self.passage
        for widget in (self.list, self.none, self.put, self.use, self.lose):
            widget.setVisible(passage is not None)
        self.end.setVisible(passage is None)
        self.skip.setVisible(len(self.waiting) > 1)
        self.notice.setVisible(passage is not None)
        if passage is None:
            self.count.setText("")
            self.quote.setText("Every passage has its place.")
            self.resize(self.width(), self.minimumSizeHint().height())
            self.end.setFocus()
            return
        title = self._session.catalog.documents.get(passage.document)
        count = plural(len(self.waiting), "passage")
        name = f" · {title.title}" if title is not None else ""
        self.count.setText(f"{self._at + 1} of {count}{name}")
        self.quote.setText(f"“{on_one_line(passage.quote)[:600]}”")
        self.notice.setText(NOTICES.get(passage.anchor.status, ""))
        self.lose.setText(
            "Leave it lost" if passage.anchor.status is AnchorStatus.LOST else "Keep as lost"
        )
        self._session.jobs.run(
            lambda progress: (passage.id, candidates(self._session.library, passage)),
            done=self._take_places,
            key="places",
            owner=self,
        )

    def _take_places(self, found: tuple[str, list[Place]]) -> None:
        identity, places = found
        if self.passage is None or self.passage.id != identity:
            return
        self.model.show(places)
        self.list.setVisible(bool(places))
        self.none.setVisible(not places)
        self.put.setEnabled(bool(places))
        if places:
            self.list.go(0)
            self._look(places[0])
            self.list.setFocus()
        else:
            self.skip.setFocus()

    def _look(self, place: object) -> None:
        """Show a place in the reader."""
        passage = self.passage
        if isinstance(place, Place) and passage is not None:
            span = Span(place.start, place.end)
            self._session.open(Target(place.document, span=span, matches=(span,)))
