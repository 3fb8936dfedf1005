"""Chooses a citation style: one of the usual, any that is known, or one from a file."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QFileDialog, QWidget

STYLES = (
    ("chicago-notes-bibliography", "Chicago, notes"),
    ("chicago-author-date", "Chicago, author and date"),
    ("chicago-notes-bibliography-subsequent-ibid", "Chicago, notes with ibid."),
    ("oscola", "OSCOLA, law"),
    ("apa", "APA"),
    ("modern-language-association", "MLA"),
    ("harvard-cite-them-right", "Harvard"),
    ("ieee", "IEEE"),
    ("gost-r-7-0-5-2008", "GOST R 7.0.5-2008"),
)
FROM_FILE = "from a file"


class StyleBox(QComboBox):
    """Chooses a citation style: the usual ones, or any other by typing its name."""

    chosen = Signal(str)

    def __init__(self, style: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName("Citation style")
        self.setToolTip("The citation style; type to find any of those that are known")
        for name, label in STYLES:
            self.addItem(label, name)
        self.insertSeparator(self.count())
        self.addItem("A style from a .csl file…", FROM_FILE)
        self.setMinimumContentsLength(20)
        self._style = style
        self.show_style(style)
        self.activated.connect(self._take)
        field = self.lineEdit()
        if field is not None:
            field.editingFinished.connect(lambda: self.chosen.emit(self.style_name()))

    def offer(self, names: tuple[str, ...]) -> None:
        """Let every style be found by typing a part of its name."""
        completer = QCompleter([*names], self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)

    def show_style(self, style: str) -> None:
        """Show a style as the chosen one."""
        self._style = style
        number = self.findData(style)
        if number >= 0:
            self.setCurrentIndex(number)
        else:
            self.setEditText(style)

    def style_name(self) -> str:
        """Return the name of the chosen style."""
        typed = self.currentText().strip()
        number = self.findText(typed)
        return str(self.itemData(number)) if number >= 0 else typed

    def _take(self, number: int) -> None:
        if self.itemData(number) == FROM_FILE:
            start = str(Path(self._style).parent) if self._style.endswith(".csl") else ""
            what = "Citation styles (*.csl);;All files (*)"
            name, _ = QFileDialog.getOpenFileName(self, "Choose a citation style", start, what)
            self.show_style(name or self._style)
            if not name:
                return
        self._style = self.style_name()
        self.chosen.emit(self._style)
