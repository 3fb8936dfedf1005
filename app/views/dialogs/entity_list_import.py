"""Takes a list of entities in: which column holds what, and what became of every line."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QListWidget,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.models.faces import plural
from app.operations import entities
from app.session import Session
from app.views.dialogs.action_dialog import ActionDialog, form, words
from app.widgets.tables import dress
from index.entities.preview import ListPreview, preview_table
from index.model import ENTITY_KINDS, EntityImport

TABLES = (".csv", ".tsv", ".tab")
FIELDS = (
    ("name", "Name", True),
    ("kind", "Kind", True),
    ("aliases", "Also called", False),
    ("weak", "Uncertain names", False),
    ("description", "Description", False),
    ("color", "Colour", False),
    ("parent", "Broader theme", False),
)
FILTER = "Entity lists (*.csv *.tsv *.json *.jsonl *.ndjson *.ijson *.qdc *.txt);;All files (*)"
SHOWN = 6  # rows of the preview


class EntityListImport(ActionDialog):
    """Maps the columns of a table; the mapping is kept for the next list with the same headers."""

    def __init__(self, session: Session, path: Path, parent: QWidget | None = None) -> None:
        super().__init__("Import an entity list", "Import", parent)
        self._session = session
        self._path = path
        self._preview: ListPreview | None = None
        self.boxes: dict[str, QComboBox] = {}
        self.told = words(f"File {path.name}", dim=True)
        self.table = QTableWidget()
        self.table.setAccessibleName("First lines of the file")
        self.table.hide()
        self.problems = QListWidget()
        self.problems.setAccessibleName("Lines that were left out")
        self.problems.hide()
        self.rows = form()
        self.body.addWidget(self.told)
        self.body.addLayout(self.rows)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.problems, 1)
        self.resize(620, 600)
        if path.suffix.lower() in TABLES:
            self.verb.setEnabled(False)
            session.jobs.run(
                lambda progress: preview_table(path),
                done=self._show_preview,
                failed=self.explain,
                owner=self,
            )
        else:
            self.body.addStretch(1)

    def mapping(self) -> dict[str, str] | None:
        """Return field -> header, or `=Kind` where every line is of one kind."""
        if self._preview is None:
            return None
        return {name: box.currentData() for name, box in self.boxes.items() if box.currentData()}

    def act(self) -> None:
        """Take the list in and say what became of it."""
        mapping = self.mapping()
        if mapping is not None and not {"name", "kind"} <= set(mapping):
            self.say("Say which column holds the name, and which the kind.")
            return
        self.wait()
        if mapping is not None:
            self._session.settings.keep_texts(
                self._kept_under(), [f"{name}={header}" for name, header in mapping.items()]
            )
        entities.import_list(
            session=self._session,
            path=self._path,
            mapping=mapping,
            done=self._show_outcome,
            failed=self.explain,
        )

    def _show_preview(self, preview: ListPreview) -> None:
        self._preview = preview
        kept = dict(
            text.partition("=")[::2] for text in self._session.settings.texts(self._kept_under())
        )
        guess = {**preview.mapping, **kept}
        for name, label, needed in FIELDS:
            box = QComboBox()
            box.addItem("choose a column" if needed else "not in the file", "")
            for header in preview.headers:
                box.addItem(header, header)
            if name == "kind":
                for kind in ENTITY_KINDS:
                    box.addItem(f"every line is of the kind {kind}", f"={kind}")
            box.setCurrentIndex(max(box.findData(guess.get(name, "")), 0))
            self.rows.addRow(label, box)
            self.boxes[name] = box
        self._show_rows(preview.headers, preview.rows)
        self.verb.setEnabled(True)
        self.verb.setFocus()

    def _show_rows(self, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.table.setColumnCount(len(headers))
        self.table.setHorizontalHeaderLabels(list(headers))
        self.table.setRowCount(min(len(rows), SHOWN))
        dress(self.table)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        for number, row in enumerate(rows[:SHOWN]):
            for column, cell in enumerate(row[: len(headers)]):
                self.table.setItem(number, column, QTableWidgetItem(cell[:200]))
        self.table.resizeColumnsToContents()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.show()

    def _show_outcome(self, outcome: EntityImport) -> None:
        added, updated = plural(outcome.added, "entity", "entities"), outcome.updated
        sentence = f"{added} added, {updated:,} brought up to date."
        self._session.notice.emit(sentence)
        if not outcome.problems:
            self.accept()
            return
        count = plural(len(outcome.problems), "line was", "lines were")
        self.told.setText(f"{sentence} {count} left out:")
        for widget in (*self.boxes.values(),):
            self.rows.setRowVisible(widget, False)
        self.table.hide()
        self.problems.addItems(list(outcome.problems))
        self.problems.show()
        self.verb.hide()
        self.cancel.setText("Close")
        close: QPushButton = self.cancel
        close.setFocus()

    def _kept_under(self) -> str:
        headers = self._preview.headers if self._preview is not None else ()
        return "lists/" + "|".join(headers).replace("/", " ").replace("\\", " ")[:120]
