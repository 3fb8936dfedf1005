"""What is on the screen while an encrypted archive is locked: its name and a field."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QPushButton, QVBoxLayout, QWidget

from app.icons import pixmap
from app.settings import Settings
from app.theme import SPACE, Theme
from app.views.dialogs.action_dialog import words
from app.views.dialogs.passphrase_fields import ShowTyped, secret_field

WIDTH, SIGN = 380, 40  # at the normal text size


class LockedWindow(QMainWindow):
    """Emits what is typed as `tried`; whoever listens opens the archive, or explains."""

    tried = Signal(str)
    another = Signal()

    def __init__(self, folder: Path, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self.folder = folder
        self._theme = theme
        self.setWindowTitle(f"{folder.name} (locked) — Muniment")
        self.sign = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter)
        self.field = secret_field("Passphrase")
        self.field.setPlaceholderText("Passphrase")
        self.field.returnPressed.connect(self._try)
        self.show_typed = ShowTyped(self.field)
        self.error = words("")
        self.error.setProperty("warning", True)
        self.verb = QPushButton("Unlock")
        self.verb.setProperty("primary", True)
        self.verb.clicked.connect(self._try)
        self.other = _link("Open another archive…")
        self.other.clicked.connect(self.another)
        self.quit = _link("Quit")
        self.quit.clicked.connect(self.close)
        self._lay_out()
        for keys, act in (("Ctrl+Q", self.close), ("Ctrl+Shift+O", self.another.emit)):
            QShortcut(QKeySequence(keys), self, act)
        self.resize(1280, 800)
        geometry = settings.state("window")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self.restyle()
        self.field.setFocus()

    def wait(self) -> None:
        """Let nothing be pressed twice while the passphrase is tried."""
        self.say("")
        self._set_busy(True)

    def explain(self, sentence: str) -> None:
        """Show why it does not open, and let the user type again."""
        self._set_busy(False)
        self.say(sentence)
        self.field.selectAll()
        self.field.setFocus()

    def say(self, sentence: str) -> None:
        """Show a sentence under the field, or none."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def restyle(self) -> None:
        """Take the theme's colours and text size."""
        size = self._theme.scaled(SIGN)
        self.sign.setPixmap(pixmap("lock", self._theme.colors.dim, size, self.devicePixelRatioF()))
        self._box.setFixedWidth(self._theme.scaled(WIDTH))

    def _set_busy(self, busy: bool) -> None:
        self.field.setEnabled(not busy)
        self.verb.setEnabled(not busy)
        self.verb.setText("Unlocking…" if busy else "Unlock")

    def _try(self) -> None:
        if not self.field.text():
            self.say("Type the passphrase first.")
            self.field.setFocus()
            return
        self.wait()
        self.tried.emit(self.field.text())

    def _lay_out(self) -> None:
        name = words(self.folder.name, title=True)
        name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        about = words("This archive is locked. Type its passphrase to open it.", dim=True)
        about.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        place = words(str(self.folder), dim=True)
        place.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        links = QHBoxLayout()
        links.addStretch(1)
        links.setSpacing(SPACE * 2)
        links.addWidget(self.other)
        links.addWidget(self.quit)
        links.addStretch(1)
        self._box = QWidget()
        column = QVBoxLayout(self._box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for widget in (self.sign, name, place, about):
            column.addWidget(widget)
        column.addSpacing(SPACE)
        column.addWidget(self.field)
        column.addWidget(self.error)
        row = QHBoxLayout()
        row.addWidget(self.show_typed)
        row.addStretch(1)
        row.addWidget(self.verb)
        column.addLayout(row)
        column.addSpacing(SPACE * 2)
        column.addLayout(links)
        frame = QWidget()
        outer = QVBoxLayout(frame)
        outer.addStretch(2)
        outer.addWidget(self._box, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        self.setCentralWidget(frame)
        self.error.hide()


def _link(text: str) -> QPushButton:
    button = QPushButton(text, flat=True)
    button.setProperty("link", True)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setAutoDefault(True)  # Enter presses it when it has the keyboard
    return button
