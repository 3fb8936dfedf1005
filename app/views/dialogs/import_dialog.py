"""Asks how files are to be taken in: which ones, into which collection, read how."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)

from app.operations import importing
from app.session import Session
from app.views.dialogs.action_dialog import ActionDialog, form, row_of, words
from index.model import ImportOptions, ImportResult

OCR = (
    ("Where pages have no text", "auto"),
    ("Never", "never"),
    ("On every page", "always"),
)
LANGUAGES = (
    ("English, Russian and Kazakh", ("en", "ru", "kk")),
    ("English", ("en",)),
    ("Russian", ("ru",)),
    ("Kazakh", ("kk",)),
)
ENCODINGS = (
    ("Found out by itself", None),
    ("Unicode (UTF-8)", "utf-8"),
    ("Windows Cyrillic (1251)", "cp1251"),
    ("KOI8-R", "koi8-r"),
    ("DOS Cyrillic (866)", "cp866"),
    ("Mac Cyrillic", "mac-cyrillic"),
    ("Kazakh (KZ-1048)", "kz1048"),
    ("Kazakh (PTCP154)", "ptcp154"),
    ("Windows Western (1252)", "cp1252"),
)
FILTER = (
    "Reports (*.pdf *.txt *.text *.md *.html *.htm *.docx *.odt *.rtf *.epub *.eml);;All files (*)"
)


class ImportDialog(ActionDialog):
    """Starts an import; `told` gets its results."""

    def __init__(
        self,
        session: Session,
        paths: Sequence[Path],
        told: Callable[[list[ImportResult]], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Import reports", "Import", parent)
        self._session = session
        self._told = told
        self.paths: list[Path] = []
        self.files = QListWidget()
        self.away = QPushButton("Take off the list")
        self.files.setAccessibleName("Files and folders to import")
        self.files.setMinimumHeight(110)
        self.files.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.files.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.files.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.files.setStyleSheet("QListWidget::item { padding: 4px 8px; }")
        self.collection = QComboBox(editable=True)
        self.ocr = QComboBox()
        self.languages = QComboBox()
        self.encoding = QComboBox()
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText("only for encrypted files, never kept")
        self._fill()
        self._lay_out()
        self.add(paths)
        self.resize(560, 430)

    def add(self, paths: Sequence[Path]) -> None:
        """Put files and folders on the list."""
        for path in paths:
            if path not in self.paths:
                self.paths.append(path)
                self.files.addItem(f"{path.name}{'/' if path.is_dir() else ''}   {path.parent}")
                self.files.item(self.files.count() - 1).setToolTip(str(path))
        if self.files.currentRow() < 0:
            self.files.setCurrentRow(0)
        self._enable()

    def take_away(self) -> None:
        """Take the selected files and folders off the list."""
        place = self.files.currentRow()
        chosen = [self.files.row(item) for item in self.files.selectedItems()]
        for row in sorted(chosen, reverse=True):
            self.files.takeItem(row)
            del self.paths[row]
        self.files.setCurrentRow(min(place, self.files.count() - 1))
        self._enable()

    def _enable(self) -> None:
        self.verb.setEnabled(bool(self.paths))
        self.away.setEnabled(bool(self.paths))

    def options(self) -> ImportOptions:
        """Return how the files are to be read."""
        passwords = (self.password.text(),) if self.password.text() else ()
        return ImportOptions(
            collection=self.collection.currentText().strip() or None,
            ocr=self.ocr.currentData(),
            languages=self.languages.currentData(),
            encoding=self.encoding.currentData(),
            passwords=passwords,
        )

    def act(self) -> None:
        """Start, and leave the rest to the status line."""
        if not self.paths:
            self.say("Choose files or a folder first.")
            return
        importing.import_files(
            session=self._session, paths=self.paths, options=self.options(), told=self._told
        )
        self.accept()

    def choose_files(self) -> None:
        """Ask for files."""
        names, _ = QFileDialog.getOpenFileNames(self, "Choose reports", self._start(), FILTER)
        self._chosen([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder, which is taken in with everything under it."""
        name = QFileDialog.getExistingDirectory(self, "Choose a folder", self._start())
        self._chosen([Path(name)] if name else [])

    def _chosen(self, paths: list[Path]) -> None:
        if paths:
            self._session.settings.remember_folder("import", paths[0].parent)
            self.add(paths)

    def _start(self) -> str:
        return str(self._session.settings.folder("import"))

    def _fill(self) -> None:
        documents = self._session.catalog.documents.values()
        self.collection.addItem("")
        self.collection.addItems(sorted({d.collection for d in documents if d.collection}))
        field = self.collection.lineEdit()
        if field is not None:
            field.setPlaceholderText("none; or a name, new or known")
        for box, choices in (
            (self.ocr, OCR),
            (self.languages, LANGUAGES),
            (self.encoding, ENCODINGS),
        ):
            for label, value in choices:
                box.addItem(label, value)

    def _lay_out(self) -> None:
        files, folder = QPushButton("Add files…"), QPushButton("Add a folder…")
        for button, ask in (
            (files, self.choose_files),
            (folder, self.choose_folder),
            (self.away, self.take_away),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(ask)
        self.away.setToolTip("Del")
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.files, self.take_away)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        fields = form()
        fields.addRow("Collection", self.collection)
        fields.addRow("Read scans", self.ocr)
        fields.addRow("Languages of scans", self.languages)
        fields.addRow("Text files are in", self.encoding)
        fields.addRow("Password", self.password)
        self.body.addWidget(self.files, 1)
        self.body.addLayout(row_of((files, folder, self.away)))
        self.body.addLayout(fields)
        self.body.addWidget(
            words(
                "The files stay where they are; the archive keeps copies that are never changed.",
                dim=True,
            )
        )
