"""The line at the bottom: what is here, what cannot be searched, what is being done."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from app.icons import pixmap
from app.jobs import Job
from app.theme import SPACE, Theme
from app.widgets.elided_label import ElidedLabel
from index.model import ArchiveInfo

NOTICE = 6000  # milliseconds a notice stays


class StatusLine(QWidget):
    """Numbers at the left, the longest-running job with its progress at the right."""

    unsearchable_clicked = Signal()

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, encrypted: bool = False
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._job: Job | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("status_line")
        self.lock = QLabel()
        self.encrypted = QLabel("Encrypted")
        for label in (self.lock, self.encrypted):
            label.setToolTip("This archive is encrypted. Ctrl+L locks it.")
            label.setVisible(encrypted)
        self.counts = QLabel()
        self.sign = QLabel()
        self.unsearchable = QPushButton(flat=True)
        self.unsearchable.setProperty("link", True)
        self.unsearchable.setCursor(Qt.CursorShape.PointingHandCursor)
        self.unsearchable.clicked.connect(self.unsearchable_clicked)
        self.notice = ElidedLabel()
        self.work = ElidedLabel()
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedWidth(140)
        self.cancel = QPushButton("Cancel", flat=True)
        self.cancel.setProperty("link", True)
        self.cancel.clicked.connect(self._cancel)
        for label in (self.encrypted, self.counts, self.notice, self.work):
            label.setProperty("dim", True)
        self._timer = QTimer(self, singleShot=True, interval=NOTICE)
        self._timer.timeout.connect(self.notice.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 3 // 2, 0, SPACE * 3 // 2, 0)
        row.setSpacing(SPACE)
        left: tuple[QWidget, ...] = (
            self.lock, self.encrypted, self.counts, self.sign, self.unsearchable, self.notice,
        )  # fmt: skip
        for widget in left:
            row.addWidget(widget)
        row.addStretch(1)
        right: tuple[QWidget, ...] = (self.work, self.bar, self.cancel)
        for widget in right:
            row.addWidget(widget)
        self.show_job(None)
        self.sign.hide()
        self.unsearchable.hide()
        self.restyle()

    def show_info(self, info: ArchiveInfo) -> None:
        """Show what the archive holds."""
        documents = f"{info.documents:,} document" + ("" if info.documents == 1 else "s")
        pages = f"{info.pages:,} page" + ("" if info.pages == 1 else "s")
        self.counts.setText(f"{documents} · {pages}")
        count = info.unsearchable_pages
        self.unsearchable.setText(
            "1 page cannot be searched" if count == 1 else f"{count:,} pages cannot be searched"
        )
        self.unsearchable.setVisible(count > 0)
        self.sign.setVisible(count > 0)

    def show_notice(self, text: str) -> None:
        """Show a sentence for some seconds."""
        self.notice.setText(text)
        self._timer.start()

    def show_job(self, job: Job | None) -> None:
        """Show how far a job is, or that none is worth a line."""
        self._job = job
        parts: tuple[QWidget, ...] = (self.work, self.bar, self.cancel)
        for widget in parts:
            widget.setVisible(job is not None)
        if job is None:
            return
        done, total, text = job.state
        counted = f"{job.label} {done:,} of {total:,}" if total else job.label
        self.work.setText("Stopping" if job.stopped else f"{counted} · {text}" if text else counted)
        self.bar.setRange(0, total)  # 0, 0 moves to and fro: not known
        self.bar.setValue(done)
        self.cancel.setEnabled(not job.stopped)

    def restyle(self) -> None:
        """Take the theme's colours and text size."""
        colors = self._theme.colors
        self.setFixedHeight(self._theme.text_size + 15)
        ratio = self.devicePixelRatioF()
        self.lock.setPixmap(pixmap("lock", colors.dim, 14, ratio))
        self.sign.setPixmap(pixmap("warning", colors.warning, 14, ratio))
        self.unsearchable.setStyleSheet(
            f"QPushButton {{ color: {colors.warning}; text-decoration: none; padding: 0; }}"
            "QPushButton:hover, QPushButton:focus { text-decoration: underline; }"
        )
        self.setStyleSheet(
            f"#status_line {{ background: {colors.background};"
            f" border-top: 1px solid {colors.line}; }} * {{ font-size: {self._theme.small()}px; }}"
        )

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.show_job(self._job)
