"""How tables and scrolled forms look in dialogs."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QScrollArea,
    QTableView,
    QWidget,
)

from app.theme import ROW


def dress(table: QTableView) -> None:
    """Give a table rows of the window's measure, no grid, and Tab that leaves it."""
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setStyleSheet("QTableView::item { padding: 0 8px; }")
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(ROW)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def scrolled(inside: QWidget) -> QScrollArea:
    """Return a form that scrolls where the screen is small, on the dialog's own ground."""
    scroll = QScrollArea(widgetResizable=True)
    scroll.setObjectName("scrolled")
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inside.setObjectName("scrolled_inside")
    scroll.setStyleSheet("#scrolled, #scrolled_inside { background: transparent; }")
    scroll.viewport().setAutoFillBackground(False)
    scroll.setWidget(inside)
    inside.setAutoFillBackground(False)
    return scroll
