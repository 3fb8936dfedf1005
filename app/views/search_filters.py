"""The filters of a search: a small panel under its button, with what each would leave."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.languages import language_name
from app.session import Session
from app.theme import SPACE
from app.widgets.tables import scrolled
from index.model import SearchRequest

Facets = Mapping[str, Sequence[tuple[str, int]]]
CHOICES = (
    ("Collection", "collection"),
    ("Language", "language"),
    ("Year", "year"),
    ("Publisher", "publisher"),
    ("Kind of file", "kind"),
    ("Tagged with", "entity"),
    ("Passages", "tagged"),
    ("Footnotes", "noted"),
    ("Pages without text", "unsearchable"),
)
YES_NO = {"tagged", "noted", "unsearchable"}
KINDS = {
    "application/pdf": "PDF",
    "text/plain": "Text",
    "text/html": "Web page",
    "text/markdown": "Markdown",
    "message/rfc822": "Mail",
    "application/rtf": "RTF",
    "application/epub+zip": "E-book",
    "application/vnd.oasis.opendocument.text": "OpenDocument",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
}
LONGEST = 36  # characters of a choice


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is narrowed to; None means everything."""

    collection: str | None = None
    language: str | None = None
    year: str | None = None
    publisher: str | None = None
    kind: str | None = None
    entity: str | None = None
    tagged: bool | None = None
    noted: bool | None = None
    unsearchable: bool | None = None
    since: str | None = None
    until: str | None = None

    @property
    def count(self) -> int:
        """How many filters are set."""
        return sum(value is not None for value in asdict(self).values())

    def on(self, request: SearchRequest) -> SearchRequest:
        """Return the request with these filters."""
        return replace(request, **asdict(self))


class FiltersPanel(QFrame):
    """Lets the user choose filters; every change takes effect at once."""

    changed = Signal(object)  # Filters

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("popup", True)
        self._session = session
        self.filters = Filters()
        self.boxes = {name: QComboBox() for _, name in CHOICES}
        self.since = QLineEdit(placeholderText="2016 or 2016-05-21")
        self.until = QLineEdit(placeholderText="2021")
        clear = QPushButton("Clear all")
        clear.clicked.connect(self.clear)
        inside = QWidget()
        form = QFormLayout(inside)
        form.setContentsMargins(SPACE * 2, SPACE * 2, SPACE, SPACE * 2)
        form.setSpacing(SPACE)
        for title, name in CHOICES:
            box = self.boxes[name]
            box.setMinimumWidth(220)
            box.setAccessibleName(title)
            box.activated.connect(self._take)
            form.addRow(title, box)
        form.addRow("From", self.since)
        form.addRow("Until", self.until)
        form.addRow("", clear)
        self._form = scrolled(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(self._form)
        for field in (self.since, self.until):
            field.editingFinished.connect(self._take)

    def open_below(self, button: QWidget) -> None:
        """Show the panel under a button."""
        self.show_facets({})
        corner = button.mapToGlobal(QPoint(0, button.height() + 2))
        screen = button.screen().availableGeometry()
        size = self.sizeHint().boundedTo(QSize(screen.width(), screen.bottom() - corner.y()))
        self.resize(size)
        self.move(min(corner.x(), screen.right() - size.width()), corner.y())
        self.show()

    def show_facets(self, facets: Facets) -> None:
        """Offer what is in the archive, with the pages each choice would leave."""
        for name, box in self.boxes.items():
            counts = dict(facets.get(name, ()))
            known = list(counts) if facets else self._known(name)
            self._offer(box, name, [value for value in known if value], counts)

    def clear(self) -> None:
        """Take every filter away."""
        self.since.clear()
        self.until.clear()
        for box in self.boxes.values():
            box.setCurrentIndex(0)
        self._take()

    def _known(self, name: str) -> list[str]:
        """Return what a filter can be set to, before anything is counted."""
        if name in YES_NO:
            return ["yes", "no"]
        if name == "entity":
            entities = self._session.catalog.entities.values()
            return [entity.id for entity in entities if entity.passage_count]
        read: Mapping[str, Callable[..., str | None]] = {
            "collection": lambda document: document.collection,
            "language": lambda document: document.language,
            "year": lambda document: (document.issued or "")[:4],
            "publisher": lambda document: document.publisher,
            "kind": lambda document: document.media_type,
        }
        found = {read[name](document) for document in self._session.catalog.documents.values()}
        return sorted(value for value in found if value)

    def _offer(
        self, box: QComboBox, name: str, values: Sequence[str], counts: Mapping[str, int]
    ) -> None:
        chosen = getattr(self.filters, name)
        box.clear()
        box.addItem("Any", None)
        for value in values:
            number = counts.get(value)
            label = self._label(name, value)
            box.addItem(label if number is None else f"{label}  ({number:,})", _value(name, value))
        place = box.findData(chosen) if chosen is not None else 0
        if place < 0:
            box.addItem(self._label(name, str(chosen)), chosen)
            place = box.count() - 1
        box.setCurrentIndex(place)

    def _label(self, name: str, value: str) -> str:
        if name in YES_NO:
            return "With" if value in ("yes", "True") else "Without"
        if name == "entity":
            value = self._session.catalog.entity_name(value) or value
        if name == "language":
            value = language_name(value)
        if name == "kind":
            value = KINDS.get(value, value)
        return value if len(value) <= LONGEST else value[: LONGEST - 1].rstrip() + "…"

    def _take(self) -> None:
        chosen = {name: box.currentData() for name, box in self.boxes.items()}
        filters = Filters(
            **chosen,
            since=self.since.text().strip() or None,
            until=self.until.text().strip() or None,
        )
        if filters != self.filters:
            self.filters = filters
            self.changed.emit(filters)


def _value(name: str, value: str) -> str | bool:
    return value == "yes" if name in YES_NO else value
