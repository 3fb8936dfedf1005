"""Asks in which languages scanned pages are to be read, and says what is missing for it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from app.models.faces import plural
from app.operations import recognition
from app.session import Session
from app.views.dialogs.action_dialog import ActionDialog, words
from index import ocr_run
from index.model import Document

LANGUAGES = (
    ("en", "English"),
    ("ru", "Russian"),
    ("kk", "Kazakh"),
    ("ky", "Kyrgyz"),
    ("uz", "Uzbek"),
    ("tg", "Tajik"),
)
COMMON = ("en", "ru", "kk")


class RecogniseDialog(ActionDialog):
    """Starts the recognition of the pages without text of some documents."""

    def __init__(
        self, session: Session, documents: Sequence[Document], parent: QWidget | None = None
    ) -> None:
        super().__init__("Read scanned pages", "Read them", parent)
        self._session = session
        self._documents = [document for document in documents if document.unsearchable_pages]
        count = sum(len(document.unsearchable_pages) for document in self._documents)
        where = (
            f"“{self._documents[0].title}”"
            if len(self._documents) == 1
            else plural(len(self._documents), "document")
        )
        title = words(f"{plural(count, 'page')} of {where} cannot be searched.")
        title.setProperty("strong", True)
        self.body.addWidget(title)
        self.body.addWidget(
            words(
                "Their words are read from the pictures (OCR), which takes a few seconds a page"
                " and goes on in the background. The originals stay as they are.",
                dim=True,
            )
        )
        self.boxes = {code: QCheckBox(name) for code, name in LANGUAGES}
        self._offer_languages()
        reason = ocr_run.ready()
        if reason:
            self.say(reason)
            self.verb.setEnabled(False)
        self.body.addStretch(1)
        self.resize(500, 380)

    def languages(self) -> tuple[str, ...]:
        """Return the chosen languages (ISO 639-1), the first one first."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def act(self) -> None:
        """Start, and leave the rest to the status line."""
        if not self.languages():
            self.say("Choose at least one language.")
            return
        self._session.settings.keep_texts("recognition/languages", list(self.languages()))
        recognition.recognise(
            session=self._session,
            documents=[document.id for document in self._documents],
            languages=self.languages(),
        )
        self.accept()

    def _offer_languages(self) -> None:
        missing = set(ocr_run.missing_languages([code for code, _ in LANGUAGES]))
        wanted = self._session.settings.texts("recognition/languages") or list(COMMON)
        for code, box in self.boxes.items():
            there = code not in missing
            box.setEnabled(there)
            box.setChecked(there and code in wanted)
            if not there:
                box.setText(f"{box.text()} (its language data is not installed)")
            self.body.addWidget(box)
