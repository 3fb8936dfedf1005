"""Which entities are called something else in a bundle, and what."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTableWidget, QTableWidgetItem, QWidget

from app.session import Session
from app.theme import KIND_SYMBOLS
from app.views.dialogs.action_dialog import ActionDialog, words
from app.widgets.tables import dress


class PseudonymsDialog(ActionDialog):
    """A table of the entity list with a column to write in; `given` carries {id: name}."""

    given = Signal(object)

    def __init__(
        self, session: Session, pseudonyms: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__("Replace names", "Use these", parent)
        self.field = QLineEdit(clearButtonEnabled=True)
        self.field.setPlaceholderText("Find an entity")
        self.field.setAccessibleName("Find an entity")
        self.field.textChanged.connect(self._narrow)
        self.table = QTableWidget(0, 2)
        self.table.setAccessibleName("Entities and their pseudonyms")
        self.table.setHorizontalHeaderLabels(["Entity", "In the bundle called"])
        dress(self.table)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        entities = sorted(
            session.catalog.entities.values(),
            key=lambda entity: (entity.id not in pseudonyms, entity.name.casefold()),
        )
        self.table.setRowCount(len(entities))
        for row, entity in enumerate(entities):
            name = QTableWidgetItem(f"{KIND_SYMBOLS.get(entity.kind, '')} {entity.name}")
            name.setFlags(Qt.ItemFlag.ItemIsEnabled)
            name.setData(Qt.ItemDataRole.UserRole, entity.id)
            self.table.setItem(row, 0, name)
            self.table.setItem(row, 1, QTableWidgetItem(pseudonyms.get(entity.id, "")))
        if entities:
            self.table.setCurrentCell(0, 1)
        self.body.addWidget(
            words(
                "Every name, alias and spelling of these entities is replaced in every file of"
                " the bundle; documents that cannot be treated are left out and listed.",
                dim=True,
            )
        )
        self.body.addWidget(self.field)
        self.body.addWidget(self.table, 1)
        self.resize(520, 460)

    def pseudonyms(self) -> dict[str, str]:
        """Return what was written, by entity id."""
        found = {}
        for row in range(self.table.rowCount()):
            name, shown = self.table.item(row, 0), self.table.item(row, 1)
            if name is not None and shown is not None and shown.text().strip():
                found[str(name.data(Qt.ItemDataRole.UserRole))] = shown.text().strip()
        return found

    def act(self) -> None:
        """Give the pseudonyms back."""
        self.given.emit(self.pseudonyms())
        self.accept()

    def _narrow(self, typed: str) -> None:
        for row in range(self.table.rowCount()):
            name = self.table.item(row, 0)
            hidden = name is not None and typed.casefold() not in name.text().casefold()
            self.table.setRowHidden(row, hidden)
