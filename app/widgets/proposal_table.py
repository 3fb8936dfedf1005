"""The table of the review queue: keys decide, and signs that can be clicked."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.models.mentions_model import ProposalColumn
from app.theme import Theme
from app.widgets.proposal_delegate import ProposalDelegate


class ProposalTable(QTableView):
    """A table whose keys decide; the signs at the end of a row can be clicked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys: dict[int, Callable[[], object]] = {}
        self.signed: Callable[[bool], object] = lambda accepted: None
        self.delegate = ProposalDelegate(theme, self)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName("Proposals")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.fit()

    def fit(self) -> None:
        """Take the height of rows from the text size."""
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.delegate.height())

    def lay_out_columns(self) -> None:
        """Give the context what the other columns leave."""
        header = self.horizontalHeader()
        header.setSectionResizeMode(ProposalColumn.CONTEXT, QHeaderView.ResizeMode.Stretch)
        width = max(self.viewport().width(), 320)
        self.setColumnWidth(ProposalColumn.FOUND, min(max(width * 26 // 100, 110), 240))
        self.setColumnWidth(ProposalColumn.WHY, min(max(width * 28 // 100, 120), 250))

    def event(self, event: QEvent) -> bool:
        """Claim the keys that decide."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in self.keys
            and not _modified(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self.lay_out_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide, or move."""
        act = self.keys.get(event.key()) if not _modified(event) else None
        if act is not None:
            act()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take clicks on the signs."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.column() == ProposalColumn.WHY and event.button() == Qt.MouseButton.LeftButton:
            point = event.position().toPoint()
            for sign, accepted in zip(
                self.delegate.signs(self.visualRect(index)), (True, False), strict=True
            ):
                if sign.contains(point):
                    self.signed(accepted)


def _modified(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
