"""Says what became of an import: what failed and why, what was here already, what is missing."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.models.import_results import ImportResultsModel, ResultColumn, summary, worth_telling
from app.session import Session, Target
from app.theme import SPACE
from app.views.dialogs.action_dialog import words
from app.views.dialogs.locked_files import PasswordButton
from app.views.dialogs.version_offers import VersionOffers
from app.widgets.fitting_dialog import FittingDialog
from app.widgets.tables import dress
from index.model import ImportResult, ImportStatus


class ImportReport(FittingDialog):
    """A table of the files that need a look, with a second try for those that failed."""

    def __init__(
        self,
        session: Session,
        results: Sequence[ImportResult],
        again: Callable[[list[Path]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("What was imported")
        self._session = session
        self._results = results
        self._again = again
        self._failed = [r.path for r in results if r.status is ImportStatus.FAILED]
        self.model = ImportResultsModel()
        self.model.show(worth_telling(results))
        self.table = QTableView()
        self.table.setAccessibleName("Files that need a look")
        self.summary = words(summary(results))
        self.summary.setProperty("strong", True)
        self.again = QPushButton("Try again…")
        if not self._failed:
            self.again.hide()
        self.again.clicked.connect(self._try_again)
        self.close_button = QPushButton("Close")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.close)
        self._lay_out()
        self.resize(760, 480)

    def _lay_out(self) -> None:
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        dress(self.table)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(ResultColumn.REASON, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(ResultColumn.FILE, 240)
        self.table.setColumnWidth(ResultColumn.STATUS, 140)
        self.table.activated.connect(lambda index: self._open(self.model.row_at(index)))
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        row = QHBoxLayout()
        row.addWidget(self.again)
        row.addWidget(PasswordButton(self._session, self._results, self._unlocked))
        row.addStretch(1)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        column.setSpacing(SPACE * 3 // 2)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        self.table.setVisible(bool(self.model.rowCount()))
        column.addWidget(VersionOffers(self._session, self._results), 1)
        if self._failed:
            column.addWidget(words("The rest of the import went on.", dim=True))
        column.addLayout(row)

    def _unlocked(self, results: list[ImportResult]) -> None:
        self._session.notice.emit(summary(results))
        self.close()

    def _try_again(self) -> None:
        self.close()
        self._again(self._failed)

    def _open(self, result: ImportResult | None) -> None:
        if result is not None and result.document:
            page = result.unsearchable_pages[0] if result.unsearchable_pages else None
            self._session.open(Target(result.document, page))
            self.close()
