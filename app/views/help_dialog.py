"""Help: how the job goes, the query language, and every key."""

from collections.abc import Iterable
from html import escape

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from app.commands import Commands
from app.theme import SPACE, Theme
from app.widgets.fitting_dialog import FittingDialog

STEPS = (
    "<b>Import</b> reports with Ctrl+O, or drop files and folders on the window.",
    "<b>Search</b> with Ctrl+F. Results appear as you type; Enter goes to the first one.",
    "<b>Select</b> words in the reader, and name what they are about in the box beside them.",
    "<b>Review</b> names that Muniment found by itself under Entities.",
    "<b>Export</b> the passages with their citations as a bundle with Ctrl+E.",
)
QUERIES = (
    ("land protest", "pages with both words, in any form"),
    ("“land reform”", "exactly these words"),
    ("protest OR rally", "either word"),
    ("protest NOT Astana", "without a word"),
    ("protest*, colo?r", "any ending, any letter"),
    ("Masimov~", "similar spellings"),
    ("“arrest activist”~5", "within five words of each other"),
    ("entity:“Maks Bokayev”", "any name of somebody on the list"),
    ("tag:“Maks Bokayev”", "passages tagged so"),
    ("note:sentence", "words of your notes"),
    ("title: language: collection:", "only in such documents"),
    ("date:2016..2021", "issued between two dates"),
)


class HelpDialog(FittingDialog):
    """One page to read or to keep open; it needs no network."""

    def __init__(self, commands: Commands, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Help")
        page = QTextBrowser()
        page.setOpenLinks(False)
        page.setHtml(_page(commands, theme.colors.dim))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        column.addWidget(page)
        column.addWidget(buttons)
        self.resize(620, 640)


def _page(commands: Commands, dim: str) -> str:
    steps = "".join(f"<li>{step}</li>" for step in STEPS)
    queries = _table((escape(query), escape(what)) for query, what in QUERIES)
    keys = _table(
        (
            escape(
                ", ".join(
                    keys.toString(QKeySequence.SequenceFormat.NativeText)
                    for keys in action.shortcuts()
                )
            ),
            escape(action.text().replace("&", "")),
        )
        for action in commands.all()
        if action.shortcuts()
    )
    return (
        f"<h3>How the job goes</h3><ol>{steps}</ol>"
        f"<h3>What can be asked</h3>{queries}<h3>Keys</h3>{keys}"
        f"<p style='color:{dim}'>Nothing you do here leaves this computer.</p>"
    )


def _table(rows: Iterable[tuple[str, str]]) -> str:
    cells = "".join(
        f"<tr><td style='padding:2px 16px 2px 0'><b>{left}</b></td><td>{right}</td></tr>"
        for left, right in rows
    )
    return f"<table>{cells}</table>"
