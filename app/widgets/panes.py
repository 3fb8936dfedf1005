"""Panes side by side: their boxes, and widths that are as the user left them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Pane:
    """A widget of an activity, how narrow it may get, and how wide it begins."""

    widget: QWidget
    least: int
    width: int


class KeptPanes(QSplitter):
    """Panes whose widths the settings keep under a name; one of them takes what is left."""

    def __init__(
        self, settings: Settings, name: str, panes: Sequence[Pane], growing: int = 1
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, handleWidth=1, childrenCollapsible=False)
        for pane in panes:
            pane.widget.setMinimumWidth(pane.least)
            self.addWidget(pane.widget)
        self.setStretchFactor(growing, 1)
        self.setSizes([pane.width for pane in panes])
        state = settings.state(name)
        if state is not None:
            self.restoreState(state)
        self.splitterMoved.connect(lambda *_: settings.keep_state(name, self.saveState()))


def stacked(*widgets: QWidget, growing: int = -1) -> QWidget:
    """Return a pane of widgets one above the other without gaps; one takes the room there is."""
    box = QWidget()
    box.setProperty("pane", True)
    box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, 1 if widget is widgets[growing] else 0)
    return box
