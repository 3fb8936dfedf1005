"""Shows how a text was decoded, and reads it again in another encoding."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

from app.operations import versions
from app.session import Session
from app.views.dialogs.action_dialog import ActionDialog, form, words
from app.views.dialogs.import_dialog import ENCODINGS
from index.model import Document, ImportOptions
from index.versions import Carried

SAMPLE = 400  # code points of the text as it is read now


class EncodingDialog(ActionDialog):
    """Reads a text document again; `told` gets what became of its passages."""

    def __init__(
        self,
        session: Session,
        document: Document,
        told: Callable[[Carried], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Encoding of a text", "Read again", parent)
        self._session, self._document, self._told = session, document, told
        self.now = words("")
        self.sample = words("", dim=True)
        self.choice = QComboBox(editable=True)
        self.choice.setAccessibleName("Encoding")
        for label, value in ENCODINGS:
            self.choice.addItem(label, value)
        title = words(document.title)
        title.setProperty("strong", True)
        fields = form()
        fields.addRow("It begins", self.sample)
        fields.addRow("Read again as", self.choice)
        self.body.addWidget(title)
        self.body.addWidget(self.now)
        self.body.addLayout(fields)
        self.body.addStretch(1)
        self.resize(520, 320)
        session.jobs.run(
            lambda progress: (
                session.library.details(document.id),
                session.library.text(document.id, 1)[:SAMPLE],
            ),
            done=self._show,
            owner=self,
        )

    def encoding(self) -> str | None:
        """Return the chosen encoding, or None to have it found out."""
        typed = self.choice.currentText().strip()
        if typed == self.choice.itemText(self.choice.currentIndex()):
            value: str | None = self.choice.currentData()
            return value
        return typed or None

    def act(self) -> None:
        """Read again."""
        self.wait()
        versions.reread(
            session=self._session,
            document=self._document.id,
            options=ImportOptions(encoding=self.encoding()),
            done=self._finish,
            failed=self.explain,
        )

    def _finish(self, carried: Carried) -> None:
        self.accept()
        self._told(carried)

    def _show(self, found: tuple[dict[str, Any], str]) -> None:
        details, sample = found
        self.now.setText(decoded_as(details))
        self.sample.setText(" ".join(sample.split()))


def decoded_as(details: Mapping[str, Any]) -> str:
    """Return how a text was decoded and how sure that is, as a sentence; empty for no text."""
    encoding = details.get("encoding")
    if not encoding:
        return ""
    name = next((label for label, value in ENCODINGS if value == encoding), str(encoding))
    how = details.get("encoding_how")
    if how == "guessed":
        sure = round(100 * float(details.get("encoding_confidence") or 0))
        text = f"Read as {name}, guessed from its letters, {sure} % sure."
    elif how == "given":
        text = f"Read as {name}, as you said."
    else:
        text = f"Read as {name}."
    damaged = int(details.get("damaged_characters") or 0)
    if damaged:
        signs = "1 character" if damaged == 1 else f"{damaged:,} characters"
        text += f" {signs} could not be decoded."
    return text
