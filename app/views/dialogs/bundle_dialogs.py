"""Small questions of the bundle editor: a new bundle, which bundle, which heading."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.models.bundle_plan import grouped
from app.operations import bundles
from app.session import Session
from app.views.dialogs.action_dialog import ActionDialog, form, words
from index.model import BundleDraft, BundleSection, ExportRequest, Passage

NOTHING, EVERYTHING = "", "all"
PLAIN, BY_ENTITY, BY_DOCUMENT = "", "entity", "document"
ORDERS = (
    (PLAIN, "one after the other"),
    (BY_ENTITY, "under a heading for each entity"),
    (BY_DOCUMENT, "under a heading for each document"),
)


class NewBundle(ActionDialog):
    """Begins a bundle, empty or with passages that are there already."""

    def __init__(
        self,
        session: Session,
        done: Callable[[BundleDraft], object],
        *,
        passages: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("New bundle", "Begin", parent)
        self._session = session
        self._done = done
        self._given = tuple(passages)
        self.title = QLineEdit()
        self.title.setPlaceholderText("Land protests 2016")
        self.scope, self.order = QComboBox(), QComboBox()
        rows = form()
        rows.addRow("Title", self.title)
        if not self._given:
            self._offer_scopes()
            rows.addRow("Begin with", self.scope)
            rows.addRow("Passages stand", self.order)
        self.body.addLayout(rows)
        self.setMinimumWidth(440)
        self.title.setFocus()

    def act(self) -> None:
        """Begin the bundle."""
        title = self.title.text().strip()
        if not title:
            self.say("Give the bundle a title.")
            return
        self.wait()
        scope = self.scope.currentData() if not self._given else NOTHING
        library = self._session.library
        self._session.jobs.run(
            lambda progress: (
                library.passages(entity=scope if scope != EVERYTHING else None) if scope else []
            ),
            done=lambda found: self._begin(title, found),
            failed=self.explain,
            owner=self,
        )

    def _begin(self, title: str, passages: list[Passage]) -> None:
        sections = self._sections(passages)
        request = ExportRequest(title=title, style=self._session.settings.style, sections=sections)
        bundles.begin(session=self._session, request=request, done=self._finish)

    def _sections(self, passages: list[Passage]) -> tuple[BundleSection, ...]:
        if self._given:
            return (BundleSection("", self._given),)
        catalog = self._session.catalog
        order = self.order.currentData()
        if order == BY_ENTITY:
            return grouped(
                [
                    (p.id, catalog.entity_name(p.entities[0]) if p.entities else "Not tagged")
                    for p in passages
                ]
            )
        if order == BY_DOCUMENT:
            known = catalog.documents
            return grouped(
                [(p.id, known[p.document].title if p.document in known else "") for p in passages]
            )
        return (BundleSection("", tuple(passage.id for passage in passages)),) if passages else ()

    def _finish(self, draft: BundleDraft) -> None:
        self.accept()
        self._done(draft)

    def _offer_scopes(self) -> None:
        self.scope.addItem("nothing yet", NOTHING)
        self.scope.addItem("all passages", EVERYTHING)
        every = self._session.catalog.entities.values()
        for entity in sorted(every, key=lambda e: e.name.casefold()):
            if entity.passage_count:
                self.scope.addItem(f"the passages about {entity.name}", entity.id)
        for key, label in ORDERS:
            self.order.addItem(label, key)


class AddToBundle(ActionDialog):
    """Asks which bundle passages go into; the last one used comes first."""

    LAST = "bundles/last"

    def __init__(
        self, session: Session, passages: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__("Add to a bundle", "Add", parent)
        self._session = session
        self._passages = tuple(passages)
        self._drafts: dict[str, BundleDraft] = {}
        self.bundle = QComboBox()
        count = len(self._passages)
        self.body.addWidget(words("One passage" if count == 1 else f"{count} passages", dim=True))
        rows = form()
        rows.addRow("Bundle", self.bundle)
        self.body.addLayout(rows)
        self.verb.setEnabled(False)
        self.setMinimumWidth(400)
        session.jobs.run(lambda progress: session.library.bundles(), done=self._offer, owner=self)

    def act(self) -> None:
        """Add the passages, or begin a bundle with them."""
        draft = self._drafts.get(self.bundle.currentData())
        if draft is None:
            parent = self.parentWidget()
            session, passages = self._session, self._passages
            self.accept()
            NewBundle(session, lambda made: None, passages=passages, parent=parent).open()
            return
        self._session.settings.keep_texts(self.LAST, [draft.id])
        bundles.add_passages(session=self._session, bundle=draft, passages=self._passages)
        self.accept()

    def _offer(self, drafts: list[BundleDraft]) -> None:
        self._drafts = {draft.id: draft for draft in drafts}
        for draft in drafts:
            self.bundle.addItem(draft.request.title, draft.id)
        self.bundle.addItem("New bundle…", "")
        last = "".join(self._session.settings.texts(self.LAST)[:1])
        self.bundle.setCurrentIndex(max(self.bundle.findData(last), 0) if last else 0)
        self.verb.setEnabled(True)


class AskTitle(ActionDialog):
    """Asks for one line of words."""

    def __init__(
        self,
        title: str,
        label: str,
        text: str,
        given: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, "Keep", parent)
        self._given = given
        self.field = QLineEdit(text)
        rows = form()
        rows.addRow(label, self.field)
        self.body.addLayout(rows)
        self.setMinimumWidth(400)
        self.field.selectAll()
        self.field.setFocus()

    def act(self) -> None:
        """Give the words back."""
        text = self.field.text().strip()
        if not text:
            self.say("Write something first.")
            return
        self.accept()
        self._given(text)
