"""What is shown when the program itself failed: a sentence, and details to copy."""

import platform

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.theme import SPACE
from app.widgets.fitting_dialog import FittingDialog


class CrashDialog(FittingDialog):
    """Names the failure and lets the user copy its details; nothing is sent anywhere."""

    def __init__(self, error: BaseException, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        sentence = QLabel(
            "Muniment met an error of its own. Your archive is kept as it was; "
            "you can go on working, and the details below help whoever mends it.",
            wordWrap=True,
        )
        self.details = QPlainTextEdit(
            f"{type(error).__name__}: {error}\n\n{details}\n{platform.platform()}, "
            f"Python {platform.python_version()}",
            readOnly=True,
        )
        self.details.setAccessibleName("Details")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy details", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self.details.toPlainText())
        )
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        column.setSpacing(SPACE)
        column.addWidget(sentence)
        column.addWidget(self.details, 1)
        column.addWidget(buttons)
        self.resize(640, 400)
