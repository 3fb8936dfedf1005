"""Notices that nobody has touched the keyboard or the mouse for a while."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

MINUTE = 60_000  # milliseconds
TOUCHED = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    )
)


class IdleWatch(QObject):
    """Emits `idle` after so many minutes; it looks at events only while it is on."""

    idle = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.idle)  # again and again, where it was refused

    def watch(self, minutes: int) -> None:
        """Begin to wait so many minutes; 0 stops it."""
        self._timer.stop()
        self._application.removeEventFilter(self)
        if minutes > 0:
            self._application.installEventFilter(self)
            self._timer.start(minutes * MINUTE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin again when something is touched."""
        if event.type() in TOUCHED:
            self._timer.start()
        return False
