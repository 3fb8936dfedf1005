"""The chips under the search field: what a query was widened to, each to be switched off."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.theme import Theme
from app.widgets.chip import Chip
from app.widgets.flow_layout import FlowLayout
from index.model import Expansion

MOST_NAMES, MOST_OTHERS = 12, 5
FORMS = 3  # other words shown in a chip; the tooltip has them all


class ExpansionChips(QWidget):
    """Shows expansions; `switched` carries everything that is off now."""

    switched = Signal(object)  # tuple[str, ...] for SearchRequest.without

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._flow = FlowLayout(self)
        self._off: dict[str, Expansion] = {}

    def forget(self) -> None:
        """Switch everything on again, for another query."""
        self._off = {}

    def show_expansions(self, widened: Sequence[Expansion], query: str) -> None:
        """Show what took part, and what is switched off.

        Names of entities come first; of the rest only what widens a word of the query itself.
        """
        self._flow.clear()
        every = {(e.word, e.switch): e for e in (*self._off.values(), *widened)}
        names = [e for e in every.values() if _alias(e)]
        typed = query.casefold()
        others = [e for e in every.values() if not _alias(e) and e.word.casefold() in typed]
        for expansion in (*names[:MOST_NAMES], *others[:MOST_OTHERS]):
            self._flow.addWidget(self._chip(expansion))
        self.setVisible(bool(names or others))

    def _chip(self, expansion: Expansion) -> Chip:
        on = expansion.switch not in self._off
        chip = Chip(_words(expansion), self._theme, tick=on, faint=not on or not _alias(expansion))
        state = "searched too; click to leave it out" if on else "left out; click to search it too"
        chip.setToolTip(f"{', '.join(expansion.forms)}\n{state}")
        chip.clicked.connect(lambda: self._switch(expansion))
        return chip

    def _switch(self, expansion: Expansion) -> None:
        if expansion.switch in self._off:
            del self._off[expansion.switch]
        else:
            self._off[expansion.switch] = expansion
        self.switched.emit(tuple(self._off))


def _alias(expansion: Expansion) -> bool:
    return expansion.kind == "alias"


def _words(expansion: Expansion) -> str:
    if _alias(expansion):
        return ", ".join(expansion.forms)
    forms = ", ".join(expansion.forms[:FORMS])
    more = ", …" if len(expansion.forms) > FORMS else ""
    return f"{expansion.word} → {forms}{more}"
