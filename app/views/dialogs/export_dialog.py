"""Asks what goes into a citation bundle and where it goes, and says what is wrong before."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.models.faces import plural
from app.operations import bundles
from app.session import Session
from app.theme import SPACE
from app.views.dialogs.action_dialog import ActionDialog, form, words
from app.views.dialogs.bundle_options import BundleOptions, size_of
from app.views.dialogs.bundle_result import BundleResult
from app.views.dialogs.style_box import StyleBox
from app.widgets.tables import scrolled
from index.citing import styles
from index.errors import BundleThere
from index.model import BundleSummary, Document, ExportRequest, Passage

if TYPE_CHECKING:
    from index.export import Preview

MOST_SETTLED = 4  # things to settle that are named


class ExportDialog(ActionDialog):
    """Exports all passages, those of an entity, or those it was given."""

    def __init__(
        self,
        session: Session,
        request: ExportRequest | None = None,
        *,
        fixed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`fixed`: which passages is settled already, as by the bundle editor."""
        super().__init__("Export a citation bundle", "Export", parent)
        self._session = session
        self._fixed = fixed
        self._passages: list[Passage] = []
        style = session.settings.style
        self.request = request or ExportRequest(style=style, title=session.library.folder.name)
        self.title = QLineEdit(self.request.title)
        self.scope = QComboBox()
        self.style_box = StyleBox(self.request.style)
        self.style_box.offer(styles.shipped_names())
        self.options = BundleOptions(session, self.request)
        self.place = QLineEdit(str(session.settings.folder("export") / slug(self.request.title)))
        self.place.setAccessibleName("Write to")
        self._named = False  # the place was given by the user
        self.counts = words("Counting the passages.", dim=True)
        # A wrapped label that may be narrow would claim to be tall.
        self.counts.setMinimumWidth(280)
        self._fill()
        self._lay_out()
        self.resize(560, 620)
        session.jobs.run(
            lambda progress: session.library.passages(), done=self._take_passages, owner=self
        )

    def asked(self) -> ExportRequest:
        """Return what the form asks for."""
        request = replace(
            self.request,
            title=self.title.text().strip() or self.request.title,
            style=self.style_box.style_name(),
        )
        if not self._fixed:
            entity = self.scope.currentData()
            request = replace(request, entities=(entity,) if entity else (), passages=())
        return self.options.on(request)

    def act(self) -> None:
        """Export, and show the result."""
        self._export(self.asked())

    def _export(self, request: ExportRequest) -> None:
        if self.options.encrypt.isChecked() and not request.passphrase:
            self.say("Give a passphrase, or take the tick from Encrypt.")
            return
        if not self.place.text().strip():
            self.say("Say where the bundle is to be written.")
            return
        if self.options.signing.sign.isChecked() and request.signing_key is None:
            self.say("Name the file of your SSH key, or take the tick from Sign.")
            return
        out = Path(self.place.text().strip()).expanduser()
        self._session.settings.remember_folder("export", out.parent)
        self.options.signing.keep()
        self.wait()
        self.verb.setText("Exporting")
        bundles.export(
            session=self._session,
            out=out,
            request=request,
            done=self._finish,
            failed=lambda error: self._fail(error, request),
        )

    def _finish(self, summary: BundleSummary) -> None:
        parent = self.parentWidget()
        self.accept()
        BundleResult(self._session, summary, parent).open()

    def _fail(self, error: Exception, request: ExportRequest) -> None:
        self.verb.setText("Export")
        self.explain(error)
        if isinstance(error, BundleThere):
            self.say("")
            self._ask_to_replace(request)

    def _ask_to_replace(self, request: ExportRequest) -> None:
        name = Path(self.place.text().strip()).name
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"“{name}” is a bundle already. Replace it?")
        box.setInformativeText("What is in it now will be gone.")
        yes = box.addButton("Replace", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        yes.clicked.connect(lambda: self._export(replace(request, replace=True)))
        box.open()

    def reject(self) -> None:
        """Stop an export that is under way, and close."""
        self._session.jobs.drop("export")
        super().reject()

    # Building

    def _fill(self) -> None:
        catalog = self._session.catalog
        self.scope.addItem("All passages", "")
        for entity in sorted(catalog.entities.values(), key=lambda e: e.name.casefold()):
            if entity.passage_count:
                count = plural(entity.passage_count, "passage")
                self.scope.addItem(f"{entity.name} ({count})", entity.id)
        if self.request.entities:
            self.scope.setCurrentIndex(max(self.scope.findData(self.request.entities[0]), 0))
        self.scope.currentIndexChanged.connect(lambda *_: self._count())
        self.options.changed.connect(self._count)
        self.title.textEdited.connect(self._rename)
        self.place.textEdited.connect(self._take_place)

    def _lay_out(self) -> None:
        browse = QPushButton("Choose…")
        browse.setAutoDefault(False)
        browse.clicked.connect(self.choose_place)
        where = QHBoxLayout()
        where.setSpacing(SPACE)
        where.addWidget(self.place, 1)
        where.addWidget(browse)
        rows = form()
        rows.addRow("Title", self.title)
        if not self._fixed:
            rows.addRow("Passages", self.scope)
        rows.addRow("", self.counts)
        rows.addRow("Style", self.style_box)
        rows.addRow("Write to", where)
        rows.addRow("", self.options)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.addLayout(rows)
        column.addStretch(1)
        self.body.addWidget(scrolled(inside), 1)

    def choose_place(self) -> None:
        """Ask for the folder the bundle is put into."""
        start = str(Path(self.place.text()).expanduser().parent)
        name = QFileDialog.getExistingDirectory(self, "Where to write the bundle", start)
        if name:
            self.place.setText(str(Path(name) / slug(self.title.text())))

    def _rename(self, title: str) -> None:
        if not self._named:
            folder = Path(self.place.text()).parent
            self.place.setText(str(folder / slug(title)))

    def _take_place(self, typed: str) -> None:
        self._named = True

    # What will be in it

    def _take_passages(self, passages: list[Passage]) -> None:
        self._passages = passages
        self._count()

    def _count(self) -> None:
        request = self.asked()
        chosen = in_scope(self._passages, request)
        documents = self._documents(chosen)
        self.verb.setEnabled(bool(chosen))
        if not chosen:
            self.counts.setText("There are no passages to export. Tag some first.")
            return
        self.counts.setText(
            f"{plural(len(chosen), 'passage')} from {plural(len(documents), 'document')}"
        )
        self.options.show_size(sum(document.size for document in documents))
        self._session.jobs.run(
            lambda progress: self._session.library.preview(request),
            done=self._show_preview,
            key="preview of the export",
            owner=self,
        )

    def _show_preview(self, preview: "Preview") -> None:
        lines = [
            f"{plural(preview.passages, 'passage')} from"
            f" {plural(preview.documents, 'document')}, about {size_of(preview.bytes)}"
        ]
        lines += [f"▲ {issue.sentence}" for issue in preview.to_settle[:MOST_SETTLED]]
        self.counts.setText("\n".join(lines))

    def _documents(self, passages: Sequence[Passage]) -> list[Document]:
        known = self._session.catalog.documents
        ids = dict.fromkeys(passage.document for passage in passages)
        return [known[identity] for identity in ids if identity in known]


def in_scope(passages: Sequence[Passage], request: ExportRequest) -> list[Passage]:
    """Return the passages a request asks for."""
    if not request.entities and not request.passages:
        return list(passages)
    entities, wanted = set(request.entities), set(request.passages)
    return [p for p in passages if p.id in wanted or entities & set(p.entities)]


def slug(title: str) -> str:
    """Return a folder name made of a title."""
    return re.sub(r"[^\w]+", "-", title.casefold()).strip("-")[:60] or "bundle"
