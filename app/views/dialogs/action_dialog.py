"""The base of the dialogs that do something: a form, a sentence for what is wrong, two buttons."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.theme import SPACE
from app.widgets.fitting_dialog import FittingDialog
from index.errors import MunimentError


class ActionDialog(FittingDialog):
    """A subclass fills `body` and says in `act` what the button does.

    The dialog stays open until the work is done, so that nothing typed is lost
    when it fails; `explain` shows why.
    """

    def __init__(self, title: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE)
        self.error = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.error.setProperty("warning", True)
        self.error.hide()
        self.verb = QPushButton(verb)
        self.verb.setProperty("primary", True)
        self.verb.setDefault(True)
        self.verb.clicked.connect(self.act)
        self.cancel = QPushButton("Cancel")
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self.row = QHBoxLayout()
        self.row.setSpacing(SPACE)
        self.row.addStretch(1)
        self.row.addWidget(self.cancel)
        self.row.addWidget(self.verb)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        column.setSpacing(SPACE * 3 // 2)
        column.addLayout(self.body, 1)
        column.addWidget(self.error)
        column.addLayout(self.row)

    def act(self) -> None:
        """Do what the dialog is for."""
        self.accept()

    def wait(self) -> None:
        """Let nothing be pressed twice while the work is under way."""
        self.error.hide()
        self.verb.setEnabled(False)

    def explain(self, error: Exception) -> None:
        """Show why the work failed, and let the user try again."""
        self.verb.setEnabled(True)
        if isinstance(error, MunimentError):
            self.say(str(error))

    def say(self, sentence: str) -> None:
        """Show a sentence above the buttons."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is cancelling."""
        self.reject()
        super().closeEvent(event)


def form() -> QFormLayout:
    """Return an empty form in the window's measure."""
    layout = QFormLayout()
    layout.setHorizontalSpacing(SPACE * 2)
    layout.setVerticalSpacing(SPACE)
    layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    layout.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    return layout


def words(text: str, *, dim: bool = False, title: bool = False, heading: bool = False) -> QLabel:
    """Return a label of plain words that wraps and can be selected."""
    label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setMinimumWidth(1)
    for name, wanted in (("dim", dim), ("title", title), ("heading", heading)):
        if wanted:
            label.setProperty(name, True)
    return label


def row_of(widgets: Iterable[QWidget], *, stretch: bool = True) -> QHBoxLayout:
    """Return widgets in a row, the free room at its end."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE)
    for widget in widgets:
        row.addWidget(widget)
    if stretch:
        row.addStretch(1)
    return row
