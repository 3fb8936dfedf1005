"""The form of one entity: kind, name, other names, what it is, how it is shown."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from app.operations import entities
from app.operations.entities import EntityDraft
from app.session import Session
from app.theme import ENTITY_COLORS, HALF, KIND_SYMBOLS, KIND_WORDS
from app.views.dialogs.action_dialog import ActionDialog, form, words
from index.errors import BadInput
from index.model import ENTITY_KINDS, Alias, Entity

SWATCH = 16


class EntityEditor(ActionDialog):
    """Adds an entity, or changes one; languages and sources of names that stay are kept."""

    def __init__(
        self,
        session: Session,
        entity: Entity | None = None,
        *,
        name: str = "",
        kind: str = "Person",
        done: Callable[[str], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title, verb = ("Change entity", "Keep") if entity else ("New entity", "Add")
        super().__init__(title, verb, parent)
        self._session = session
        self._entity = entity
        self._done = done
        self.kind = QComboBox()
        self.name = QLineEdit(entity.name if entity else name)
        self.aliases = _lines("one a line")
        self.weak = _lines("one a line: found in searches, never proposed on their own")
        self.description = QLineEdit(entity.description if entity else "")
        self.external = QLineEdit()
        self.external.setPlaceholderText("wikidata=Q42; opensanctions=NK-…")
        self.parent_theme = QComboBox()
        self.notes = _lines("your own, not exported unless you say so")
        self.colors = QButtonGroup(self)
        self._fill(entity, kind)
        self._lay_out()
        self.name.setFocus()
        self.name.selectAll()
        self.resize(520, 560)

    def draft(self) -> EntityDraft:
        """Return what the form says; raises `BadInput` where it cannot be understood."""
        old = {alias.name: alias for alias in (self._entity.aliases if self._entity else ())}
        return EntityDraft(
            kind=self.kind.currentData(),
            name=self.name.text().strip(),
            aliases=(
                *_aliases(self.aliases.toPlainText(), old, weak=False),
                *_aliases(self.weak.toPlainText(), old, weak=True),
            ),
            description=self.description.text().strip(),
            color=self._color(),
            parent=self.parent_theme.currentData() if self.kind.currentData() == "Theme" else "",
            external=parse_ids(self.external.text()),
            notes=self.notes.toPlainText().strip(),
        )

    def act(self) -> None:
        """Add the entity, or keep its changes."""
        try:
            draft = self.draft()
        except BadInput as error:
            self.say(str(error))
            return
        if not draft.name:
            self.say("Write the name as it would be printed.")
            return
        self.wait()
        if self._entity is None:
            entities.add(
                session=self._session,
                draft=draft,
                done=lambda entity: self._finish(entity.id),
                failed=self.explain,
            )
        else:
            identity = self._entity.id
            entities.change(
                session=self._session,
                entity=identity,
                draft=draft,
                done=lambda changes: self._finish(identity),
                failed=self.explain,
            )

    def _color(self) -> str:
        button = self.colors.checkedButton()
        return str(button.property("color") or "") if button is not None else ""

    def _finish(self, identity: str) -> None:
        self.accept()
        if self._done is not None:
            self._done(identity)

    def _fill(self, entity: Entity | None, kind: str) -> None:
        for each in ENTITY_KINDS:
            self.kind.addItem(f"{KIND_SYMBOLS[each]}  {KIND_WORDS[each].capitalize()}", each)
        self.kind.setCurrentIndex(self.kind.findData(entity.kind if entity else kind))
        self.kind.currentIndexChanged.connect(lambda *_: self._show_kind())
        self.parent_theme.addItem("none", "")
        known = self._session.catalog.entities.values()
        for theme in sorted((e for e in known if e.kind == "Theme"), key=lambda e: e.name):
            if entity is None or theme.id != entity.id:
                self.parent_theme.addItem(theme.name, theme.id)
        if entity is None:
            return
        strong = [alias.name for alias in entity.aliases if not alias.weak]
        weak = [alias.name for alias in entity.aliases if alias.weak]
        self.aliases.setPlainText("\n".join(strong))
        self.weak.setPlainText("\n".join(weak))
        self.external.setText("; ".join(f"{k}={v}" for k, v in entity.external.items()))
        self.parent_theme.setCurrentIndex(max(self.parent_theme.findData(entity.parent or ""), 0))
        self.notes.setPlainText(entity.notes)

    def _lay_out(self) -> None:
        self.rows = form()
        self.rows.addRow("Kind", self.kind)
        self.rows.addRow("Name", self.name)
        self.rows.addRow("Also called", self.aliases)
        self.rows.addRow("Uncertain names", self.weak)
        self.rows.addRow("Description", self.description)
        self.rows.addRow("Under the theme", self.parent_theme)
        self.rows.addRow("Colour", self._swatches(self._entity.color if self._entity else ""))
        self.rows.addRow("Known elsewhere as", self.external)
        self.rows.addRow("Notes", self.notes)
        self.body.addLayout(self.rows)
        self.body.addWidget(
            words(
                "Other spellings, scripts and case endings of these names are found without"
                " being listed.",
                dim=True,
            )
        )
        self._show_kind()

    def _swatches(self, color: str) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(HALF)
        own = color and color not in ENTITY_COLORS
        for value in ("", *ENTITY_COLORS, *((color,) if own else ())):
            button = QToolButton()
            button.setCheckable(True)
            button.setProperty("color", value)
            button.setText("as its kind" if not value else "")
            button.setToolTip(f"Colour {value}" if value else "The colour of its kind")
            button.setAccessibleName(button.toolTip())
            if value:
                button.setIcon(_swatch(value))
            button.setChecked(value == color)
            self.colors.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return box

    def _show_kind(self) -> None:
        self.rows.setRowVisible(self.parent_theme, self.kind.currentData() == "Theme")


class MergeDialog(ActionDialog):
    """Asks which of several entities is kept; the names of the others become its aliases."""

    def __init__(
        self, session: Session, chosen: Sequence[Entity], parent: QWidget | None = None
    ) -> None:
        super().__init__("Merge entities", "Merge", parent)
        self._session = session
        self._chosen = sorted(chosen, key=lambda entity: -entity.passage_count)
        self.keep = QComboBox()
        for entity in self._chosen:
            count = f"{entity.passage_count} passages"
            self.keep.addItem(f"{entity.name}, {KIND_WORDS[entity.kind]}, {count}", entity.id)
        rows = form()
        rows.addRow("Keep", self.keep)
        self.body.addLayout(rows)
        self.told = words("", dim=True)
        self.body.addWidget(self.told)
        self.keep.currentIndexChanged.connect(lambda *_: self._tell())
        self._tell()
        self.setMinimumWidth(460)

    def act(self) -> None:
        """Merge; it can be undone."""
        keep = self.keep.currentData()
        others = [entity.id for entity in self._chosen if entity.id != keep]
        self.wait()
        entities.merge(
            session=self._session,
            keep=keep,
            others=others,
            done=partial(self._finish, len(others)),
        )

    def _finish(self, count: int, changes: object) -> None:
        self._session.notice.emit(f"{count + 1} entities are one now. Ctrl+Z parts them again.")
        self.accept()

    def _tell(self) -> None:
        gone = [e for e in self._chosen if e.id != self.keep.currentData()]
        names = ", ".join(f"“{entity.name}”" for entity in gone[:4]) + (
            " and others" if len(gone) > 4 else ""
        )
        self.told.setText(f"{names} will be other names of it, and their passages move to it.")


def parse_ids(text: str) -> dict[str, str]:
    """Return ids of other lists from “wikidata=Q42; …”; raises `BadInput` for anything else."""
    found = {}
    for part in text.split(";"):
        if part.strip():
            name, sign, value = (piece.strip() for piece in part.partition("="))
            if not (sign and name and value):
                raise BadInput(f"“{part.strip()}” is not an id such as wikidata=Q42.")
            found[name] = value
    return found


def _aliases(text: str, old: dict[str, Alias], *, weak: bool) -> list[Alias]:
    made = []
    for name in (line.strip() for line in text.splitlines()):
        if name:
            kept = old.get(name)
            made.append(
                Alias(name, weak, kept.language, kept.source) if kept else Alias(name, weak)
            )
    return made


def _lines(hint: str) -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setPlaceholderText(hint)
    field.setTabChangesFocus(True)
    field.setFixedHeight(field.fontMetrics().lineSpacing() * 3 + 22)
    return field


def _swatch(color: str) -> QIcon:
    picture = QPixmap(SWATCH, SWATCH)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(color))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(1, 1, SWATCH - 2, SWATCH - 2)
    painter.end()
    return QIcon(picture)
