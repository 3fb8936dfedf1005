"""Parts one entity in two: which of its names and passages are somebody else's."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.models.passages_model import on_one_line
from app.operations import entities
from app.session import Session
from app.views.dialogs.action_dialog import ActionDialog, words
from index.model import Entity, Passage

ID = Qt.ItemDataRole.UserRole
QUOTED = 110  # characters of a passage that are shown
HEIGHT = 128  # pixels of a list


class SplitDialog(ActionDialog):
    """The chosen names become a new entity; passages that hold one of them are proposed with it."""

    def __init__(
        self,
        session: Session,
        entity: Entity,
        passages: Sequence[Passage],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"Split “{entity.name}”", "Split", parent)
        self._session = session
        self._entity = entity
        self._quotes = {each.id: on_one_line(each.quote).casefold() for each in passages}
        self.body.addWidget(words("Names that are somebody else's:"))
        self.names = _choices("Names", [(alias.name, alias.name) for alias in entity.aliases])
        self.names.setMaximumHeight(HEIGHT)
        self.body.addWidget(self.names)
        self.body.addWidget(words("Passages that go with them:"))
        self.passages = _choices(
            "Passages", [(each.id, on_one_line(each.quote)[:QUOTED]) for each in passages]
        )
        self.body.addWidget(self.passages, 1)
        if not passages:
            self.passages.say("No passage is tagged with it.")
        self.told = words("", dim=True)
        self.body.addWidget(self.told)
        self.names.itemChanged.connect(lambda item: self._follow())
        self.passages.itemChanged.connect(lambda item: self._tell())
        self.setMinimumWidth(560)
        self.names.setFocus()
        self._tell()

    def act(self) -> None:
        """Split; it can be undone."""
        self.wait()
        entities.split(
            session=self._session,
            entity=self._entity,
            names=self.names.chosen(),
            passages=self.passages.chosen(),
            done=lambda changes: self.accept(),
            failed=self.explain,
        )

    def _follow(self) -> None:
        """Propose the passages that hold a chosen name."""
        meant = [name.casefold() for name in self.names.chosen()]
        self.passages.blockSignals(True)
        for item in self.passages.rows():
            quote = self._quotes[item.data(ID)]
            item.setCheckState(_state(any(name in quote for name in meant)))
        self.passages.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        names, count = self.names.chosen(), len(self.passages.chosen())
        self.verb.setEnabled(bool(names))
        if not names:
            self.told.setText(f"“{self._entity.name}” itself stays with this entity.")
            return
        also = f", also called {', '.join(names[1:])}" if len(names) > 1 else ""
        taken = {0: "no passage", 1: "1 passage"}.get(count, f"{count} passages")
        self.told.setText(f"A new entity “{names[0]}”{also}, with {taken}.")


class _Choices(QListWidget):
    """Rows with a box each; Space ticks the current one."""

    def rows(self) -> list[QListWidgetItem]:
        """Return every row that can be ticked."""
        every = (self.item(number) for number in range(self.count()))
        return [item for item in every if item.data(ID) is not None]

    def chosen(self) -> list[str]:
        """Return what the ticked rows stand for."""
        return [
            str(item.data(ID)) for item in self.rows() if item.checkState() == Qt.CheckState.Checked
        ]

    def say(self, text: str) -> None:
        """Say why there is nothing to choose."""
        item = QListWidgetItem(text, self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)


def _choices(name: str, rows: Sequence[tuple[str, str]]) -> _Choices:
    made = _Choices()
    made.setAccessibleName(name)
    made.setMinimumHeight(HEIGHT)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    made.setSpacing(2)
    for identity, text in rows:
        item = QListWidgetItem(text, made)
        item.setData(ID, identity)
        item.setToolTip(text)
        item.setCheckState(Qt.CheckState.Unchecked)
    if rows:
        made.setCurrentRow(0)
    return made


def _state(on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
