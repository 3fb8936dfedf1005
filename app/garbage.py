"""Collects garbage in the thread of the window, since widgets must not be destroyed in another.

Python collects in whichever thread happens to ask for memory. A dialog in a cycle of
references, destroyed by a worker, takes the whole program with it.
"""

import gc

from PySide6.QtCore import QObject, QTimer

MILLISECONDS = 1_000


class Garbage(QObject):
    """Stops the collecting of cycles wherever they arise and does it by a timer."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self, interval=MILLISECONDS)
        timer.timeout.connect(self.collect)
        timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that is due, as the interpreter itself would."""
        due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        for generation in (2, 1, 0):
            if due[generation]:
                gc.collect(generation)
                return
