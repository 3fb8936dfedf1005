"""A button that copies a citation for other programs: Markdown, BibTeX, RIS, CSL-JSON, HTML."""

from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.models.known import Known
from app.operations import bundles
from app.session import Session

KINDS = (
    ("markdown", "Markdown"),
    ("html", "HTML source"),
    ("bibtex", "BibTeX"),
    ("ris", "RIS"),
    ("csl-json", "CSL-JSON"),
)


class CopyAs(QPushButton):
    """Opens a menu of the formats that a citation can be copied in."""

    def __init__(self, session: Session, known: Known, parent: QWidget | None = None) -> None:
        super().__init__("Copy as", parent)
        self._session = session
        self._known = known
        menu = QMenu(self)
        for kind, name in KINDS:
            menu.addAction(name, partial(self.copy, kind))
        self.setMenu(menu)

    def copy(self, kind: str) -> None:
        """Copy the citation in one of the formats."""
        bundles.copy_citation(
            session=self._session,
            document=self._known.document.id,
            passage=self._known.passage.id if self._known.passage else "",
            kind=kind,
            done=partial(self._take, dict(KINDS)[kind]),
        )

    def _take(self, name: str, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._session.notice.emit(f"The citation is copied as {name}.")
