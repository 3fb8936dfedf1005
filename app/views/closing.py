"""The question before a window closes on work that is under way."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def ask(window: QWidget, label: str, close: Callable[[], object]) -> QMessageBox:
    """Ask whether the work with this label is to be stopped; call `close` if it is."""
    box = QMessageBox(QMessageBox.Icon.Question, "Muniment", "", parent=window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"{label} is not finished. Stop it and close?")
    box.setInformativeText("What is finished stays as it is; the rest is not done.")
    stop = box.addButton("Stop and close", QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton("Go on", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    stop.clicked.connect(close)
    box.open()
    return box
