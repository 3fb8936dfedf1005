"""What was written, with ways to open it and to check it; also checks bundles of others."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from app.models.faces import plural
from app.operations import bundles
from app.session import Session
from app.theme import SPACE
from app.views.dialogs.action_dialog import row_of, words
from app.views.dialogs.bundle_options import size_of
from app.widgets.fitting_dialog import FittingDialog
from index.errors import MunimentError
from index.model import BundleSummary, Verdict
from index.progress import Cancelled

CHECKSUMS = (
    "The checksums show damage by chance. A signature is what shows that nobody has tampered"
    " with a bundle."
)


class BundleResult(FittingDialog):
    """Shows a bundle; `verify` compares it with itself and with this archive."""

    def __init__(
        self, session: Session, bundle: BundleSummary | Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        made = bundle if isinstance(bundle, BundleSummary) else None
        self.bundle = bundle.bundle if isinstance(bundle, BundleSummary) else bundle
        self.setWindowTitle("The bundle is ready" if made else "Verify a bundle")
        self.title = words(self.bundle.name, title=True)
        self.facts = words(_facts(made) if made else str(self.bundle), dim=True)
        self.verdict = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.verdict.setProperty("strong", True)
        self.problems = QListWidget()
        self.problems.setAccessibleName("Problems")
        self.problems.setWordWrap(True)
        self.open_button = QPushButton("Open folder")
        self.open_button.clicked.connect(self.open_folder)
        self.verify_button = QPushButton("Verify" if made else "Verify again")
        self.verify_button.clicked.connect(self.verify)
        self.close_button = QPushButton("Close")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.close)
        self._lay_out(made)
        self.resize(520, 200 if made and not made.notices else 340)
        if made is None:
            self.verify()

    def verify(self) -> None:
        """Check the bundle."""
        self.verify_button.setEnabled(False)
        self.verdict.setText("Verifying.")
        self.verdict.show()
        bundles.verify(
            session=self._session, bundle=self.bundle, done=self.show_verdict, failed=self._explain
        )

    def show_verdict(self, verdict: Verdict) -> None:
        """Say whether the bundle is as it should be."""
        self.verify_button.setEnabled(True)
        if verdict.ok:
            text = "✓ The bundle is complete and unchanged, and every quote is at its place."
        else:
            count = len(verdict.problems)
            text = f"▲ {plural(count, 'thing is', 'things are')} not as they should be."
            text = text.replace("thing is not as they", "thing is not as it")
        self.verdict.setText(text)
        self._list((*verdict.problems, *verdict.notices))

    def open_folder(self) -> None:
        """Show the bundle in the file manager."""
        folder = self.bundle if self.bundle.is_dir() else self.bundle.parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._session.notice.emit(f"The bundle is in {folder}.")

    def _explain(self, error: Exception) -> None:
        self.verify_button.setEnabled(True)
        if isinstance(error, MunimentError):
            self.verdict.setText(str(error))
        elif isinstance(error, Cancelled):
            self.verdict.setText("The check was stopped.")

    def _list(self, sentences: tuple[str, ...]) -> None:
        self.problems.clear()
        self.problems.addItems(list(sentences))
        self.problems.setVisible(bool(sentences))

    def _lay_out(self, made: BundleSummary | None) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        column.setSpacing(SPACE)
        for widget in (self.title, self.facts, self.verdict, self.problems):
            column.addWidget(widget)
        self.verdict.hide()
        self._list(made.notices if made else ())
        column.addWidget(words(CHECKSUMS, dim=True))
        column.addStretch(1)
        row = row_of((self.open_button, self.verify_button))
        row.addWidget(self.close_button)
        column.addLayout(row)


def _facts(made: BundleSummary) -> str:
    passages, documents = plural(made.passages, "passage"), plural(made.documents, "document")
    files = plural(made.files, "file")
    return f"{passages} from {documents} in {files}, {size_of(made.bytes)}\n{made.bundle}"
