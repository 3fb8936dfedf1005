"""The settings: theme, text size, citation style, when tagging starts and when to lock."""

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.session import Session
from app.settings import LARGEST_TEXT, LONGEST_IDLE, SMALLEST_TEXT
from app.theme import SPACE
from app.views.dialogs.style_box import StyleBox
from app.widgets.fitting_dialog import FittingDialog
from index.citing import styles

THEMES = (("As the system", "system"), ("Light", "light"), ("Dark", "dark"))


class SettingsDialog(FittingDialog):
    """Every change takes effect at once; there is nothing to confirm."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        settings = session.settings
        self.setWindowTitle("Settings")
        self.theme_box = QComboBox()
        for title, name in THEMES:
            self.theme_box.addItem(title, name)
        self.theme_box.setCurrentIndex(self.theme_box.findData(settings.theme))
        self.text_size = QSpinBox(suffix=" px", minimum=SMALLEST_TEXT, maximum=LARGEST_TEXT)
        self.text_size.setValue(settings.text_size)
        self.style_box = StyleBox(settings.style)
        self.style_box.offer(styles.shipped_names())
        self.tag = QCheckBox("Open the tag box when words are selected with the mouse")
        self.tag.setChecked(settings.flag("reader/tag_at_selection", True))
        self.idle = QSpinBox(suffix=" minutes", maximum=LONGEST_IDLE)
        self.idle.setSpecialValueText("Never")  # shown at 0
        self.idle.setToolTip("After so long without a key or the mouse an encrypted archive closes")
        self.idle.setValue(settings.lock_minutes)
        self._lay_out()
        self.theme_box.activated.connect(self._look)
        self.text_size.valueChanged.connect(self._look)
        self.style_box.chosen.connect(self._choose_style)
        self.idle.valueChanged.connect(self._choose_idle)
        self.tag.toggled.connect(lambda on: settings.keep_flag("reader/tag_at_selection", on))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(SPACE)
        form.addRow("Theme", self.theme_box)
        form.addRow("Text size", self.text_size)
        form.addRow("Citation style", self.style_box)
        form.addRow("", self.tag)
        form.addRow("Lock when idle", self.idle)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        column.setSpacing(SPACE * 2)
        column.addLayout(form)
        column.addWidget(buttons)

    def _look(self) -> None:
        self._session.settings.theme = self.theme_box.currentData()
        self._session.settings.text_size = self.text_size.value()
        self._session.restyle_requested.emit()

    def _choose_idle(self, minutes: int) -> None:
        self._session.settings.lock_minutes = minutes
        self._session.idle_changed.emit()

    def _choose_style(self, name: str) -> None:
        if name and name != self._session.settings.style:
            self._session.settings.style = name
            self._session.style_changed.emit()
