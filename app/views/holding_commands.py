"""Commands about what the archive holds: import, citation data, entities, bundles."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from app.models.import_results import summary, worth_telling
from app.operations import entities, passages
from app.session import Session
from app.widgets.file_drop import FileDrop
from index import archives
from index.model import ImportResult

if TYPE_CHECKING:
    from app.views.main_window import MainWindow

BUNDLES = "Bundles (*.zip *.age);;All files (*)"
LISTS = {
    "Spreadsheet (*.csv)": "table",
    "Tab-separated (*.tsv)": "table",
    "FollowTheMoney (*.jsonl)": "followthemoney",
    "REFI-QDA codebook (*.qdc)": "codebook",
    "Taguette codebook (*.csv)": "taguette",
    "OpenSanctions table (*.csv)": "opensanctions",
    "Wikidata table (*.csv)": "wikidata",
    "INCEpTION gazetteer (*.txt)": "gazetteer",
}


def add(session: Session, window: "MainWindow") -> None:
    """Add the commands, and take in what is dropped on the window."""
    desk = Desk(session, window)
    command = session.commands.add
    command("import", "Import…", desk.choose_files, shortcuts=["Ctrl+O"])
    command("import.folder", "Import a folder…", desk.choose_folder)
    command("document.describe", "Correct the citation data…", desk.describe, shortcuts=["Ctrl+D"])
    command("entity.new", "New entity…", desk.new_entity, shortcuts=["Ctrl+Shift+E"])
    command("entities.import", "Import an entity list…", desk.import_list)
    command("entities.export", "Export the entity list…", desk.export_list)
    command("export", "Export a bundle…", desk.export, shortcuts=["Ctrl+E"])
    command("bundle.verify", "Verify a bundle…", desk.verify_folder)
    command("bundle.verify_zip", "Verify a zipped bundle…", desk.verify_file)
    command("bundle.add", "Add to a bundle…", desk.add_to_bundle, shortcuts=["B"])
    command("passage.place", "Put the passage on the selected words", desk.place_passage)
    FileDrop(window).dropped.connect(desk.take_dropped)


class Desk:
    """Asks for files, and opens the dialogs over the window."""

    def __init__(self, session: Session, window: "MainWindow") -> None:
        self._session = session
        self._window = window

    # Import

    def choose_files(self) -> None:
        """Ask for files and offer to import them."""
        from app.views.dialogs.import_dialog import FILTER

        names, _ = QFileDialog.getOpenFileNames(
            self._window, "Choose reports", self._folder("import"), FILTER
        )
        if names:
            self._remember("import", Path(names[0]))
            self.import_paths([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder and offer to import what is in it."""
        name = QFileDialog.getExistingDirectory(
            self._window, "Choose a folder", self._folder("import")
        )
        if name:
            self._remember("import", Path(name))
            self.import_paths([Path(name)])

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Open what was dropped if it is an archive, else offer to import it."""
        if len(paths) == 1 and archives.is_archive(paths[0]):
            self._session.archive_requested.emit(paths[0], False)
        else:
            self.import_paths(paths)

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Ask how files are to be read, then take them in."""
        from app.views.dialogs.import_dialog import ImportDialog

        ImportDialog(self._session, paths, self.tell_results, self._window).open()

    def tell_results(self, results: list[ImportResult]) -> None:
        """Say what an import did; a list is shown when something needs a look."""
        if not results:
            self._session.notice.emit("There was nothing to import.")
            return
        self._session.notice.emit(summary(results))
        if worth_telling(results):
            self._report(results)
        else:
            from app.views.dialogs import version_offers

            version_offers.look(self._session, results, lambda: self._report(results))

    def _report(self, results: list[ImportResult]) -> None:
        from app.views.dialogs.import_report import ImportReport

        ImportReport(self._session, results, self.import_paths, self._window).open()

    # Documents and passages

    def describe(self) -> None:
        """Correct the citation data of the document that is shown."""
        document = self._session.catalog.documents.get(self._session.document)
        if document is None:
            self._session.notice.emit("Open a document first.")
            return
        from app.views.dialogs.document_form import DocumentForm

        DocumentForm(self._session, document, self._window).open()

    def place_passage(self) -> None:
        """Put the current passage on the words that are selected in its document."""
        document = self._window.reader.current
        span = document.selected() if document is not None else None
        passage = next(
            (p for p in (document.passages if document else ()) if p.id == self._session.passage),
            None,
        )
        if passage is None or span is None:
            self._session.notice.emit("Select the words the passage belongs on, in its document.")
            return
        passages.place_at(session=self._session, passage=passage, start=span.start, end=span.end)

    # Entities

    def new_entity(self) -> None:
        """Ask for a new entity."""
        from app.views.dialogs.entity_editor import EntityEditor

        EntityEditor(self._session, parent=self._window).open()

    def import_list(self) -> None:
        """Ask for a list of entities and take it in."""
        from app.views.dialogs.entity_list_import import FILTER, EntityListImport

        name, _ = QFileDialog.getOpenFileName(
            self._window, "Choose an entity list", self._folder("lists"), FILTER
        )
        if name:
            self._remember("lists", Path(name))
            EntityListImport(self._session, Path(name), self._window).open()

    def export_list(self) -> None:
        """Ask where the entity list is to be written."""
        start = str(Path(self._folder("lists")) / "entities.csv")
        name, chosen = QFileDialog.getSaveFileName(
            self._window, "Export the entity list", start, ";;".join(LISTS)
        )
        if name:
            entities.export_list(session=self._session, path=Path(name), layout=LISTS.get(chosen))

    # Bundles

    def export(self) -> None:
        """Export what the shown activity is about."""
        from app.views.dialogs.export_dialog import ExportDialog

        view = self._window.view(self._window.current)
        export = getattr(view, "export", None)
        if export is not None:
            export()
        else:
            ExportDialog(self._session, parent=self._window).open()

    def add_to_bundle(self) -> None:
        """Ask which bundle the selected passages, or the current one, go into."""
        from app.views.dialogs.bundle_dialogs import AddToBundle

        view = self._window.view(self._window.current)
        selected = getattr(view, "selected_passages", None)
        chosen = list(selected()) if selected is not None else []
        chosen = chosen or ([self._session.passage] if self._session.passage else [])
        if chosen:
            AddToBundle(self._session, chosen, self._window).open()
        else:
            self._session.notice.emit("Choose a passage first.")

    def verify_folder(self) -> None:
        """Ask for a bundle's folder and check it."""
        name = QFileDialog.getExistingDirectory(
            self._window, "Choose a bundle", self._folder("export")
        )
        self._verify(name)

    def verify_file(self) -> None:
        """Ask for a zipped bundle and check it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Choose a bundle", self._folder("export"), BUNDLES
        )
        self._verify(name)

    def _verify(self, name: str) -> None:
        if name:
            from app.views.dialogs.bundle_result import BundleResult

            BundleResult(self._session, Path(name), self._window).open()

    def _folder(self, what: str) -> str:
        return str(self._session.settings.folder(what))

    def _remember(self, what: str, path: Path) -> None:
        self._session.settings.remember_folder(what, path.parent)
