"""Says what the pages of a document are called: as found on them, or by rules."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.operations import labels
from app.session import Session
from app.theme import SPACE
from app.views.dialogs.action_dialog import ActionDialog, row_of, words
from app.widgets.tables import dress
from index import labelling
from index.errors import BadInput
from index.labelling import Digits, Offered, Rule
from index.model import Document, Page


class RuleRow(QWidget):
    """One rule: from which page on, in which digits, beginning with which number."""

    def __init__(self, rule: Rule, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = QSpinBox(minimum=1, maximum=max(count, 1), value=rule.first)
        self.first.setAccessibleName("From which page of the file on")
        self.digits = QComboBox()
        self.digits.setAccessibleName("Digits")
        for digits in Digits:
            self.digits.addItem(digits.value, digits)
        self.digits.setCurrentIndex(self.digits.findData(rule.digits))
        self.number = QSpinBox(minimum=1, maximum=99_999, value=rule.number)
        self.number.setAccessibleName("Beginning with which number")
        self.remove = QPushButton("Remove")
        self.remove.setProperty("link", True)
        self.remove.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        parts = (
            QLabel("From page"),
            self.first,
            QLabel("of the file on:"),
            self.digits,
            QLabel("from"),
            self.number,
        )
        for part in parts:
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.remove)

    def rule(self) -> Rule:
        """Return the rule as it is set."""
        return Rule(self.first.value(), self.number.value(), Digits(self.digits.currentData()))


class LabelsDialog(ActionDialog):
    """Rules above, and what they make of every page below, before anything is changed."""

    def __init__(self, session: Session, document: Document, parent: QWidget | None = None) -> None:
        super().__init__("Page labels", "Use these", parent)
        self._session, self._document = session, document
        self._now: list[str] = []
        self.rules: list[RuleRow] = []
        title = words(document.title)
        title.setProperty("strong", True)
        self.found = words("", dim=True)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(SPACE // 2)
        self.another = QPushButton("Add a rule")
        self.another.setAutoDefault(False)
        self.another.clicked.connect(self.add_rule)
        self.table = QTableWidget(0, 3)
        self.table.setAccessibleName("What the pages will be called")
        self.table.setHorizontalHeaderLabels(["Page of the file", "Called now", "Will be called"])
        dress(self.table)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.body.addWidget(title)
        self.body.addWidget(self.found)
        self.body.addLayout(self.rows)
        self.body.addLayout(row_of((self.another,)))
        self.body.addWidget(self.table, 1)
        self.verb.setEnabled(False)
        self.resize(560, 520)
        session.jobs.run(
            lambda progress: (
                session.library.pages(document.id),
                labelling.offered(session.library, document.id),
            ),
            done=self._take,
            owner=self,
        )

    def labels(self) -> list[str]:
        """Return what the rules call the pages; raise `BadInput` when they contradict."""
        return labelling.of_rules(len(self._now), [row.rule() for row in self.rules])

    def add_rule(self) -> None:
        """Add a rule after the last one."""
        last = max((row.rule().first for row in self.rules), default=0)
        self._add(Rule(min(last + 1, max(len(self._now), 1))))
        self._preview()

    def act(self) -> None:
        """Use the labels that are shown."""
        try:
            new = self.labels()
        except BadInput as error:
            self.say(str(error))
            return
        self.wait()
        labels.apply(
            session=self._session,
            document=self._document.id,
            labels=new,
            done=lambda changes: self.accept(),
            failed=self.explain,
        )

    def _take(self, found: tuple[list[Page], Offered | None]) -> None:
        pages, offer = found
        self._now = [page.label for page in pages]
        if offer is not None:
            seen = f"{offer.agreeing} pages bear a number that fits the labels below."
            self.found.setText(f"{seen} Look at them and confirm, or change the rules.")
        else:
            self.found.setText(
                "Pages that no rule speaks of are called by their place in the file."
            )
        for rule in labelling.rules_of(offer.labels if offer is not None else self._now) or ():
            self._add(rule)
        if not self.rules:
            self._add(Rule(1))
        self._preview()

    def _add(self, rule: Rule) -> None:
        row = RuleRow(rule, len(self._now))
        self.rules.append(row)
        self.rows.addWidget(row)
        for box in (row.first, row.number):
            box.valueChanged.connect(lambda value: self._preview())
        row.digits.currentIndexChanged.connect(lambda index: self._preview())
        row.remove.clicked.connect(lambda: self._remove(row))

    def _remove(self, row: RuleRow) -> None:
        self.rules.remove(row)
        row.deleteLater()
        self._preview()

    def _preview(self) -> None:
        try:
            new: Sequence[str] = self.labels()
            self.say("")
        except BadInput as error:
            self.say(str(error))
            new = ()
        self.verb.setEnabled(bool(new) and list(new) != self._now)
        self.table.setRowCount(len(new))
        for number, cells in enumerate(zip(self._now, new, strict=False)):
            for column, text in enumerate((str(number + 1), *cells)):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.table.setItem(number, column, item)
