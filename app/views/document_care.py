"""What the inspector adds about a document: its versions, its decoding, what could be better."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.session import Session, Target
from app.theme import HALF, SPACE
from app.views.dialogs.encoding_dialog import decoded_as
from app.widgets.prose import Prose
from index import labelling, versions
from index.model import Document

if TYPE_CHECKING:
    from index.library import Library


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about the state of one document."""

    version: int
    earlier: Document | None
    later: Document | None
    alike: Document | None
    decoded: str  # a sentence
    unsure: bool  # of the decoding
    labels: str  # what the printed numbers say
    outdated: bool  # another version of the reader made the text


def read(library: "Library", document: Document) -> Known:
    """Read what is shown; called on a worker."""
    every = {other.id: other for other in library.documents()}
    chain: list[Document] = []
    at = every.get(document.replaces or "")
    while at is not None and at not in chain:
        chain.append(at)
        at = every.get(at.replaces or "")
    later = next((other for other in every.values() if other.replaces == document.id), None)
    details = library.details(document.id)
    offer = labelling.offered(library, document.id)
    alike = None
    if not chain and later is None:
        pairs = versions.alike_among(library, [document.id])
        alike = pairs[0][1] if pairs else None
    return Known(
        version=len(chain) + 1,
        earlier=chain[0] if chain else None,
        later=later,
        alike=alike,
        decoded=decoded_as(details),
        unsure=bool(details.get("damaged_characters"))
        or float(details.get("encoding_confidence") or 1) < 0.9,
        outdated=versions.is_outdated(document),
        labels=f"{offer.labels[0]} to {offer.labels[-1]}" if offer is not None else "",
    )


class DocumentCare(QWidget):
    """A few quiet lines, each with the link that acts on it."""

    def __init__(self, session: Session, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._document = session, document
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(HALF)
        self.links: dict[str, QPushButton] = {}
        if document.unsearchable_pages and document.paged:
            one = len(document.unsearchable_pages) == 1
            ask = "Read it from its picture…" if one else "Read them from their pictures…"
            self._command(ask, "document.recognise")
        session.jobs.run(
            lambda progress: read(session.library, document), done=self._show, owner=self
        )

    def _show(self, known: Known) -> None:
        if known.earlier is not None:
            self._say(f"Version {known.version} of this report")
            self._open(f"Version {known.version - 1}: {known.earlier.file_name}", known.earlier)
        if known.later is not None:
            self._say("A newer version of this report is here", warning=True)
            self._open(f"Open {known.later.file_name}", known.later)
        if known.alike is not None:
            self._say(f"May be a newer version of “{known.alike.title}” ({known.alike.file_name})")
            self._command("Attach it…", "document.newer")
        if known.labels:
            self._say(f"The pages bear printed numbers, {known.labels}")
            self._command("Use them as page labels…", "document.labels")
        if known.outdated:
            self._say("An earlier version of the reader made this text")
            self._command("Read the document again", "document.reread")
        if known.decoded and known.unsure:
            self._say(known.decoded, warning=True)
            self._command("Read with another encoding…", "document.encoding")

    def _say(self, text: str, *, warning: bool = False) -> None:
        label = Prose.plain(text)
        label.setProperty("warning" if warning else "dim", True)
        self._column.addSpacing(HALF)
        self._column.addWidget(label)

    def _open(self, text: str, document: Document) -> None:
        self._link(text, lambda: self._session.open(Target(document.id)))

    def _command(self, text: str, key: str) -> None:
        action = self._session.commands.get(key)
        if action is not None:
            self.links[key] = self._link(text, action.trigger)

    def _link(self, text: str, act: Callable[[], object]) -> QPushButton:
        link = QPushButton(text if len(text) < 44 else text[:43].rstrip() + "…")
        link.setToolTip(text)
        link.setProperty("link", True)
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.clicked.connect(lambda: act())
        self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.setContentsMargins(0, 0, 0, SPACE)
        return link
