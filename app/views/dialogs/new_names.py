"""Offers repeated names that are in nobody's list, one key to add each."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.models.faces import plural
from app.models.new_names import NewNamesModel
from app.operations import entities
from app.operations.entities import EntityDraft
from app.session import Session
from app.theme import SPACE
from app.views.dialogs.action_dialog import row_of, words
from app.widgets.empty_state import EmptyState
from app.widgets.face_list import FaceList
from app.widgets.fitting_dialog import FittingDialog
from index.entities.proposals import NewName
from index.model import ENTITY_KINDS, Alias

NUMBERS = (
    Qt.Key.Key_1,
    Qt.Key.Key_2,
    Qt.Key.Key_3,
    Qt.Key.Key_4,
    Qt.Key.Key_5,
    Qt.Key.Key_6,
)
KEYS = "↵ add   1 person   2 organisation   3 law   4 place   5 event   6 theme   Del not now"


class NewNamesDialog(FittingDialog):
    """A list of names; Enter adds one as what it seems to be, a number as something else."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("New names in the documents")
        self._session = session
        self._names: list[NewName] = []
        self.model = NewNamesModel()
        self.list = FaceList(session.theme, "New names")
        self.list.setModel(self.model)
        self.field = QLineEdit(clearButtonEnabled=True)
        self.field.setPlaceholderText("Find a name")
        self.field.setAccessibleName("Find a name")
        self.field.textChanged.connect(lambda text: self._show())
        self.empty = EmptyState()
        self.empty.say("Looking through the documents for repeated names.")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.list)
        self.told = words("", dim=True)
        self.told.setWordWrap(False)
        self.list.opened.connect(lambda name: self.add())
        self.list.take_keys({Qt.Key.Key_Delete: self.skip})
        for key, kind in zip(NUMBERS, ENTITY_KINDS, strict=True):
            self.list.take_keys({key: partial(self.add, kind)})
        self._lay_out()
        self.resize(560, 560)
        session.jobs.run(
            lambda progress: session.library.new_names(progress),
            done=self._take,
            label="Looking for new names",
            key="new names",
            owner=self,
        )

    def add(self, kind: str = "") -> None:
        """Put the selected names on the list."""
        for name in self.list.chosen():
            entities.add(
                session=self._session,
                draft=EntityDraft(
                    kind=kind or name.kind,
                    name=name.name,
                    aliases=tuple(Alias(each) for each in name.spellings if each != name.name),
                ),
            )
        self.skip()

    def skip(self) -> None:
        """Take the selected names out of sight."""
        gone = {name.name for name in self.list.chosen()}
        place = self.list.currentIndex().row()
        self._names = [name for name in self._names if name.name not in gone]
        self._show()
        self.list.go(min(place, self.model.rowCount() - 1))

    def _take(self, names: list[NewName]) -> None:
        self._names = names
        self._show()
        self.list.go(0)
        self.list.setFocus()

    def _show(self) -> None:
        typed = self.field.text().casefold().split()
        shown = [
            name
            for name in self._names
            if all(word in " ".join(name.spellings).casefold() for word in typed)
        ]
        self.model.show(shown)
        self.told.setText(plural(len(shown), "name"))
        self.pages.setCurrentWidget(self.list if shown else self.empty)
        self.empty.say(
            "No name matches."
            if self._names
            else "No name is repeated that is not on the list already."
        )

    def _lay_out(self) -> None:
        close = QPushButton("Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        keys = words(KEYS, dim=True)
        keys.setProperty("small", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        column.setSpacing(SPACE)
        column.addWidget(self.field)
        column.addWidget(self.pages, 1)
        column.addWidget(keys)
        bottom = row_of((self.told,))
        bottom.addWidget(close)
        column.addLayout(bottom)
