"""How tables and scrolled forms look in dialogs."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QScrollArea,
    QStyle,
    QTableView,
    QWidget,
)

from app.theme import ROW, SPACE


def dress(table: QTableView) -> None:
    """Give a table rows of the window's measure, no grid, and Tab that leaves it."""
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    # Qt itself puts 3 pixels beside the words of a cell, and none beside those of a heading.
    table.setStyleSheet("QTableView::item { padding: 4px 5px; }")
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(max(ROW, table.fontMetrics().height() + 2 * SPACE))
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class Scrolled(QScrollArea):
    """Scrolls a form up and down; it is as wide as the form, and as tall where there is room."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__(widgetResizable=True)
        self._inside = inside
        self.setObjectName("scrolled")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have the keyboard, and scroll it
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.setObjectName("scrolled_inside")
        self.setStyleSheet("#scrolled, #scrolled_inside { background: transparent; }")
        self.viewport().setAutoFillBackground(False)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """Return the size of the whole form."""
        return self._inside.sizeHint() + QSize(self._bar(), 0)

    def minimumSizeHint(self) -> QSize:
        """Never cut the form at its side."""
        return QSize(self._inside.minimumSizeHint().width() + self._bar(), 2 * ROW)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take another size when the form does."""
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _bar(self) -> int:
        return self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)


def scrolled(inside: QWidget) -> Scrolled:
    """Return a form that scrolls where the screen is small, on the dialog's own ground."""
    return Scrolled(inside)
