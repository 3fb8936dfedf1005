"""The base of every dialog: it has the room that its words need, and stays on the screen."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from app.theme import NORMAL
from app.widgets.tab_order import stops
from app.widgets.tables import Scrolled

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FittingDialog(QDialog):
    """Sizes that are set in it are for the normal text size, and grow with the text.

    The keyboard begins in the first field, not on a button, and Enter on a
    button presses that button.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fitted = False

    def fit(self) -> None:
        """Become as tall as the words need at this width, if the screen is."""
        column = self.layout()
        size = self.size()
        if column is not None and column.hasHeightForWidth():
            needed = column.totalHeightForWidth(size.width())
            size.setHeight(max(size.height(), needed))
        self.resize(size.boundedTo(self._most()))

    def showEvent(self, event: QShowEvent) -> None:
        """Take the first size."""
        if not self._fitted and not event.spontaneous():
            self._fitted = True
            self._grow_with_text()
            self._place_keyboard()
        super().showEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """Grow when there is more to say."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.fit()
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that has the keyboard; elsewhere Enter is the default button."""
        focused = self.focusWidget()
        if event.key() in ENTER and isinstance(focused, QPushButton) and focused.isEnabled():
            focused.click()
        else:
            super().keyPressEvent(event)

    def _most(self) -> QSize:
        """Return the room there is: the screen, and no more than the window below."""
        most = self.screen().availableSize()
        parent = self.parentWidget()
        return most if parent is None else most.boundedTo(parent.window().size())

    def _grow_with_text(self) -> None:
        scale = self.font().pixelSize() / NORMAL
        # A size nobody set comes from the words, which have grown already.
        if scale > 1 and self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.resize(self.size() * scale)
        column = self.layout()
        if column is not None:
            column.activate()
        for form in self.findChildren(Scrolled):
            more = form.sizeHint().height() - form.height()
            self.resize(self.width(), self.height() + max(more, 0))

    def _place_keyboard(self) -> None:
        """Give the keyboard to the first field, or else to the default button."""
        chosen = self.focusWidget()
        if chosen is not None and not isinstance(chosen, QPushButton):
            return  # somebody asked for it
        # WORKAROUND: PySide takes what `nextInFocusChain` returns for a child of the widget that is
        # asked; the dialog then is its own grandchild, and is collected while it is on the screen.
        reached = stops([self])
        found = [each for each in reached if not isinstance(each, QPushButton)]
        found += [each for each in reached if isinstance(each, QPushButton) and each.isDefault()]
        if found:
            found[0].setFocus(Qt.FocusReason.OtherFocusReason)
