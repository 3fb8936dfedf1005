"""The tag box: type, the best entity first, Enter; it knows no archive."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.models.entity_choices import Choice
from app.theme import HALF, KIND_COLORS, KIND_WORDS, SPACE, Theme, entity_color
from index.model import ENTITY_KINDS

WIDTH = 300
ITEM = Qt.ItemDataRole.UserRole
HINT = "Tab: note  ·  1–9: recent  ·  Ctrl+↵: new  ·  Esc"
KIND_HINT = "What is it?  ·  1–6  ·  Esc: back"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list; `entity`, `kind` or neither (make a new one)."""

    text: str
    faint: str
    color: str
    key: str
    entity: str = ""
    kind: str = ""


class TagBox(QFrame):
    """Asks what a passage is about and says what was answered."""

    accepted = Signal(str, str)  # entity id, note
    created = Signal(str, str, str)  # kind, name, note
    noted = Signal(str)  # a note and no entity
    copied = Signal()  # Ctrl+C with nothing typed
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._find: Callable[[str], Sequence[Choice]] = lambda typed: ()
        self._first: Sequence[Choice] = ()
        self._naming = False  # choosing the kind of a new entity
        self._suggested = 0
        self._name = ""
        self.setObjectName("tag_box")
        self.field = QLineEdit(placeholderText="Tag with…")
        self.field.setAccessibleName("Tag with")
        self.list = QListWidget()
        self.list.setAccessibleName("Entities")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(LineDelegate(theme, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda item: self._accept(item.data(ITEM)))
        self.note = QLineEdit(placeholderText="Note")
        self.note.setAccessibleName("Note")
        self.hint = QLabel(HINT)
        self.hint.setProperty("dim", True)
        self.hint.setProperty("small", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(HALF)
        for widget in (self.field, self.list, self.note, self.hint):
            column.addWidget(widget)
        for field in (self.field, self.note):
            field.installEventFilter(self)
        self.field.textEdited.connect(self._typed)
        self._dress()
        self.hide()

    def ask(
        self,
        first: Sequence[Choice],
        find: Callable[[str], Sequence[Choice]],
        *,
        suggested: int = 0,
        name: str = "",
        note: bool = True,
    ) -> None:
        """Start over: `first` is offered before anything is typed, `suggested` of it by the words.

        `name` is what a new entity is called when nothing is typed.
        """
        self._first, self._find, self._suggested = first, find, suggested
        self._naming, self._name = False, name
        self.field.clear()
        self.note.clear()
        self.note.hide()
        self._notes = note
        self._typed("")

    def open_note(self) -> None:
        """Go on to the note."""
        if self._notes:
            self.note.show()
            self._fit()
            self.note.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that mean something to the box before its fields do."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event, in_note=watched is self.note)
        return super().eventFilter(watched, event)

    def focus_field(self) -> None:
        """Let the user type."""
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    # Keys

    def _key(self, event: QKeyEvent, *, in_note: bool) -> bool:
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Escape:
            self._back(in_note)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if control:
                self._new()
            else:
                item = self.list.currentItem()
                self._accept(item.data(ITEM) if item is not None else None)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not in_note:
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.focus_field() if in_note else self.open_note()
        elif control and key == Qt.Key.Key_C and not in_note and not self.field.text():
            self.copied.emit()
        else:
            return not in_note and self._digit(event)
        return True

    def _digit(self, event: QKeyEvent) -> bool:
        """Take 1 to 9 as a line of the list while nothing is typed."""
        text = event.text()
        if len(text) != 1 or text not in "123456789":
            return False
        if self.field.text() and not self._naming:
            return False
        for number in range(self.list.count()):
            line: Line = self.list.item(number).data(ITEM)
            if line.key == text:
                self._accept(line)
                return True
        return self._naming

    def _step(self, step: int) -> None:
        count = self.list.count()
        if count:
            row = self.list.currentRow() + step
            self.list.setCurrentRow(min(max(row, 0), count - 1))

    def _back(self, in_note: bool) -> None:
        if self._naming:
            self._naming = False
            self._typed(self.field.text())
        elif in_note:
            self.focus_field()
        else:
            self.hide()
            self.closed.emit()

    # Answers

    def _accept(self, line: Line | None) -> None:
        note = self.note.text().strip()
        if line is None:
            if note:
                self.hide()
                self.noted.emit(note)
        elif line.kind:
            self.hide()
            self.created.emit(line.kind, self._typed_name(), note)
        elif line.entity:
            self.hide()
            self.accepted.emit(line.entity, note)
        else:
            self._new()

    def _new(self) -> None:
        if not self._typed_name():
            return
        self._naming = True
        self._show(
            [
                Line(KIND_WORDS[kind], "", KIND_COLORS[kind], str(number), kind=kind)
                for number, kind in enumerate(ENTITY_KINDS, start=1)
            ],
            current=0,
        )
        self.hint.setText(KIND_HINT)
        self.focus_field()

    def _typed_name(self) -> str:
        return " ".join(self.field.text().split()) or self._name

    # The list

    def _typed(self, text: str) -> None:
        self._naming = False
        self.hint.setText(HINT)
        typed = text.strip()
        choices = self._find(typed) if typed else self._first
        lines = [
            Line(
                choice.entity.name,
                _faint(choice),
                entity_color(choice.entity),
                str(number) if not typed else "↵" if number == 1 else "",
                entity=choice.entity.id,
            )
            for number, choice in enumerate(choices, start=1)
        ]
        name = self._typed_name()
        if name:
            lines.append(Line(f"+ New entity “{_cut(name)}”", "", "", "Ctrl+↵"))
        # Before anything is typed only what the words themselves name is taken by Enter.
        self._show(lines, current=0 if typed or self._suggested else -1)

    def _show(self, lines: Sequence[Line], *, current: int) -> None:
        self.list.clear()
        for line in lines:
            item = QListWidgetItem(f"{line.text} {line.faint}".strip())
            item.setData(ITEM, line)
            self.list.addItem(item)
        self.list.setCurrentRow(current)
        self._fit()

    def _fit(self) -> None:
        height = sum(self.list.sizeHintForRow(n) for n in range(self.list.count()))
        self.list.setFixedHeight(height + 2 if height else 0)
        self.setFixedWidth(WIDTH * self._theme.text_size // 13)
        self.adjustSize()

    def _dress(self) -> None:
        colors = self._theme.colors
        self.setStyleSheet(
            f"#tag_box {{ background: {colors.pane}; border: 1px solid {colors.line};"
            " border-radius: 8px; }"
        )
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 4)
        shadow.setColor(QColor(0, 0, 0, 140 if colors.dark else 60))
        self.setGraphicsEffect(shadow)


class LineDelegate(QStyledItemDelegate):
    """Paints a `Line`: a dot, the name, its kind in the dim colour, a key at the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of a row."""
        return QSize(100, self._theme.text_size + 15)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one line."""
        line: Line = index.data(ITEM)
        colors = self._theme.colors
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(colors.selection))
            painter.drawRoundedRect(rect, 4, 4)
        inner = rect.adjusted(SPACE, 0, -SPACE, 0)
        if line.color:
            painter.setBrush(QColor(line.color))
            painter.drawEllipse(inner.left(), inner.center().y() - 4, 9, 9)
            inner.setLeft(inner.left() + 17)
        painter.setPen(QColor(colors.dim))
        painter.drawText(inner, _END, line.key)
        inner.setRight(inner.right() - painter.fontMetrics().horizontalAdvance(line.key) - HALF)
        painter.setPen(QColor(colors.text))
        name = painter.fontMetrics().elidedText(
            line.text, Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, _START, name)
        inner.setLeft(inner.left() + painter.fontMetrics().horizontalAdvance(name) + HALF)
        painter.setPen(QColor(colors.dim))
        faint = painter.fontMetrics().elidedText(
            line.faint, Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, _START, faint)
        painter.restore()


def _faint(choice: Choice) -> str:
    kind = KIND_WORDS.get(choice.entity.kind, choice.entity.kind)
    return f"{kind} · {choice.also}" if choice.also else kind


def _cut(name: str, length: int = 24) -> str:
    return name if len(name) <= length else name[: length - 1].rstrip() + "…"


_START = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_END = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
