"""The filters of a search: a small panel under its button."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLineEdit, QPushButton, QWidget

from app.session import Session
from app.theme import SPACE
from index.model import SearchRequest

TAGGED = (("Any page", None), ("With passages", True), ("Without passages", False))


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is narrowed to; empty means everything."""

    collection: str | None = None
    language: str | None = None
    since: str | None = None
    until: str | None = None
    entity: str | None = None
    tagged: bool | None = None

    @property
    def count(self) -> int:
        """How many filters are set."""
        return sum(
            value is not None
            for value in (
                self.collection,
                self.language,
                self.since,
                self.until,
                self.entity,
                self.tagged,
            )
        )

    def on(self, request: SearchRequest) -> SearchRequest:
        """Return the request with these filters."""
        return replace(
            request,
            collection=self.collection,
            language=self.language,
            since=self.since,
            until=self.until,
            entity=self.entity,
            tagged=self.tagged,
        )


class FiltersPanel(QFrame):
    """Lets the user choose filters; every change takes effect at once."""

    changed = Signal(object)  # Filters

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._session = session
        self.filters = Filters()
        self.collection = QComboBox()
        self.language = QComboBox()
        self.entity = QComboBox()
        self.tagged = QComboBox()
        self.since = QLineEdit(placeholderText="2016 or 2016-05-21")
        self.until = QLineEdit(placeholderText="2021")
        clear = QPushButton("Clear all")
        clear.clicked.connect(self.clear)
        form = QFormLayout(self)
        form.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        form.setSpacing(SPACE)
        form.addRow("Collection", self.collection)
        form.addRow("Language", self.language)
        form.addRow("From", self.since)
        form.addRow("Until", self.until)
        form.addRow("About", self.entity)
        form.addRow("Passages", self.tagged)
        form.addRow("", clear)
        for label, value in TAGGED:
            self.tagged.addItem(label, value)
        for box in (self.collection, self.language, self.entity, self.tagged):
            box.setMinimumWidth(200)
            box.activated.connect(self._take)
        for field in (self.since, self.until):
            field.editingFinished.connect(self._take)

    def open_below(self, button: QWidget) -> None:
        """Show the panel under a button, with the choices there are now."""
        self._fill()
        self.adjustSize()
        self.move(button.mapToGlobal(QPoint(0, button.height() + 2)))
        self.show()

    def clear(self) -> None:
        """Take every filter away."""
        self.since.clear()
        self.until.clear()
        for box in (self.collection, self.language, self.entity, self.tagged):
            box.setCurrentIndex(0)
        self._take()

    def _fill(self) -> None:
        catalog = self._session.catalog
        documents = catalog.documents.values()
        collections = sorted({d.collection for d in documents if d.collection})
        languages = sorted({d.language for d in documents if d.language})
        entities = sorted(catalog.entities.values(), key=lambda e: e.name.casefold())
        _offer(self.collection, [(c, c) for c in collections], self.filters.collection)
        _offer(self.language, [(name, name) for name in languages], self.filters.language)
        _offer(self.entity, [(e.name, e.id) for e in entities], self.filters.entity)

    def _take(self) -> None:
        filters = Filters(
            self.collection.currentData(),
            self.language.currentData(),
            self.since.text().strip() or None,
            self.until.text().strip() or None,
            self.entity.currentData(),
            self.tagged.currentData(),
        )
        if filters != self.filters:
            self.filters = filters
            self.changed.emit(filters)


def _offer(box: QComboBox, choices: Iterable[tuple[str, str]], chosen: str | None) -> None:
    box.clear()
    box.addItem("Any", None)
    for label, value in choices:
        box.addItem(label, value)
    box.setCurrentIndex(max(box.findData(chosen), 0) if chosen is not None else 0)
