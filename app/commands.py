"""Everything the user can do by name: for the menus, the shortcuts and the command palette."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence


class Commands(QObject):
    """The window's commands in the order in which they were added.

    A view adds its commands when it is built, giving itself as `owner`; they
    disappear from menus and palette together with it.
    """

    added = Signal(object)  # QAction

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}

    def add(
        self,
        key: str,
        text: str,
        run: Callable[[], object],
        *,
        shortcuts: Sequence[str] = (),
        enabled: bool = True,
        owner: QObject | None = None,
    ) -> QAction:
        """Add a command under `key` ("import", "passage.copy"), or take over an existing one."""
        action = QAction(text, owner or self)
        action.setObjectName(key)
        action.setShortcuts([QKeySequence(keys) for keys in shortcuts])
        action.setEnabled(enabled)
        action.triggered.connect(lambda checked=False: run())
        self._actions[key] = action
        action.destroyed.connect(lambda: self._forget(key, action))
        self.added.emit(action)
        return action

    def get(self, key: str) -> QAction | None:
        """Return the command with this key, if a view has added it."""
        return self._actions.get(key)

    def all(self) -> list[QAction]:
        """Return every command that has not disappeared."""
        return list(self._actions.values())

    def _forget(self, key: str, action: QAction) -> None:
        if self._actions.get(key) is action:
            del self._actions[key]
