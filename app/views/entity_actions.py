"""What the user does to the entities of the list: change, merge, split, remove, export."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.operations import entities
from app.session import Session
from app.widgets.face_list import FaceList
from index.model import Entity


class EntityActions:
    """The commands for the chosen rows of the list, in a menu and by keys."""

    def __init__(self, session: Session, chosen: FaceList, view: QWidget) -> None:
        self.session, self.list, self._view = session, chosen, view
        self._for_rows = [
            self._add("entity.edit", "Change the entity…", self.edit),
            self._add("entity.merge", "Merge the selected entities…", self.merge),
            self._add("entity.split", "Split the entity…", self.split),
            self._add("entity.remove", "Remove from the list", self.remove),
        ]
        self._for_list: list[QAction] = []
        chosen.take_keys({Qt.Key.Key_Delete: self.remove, Qt.Key.Key_F2: self.edit})
        chosen.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        chosen.customContextMenuRequested.connect(self._offer)

    def _add(self, key: str, text: str, act: Callable[[], object]) -> QAction:
        return self.session.commands.add(key, text, act, owner=self._view)

    def offer_too(self, *actions: QAction) -> None:
        """Offer what concerns the whole list at the end of the menu."""
        self._for_list += actions

    def enable(self, able: bool) -> None:
        """Let the commands for the chosen rows be used, or not."""
        for action in self._for_rows:
            action.setEnabled(able)

    def _offer(self, place: QPoint) -> None:
        menu = QMenu(self.list)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([*self._for_rows, *self._for_list])
        menu.popup(self.list.viewport().mapToGlobal(place))

    def current(self) -> Entity | None:
        """Return the current entity."""
        row = self.list.current()
        return row if isinstance(row, Entity) else None

    def propose_names(self) -> None:
        """Show repeated names that are in nobody's list."""
        from app.views.dialogs.new_names import NewNamesDialog

        NewNamesDialog(self.session, self._view.window()).open()

    def export(self) -> None:
        """Export the passages of the current entity."""
        from app.views.dialogs.export_dialog import ExportDialog
        from index.model import ExportRequest

        entity = self.current()
        request = None
        if entity is not None and entity.passage_count:
            style = self.session.settings.style
            request = ExportRequest(title=entity.name, entities=(entity.id,), style=style)
        ExportDialog(self.session, request, parent=self._view.window()).open()

    def edit(self) -> None:
        """Change the current entity."""
        from app.views.dialogs.entity_editor import EntityEditor

        entity = self.current()
        if entity is not None:
            EntityEditor(self.session, entity, parent=self._view.window()).open()

    def merge(self) -> None:
        """Make one of the selected entities."""
        from app.views.dialogs.entity_editor import MergeDialog

        rows: list[Entity] = self.list.chosen()
        if len(rows) < 2:
            self.session.notice.emit("Select two or more entities with Ctrl or Shift first.")
            return
        MergeDialog(self.session, rows, self._view.window()).open()

    def split(self) -> None:
        """Part the current entity in two."""
        from app.views.dialogs.entity_split import SplitDialog

        entity = self.current()
        if entity is None:
            return
        if not entity.aliases:
            self.session.notice.emit(
                f"“{entity.name}” has one name only. Give it the other one first (F2)."
            )
            return
        library = self.session.library
        self.session.jobs.run(
            lambda progress: library.passages(entity=entity.id),
            done=lambda found: SplitDialog(self.session, entity, found, self._view.window()).open(),
            key="split",
            owner=self._view,
        )

    def remove(self) -> None:
        """Take the selected entities off the list; it can be undone."""
        rows: list[Entity] = self.list.chosen()
        if rows:
            entities.remove(session=self.session, entities=rows)
