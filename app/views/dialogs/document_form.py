"""The form for a document's citation data, with where each value came from."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.operations import documents
from app.session import Session
from app.views.dialogs.action_dialog import ActionDialog, form, words
from app.widgets.tables import scrolled
from index.model import Document

UNSURE = 0.7  # below it a value is offered for a look
FIELDS = (
    ("title", "Title", ""),
    ("author", "Authors", "Family, Given; an organisation as it is; parted by ;"),
    ("issued", "Date", "2016, 2016-05 or 2016-05-21"),
    ("publisher", "Publisher", ""),
    ("publisher-place", "Place", ""),
    ("container-title", "Part of", "the book, journal or site it appeared in"),
    ("collection-title", "Series", ""),
    ("number", "Number", ""),
    ("language", "Language", "en, ru, kk"),
    ("URL", "Address", "where it was published"),
    ("DOI", "DOI", ""),
    ("ISBN", "ISBN", ""),
)
TYPES = (
    ("report", "Report"),
    ("document", "Document"),
    ("article-newspaper", "Newspaper article"),
    ("article-journal", "Journal article"),
    ("article-magazine", "Magazine article"),
    ("chapter", "Chapter or essay in a book"),
    ("book", "Book"),
    ("webpage", "Web page"),
    ("post-weblog", "Blog post"),
    ("legislation", "Law"),
    ("bill", "Bill"),
    ("regulation", "Regulation"),
    ("treaty", "Treaty"),
    ("legal_case", "Court decision"),
    ("hearing", "Hearing"),
    ("interview", "Interview"),
    ("personal_communication", "Letter or message"),
    ("pamphlet", "Leaflet or briefing"),
    ("thesis", "Thesis"),
)


class DocumentForm(ActionDialog):
    """Corrects one document; only what was changed is written."""

    def __init__(self, session: Session, document: Document, parent: QWidget | None = None) -> None:
        super().__init__("Citation data", "Keep", parent)
        self._session = session
        self._document = document
        self._old = {name: value_of(document.csl, name) for name, _, _ in FIELDS}
        self.fields = {name: QLineEdit(self._old[name]) for name, _, _ in FIELDS}
        self.kind = QComboBox()
        self.collection = QComboBox(editable=True)
        self._hints: dict[str, QLabel] = {}
        self._fill()
        self._lay_out()
        self.resize(600, 640)
        session.jobs.run(
            lambda progress: session.library.origins(document.id),
            done=self._show_origins,
            owner=self,
        )

    def changed(self) -> dict[str, str]:
        """Return the fields that differ from what is kept."""
        found = {
            name: field.text().strip()
            for name, field in self.fields.items()
            if field.text().strip() != self._old[name]
        }
        if self.kind.currentData() != self._document.csl.get("type", "document"):
            found["type"] = self.kind.currentData()
        collection = self.collection.currentText().strip()
        if collection != (self._document.collection or ""):
            found["collection"] = collection
        return found

    def act(self) -> None:
        """Keep what was changed."""
        fields = self.changed()
        if not fields:
            self.accept()
            return
        self.wait()
        documents.describe(
            session=self._session,
            document=self._document.id,
            fields=fields,
            done=lambda changes: self.accept(),
            failed=self.explain,
        )

    def _fill(self) -> None:
        for value, label in TYPES:
            self.kind.addItem(label, value)
        kind = self._document.csl.get("type", "document")
        if self.kind.findData(kind) < 0:
            self.kind.addItem(kind.replace("-", " ").replace("_", " ").capitalize(), kind)
        self.kind.setCurrentIndex(self.kind.findData(kind))
        known = {d.collection for d in self._session.catalog.documents.values() if d.collection}
        self.collection.addItem("")
        self.collection.addItems(sorted(known))
        self.collection.setCurrentText(self._document.collection or "")

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = form()
        inside.setLayout(rows)
        for name, label, hint in FIELDS:
            self.fields[name].setPlaceholderText(hint)
            self.fields[name].setAccessibleName(label)
            self.fields[name].setCursorPosition(0)
            rows.addRow(label, self._with_hint(name))
            if name == "issued":
                rows.addRow("Kind", self.kind)
        rows.addRow("Collection", self.collection)
        self.body.addWidget(words(f"File {self._document.file_name}", dim=True))
        self.body.addWidget(scrolled(inside), 1)

    def _with_hint(self, name: str) -> QWidget:
        hint = QLabel(textFormat=Qt.TextFormat.PlainText)
        hint.setProperty("small", True)
        hint.hide()
        self._hints[name] = hint
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.fields[name])
        column.addWidget(hint)
        return box

    def _show_origins(self, origins: Mapping[str, tuple[str, float]]) -> None:
        for name, (source, sure) in origins.items():
            hint = self._hints.get(name)
            if hint is None or not self._old.get(name):
                continue
            text = f"from {source}" if source else ""
            hint.setText(f"{text}; please check" if sure < UNSURE else text)
            hint.setProperty("warning" if sure < UNSURE else "dim", True)
            hint.style().polish(hint)
            hint.setVisible(bool(source))


def value_of(csl: Mapping[str, Any], field: str) -> str:
    """Return a field of a CSL item as people write it, and as `describe` takes it."""
    value = csl.get(field)
    if field == "author":
        return "; ".join(_name(author) for author in value or ())
    if field == "issued":
        parts = ((value or {}).get("date-parts") or [[]])[0]
        return "-".join(f"{int(p):04d}" if not n else f"{int(p):02d}" for n, p in enumerate(parts))
    return "" if value is None else str(value)


def _name(author: Mapping[str, Any]) -> str:
    if author.get("literal"):
        return str(author["literal"])
    family, given = author.get("family", ""), author.get("given", "")
    return f"{family}, {given}" if given else f"{family},"
