"""The outline of a document: its headings, or its pages when it has none."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from index.model import Page, Section

PLACE = Qt.ItemDataRole.UserRole


class OutlinePane(QTreeWidget):
    """A tree of headings; `chosen` carries the index of a page."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setProperty("roomy", True)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setAccessibleName("Outline")
        self.setColumnCount(2)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, self.header().ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, self.header().ResizeMode.ResizeToContents)
        self.itemActivated.connect(self._choose)
        self.itemClicked.connect(self._choose)

    def show_outline(self, sections: Sequence[Section], pages: Sequence[Page]) -> None:
        """Show headings, or the pages themselves when there are none."""
        self.clear()
        top: list[QTreeWidgetItem] = []
        open_items: list[tuple[int, QTreeWidgetItem]] = []
        for section in sections or [Section(1, f"Page {p.number}", p.index) for p in pages]:
            label = pages[section.page].label if 0 <= section.page < len(pages) else ""
            item = QTreeWidgetItem([section.title, label])
            item.setData(0, PLACE, section.page)
            item.setToolTip(0, section.title)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
            while open_items and open_items[-1][0] >= section.level:
                open_items.pop()
            if open_items:
                open_items[-1][1].addChild(item)
            else:
                top.append(item)
            open_items.append((section.level, item))
        self.addTopLevelItems(top)
        self.expandToDepth(1)

    def _choose(self, item: QTreeWidgetItem) -> None:
        self.chosen.emit(int(item.data(0, PLACE)))
