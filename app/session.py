"""What every view shares: the open archive, its news, and what the user is looking at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.catalog import Catalog
from app.commands import Commands
from app.jobs import Job, Jobs
from app.settings import Settings
from app.theme import Theme
from index.model import ArchiveInfo, Changes, Entity, ImportResult, Passage, Span
from index.progress import Progress

if TYPE_CHECKING:
    from index.library import Library

T = TypeVar("T")

POLL = 2000  # milliseconds between two looks for another process's writes


@dataclass(frozen=True, slots=True)
class Target:
    """A place to show in the reader: a document, and if known a page or a range of it.

    `page` counts from 1; `span` and `matches` are code points of the
    canonical text; `passage` becomes the current one.
    """

    document: str
    page: int | None = None
    span: Span | None = None
    matches: tuple[Span, ...] = ()
    passage: str | None = None
    query: str = ""


class Session(QObject):
    """One opened archive in one window.

    Views read with `session.jobs.run(lambda progress: session.library.…)`,
    write through a function of `app.operations`, listen to `changed`, and ask
    for a place to be shown with `open(Target(…))`.
    """

    changed = Signal(object)  # Changes: read again what it names
    info_changed = Signal(object)  # ArchiveInfo
    open_requested = Signal(object)  # Target
    activity_requested = Signal(str)  # key of an activity
    unsearchable_requested = Signal()  # the Library shows what cannot be searched
    password_wanted = Signal(str)  # id of an encrypted document that is to be drawn
    passages_requested = Signal(object)  # ids that the Passages activity shows
    query_requested = Signal(str)  # searched for in the Search activity
    reader_wanted = Signal()  # the keyboard goes to the reader
    restyle_requested = Signal()  # theme or text size of the settings changed
    style_changed = Signal()  # the citation style
    archive_requested = Signal(object, bool)  # Path, and whether to make it
    archive_unlocked = Signal(object, object)  # Path of an encrypted archive, and its keys
    lock_requested = Signal()  # the archive is to be closed and its keys forgotten
    idle_changed = Signal()  # after how many minutes that happens by itself
    look_changed = Signal()  # colours or text size
    document_changed = Signal(str)  # id of the document in the reader, or ""
    passage_changed = Signal(str)  # id of the current passage, or ""
    problem = Signal(str)  # a sentence that stays until it is dismissed
    notice = Signal(str)  # a sentence for the status line, gone after a while
    _announced = Signal(object)

    def __init__(
        self,
        library: "Library",
        settings: Settings,
        theme: Theme,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.library = library
        self.settings = settings
        self.theme = theme
        self.jobs = Jobs(self)
        self.commands = Commands(self)
        self.catalog = Catalog(library, self.jobs, self)
        self.info: ArchiveInfo | None = None
        self.document = ""
        self.passage = ""
        self.jobs.problem.connect(self.problem)
        self._announced.connect(self._take_changes, Qt.ConnectionType.QueuedConnection)
        self._version = library.data_version()
        self._record = library.record_version()
        self._poll = QTimer(self, interval=POLL)
        self._poll.timeout.connect(self._look_for_others)
        self._poll.start()
        self.changed.connect(self.catalog.follow)
        self.catalog.load()

    def open(self, target: Target) -> None:
        """Show a place in the reader."""
        self.open_requested.emit(target)

    def set_document(self, document: str) -> None:
        """Say which document the reader shows; called by the reader."""
        if document != self.document:
            self.document = document
            self.set_passage("")  # it belongs to the document that was left
            self.document_changed.emit(document)

    def set_passage(self, passage: str) -> None:
        """Make a passage the current one, for the reader and the inspector."""
        if passage != self.passage:
            self.passage = passage
            self.passage_changed.emit(passage)

    def write(
        self,
        label: str,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Run one of the library's writes and tell every view what it changed."""

        def finish(result: T) -> None:
            self._take_changes(changes_of(result))
            if done is not None:
                done(result)

        return self.jobs.run(work, done=finish, failed=failed, label=label, write=True)

    def announce(self, changes: Changes) -> None:
        """Tell every view what changed, from any thread, in the midst of a write."""
        self._announced.emit(changes)

    def refresh_info(self) -> None:
        """Read the archive's numbers again."""
        self.jobs.run(
            lambda progress: self.library.info(), done=self._take_info, key="info", owner=self
        )

    def close(self) -> None:
        """Stop all work; the archive itself is closed by whoever opened it."""
        self._poll.stop()
        self.jobs.close()

    def _take_info(self, info: ArchiveInfo) -> None:
        self.info = info
        self.info_changed.emit(info)

    def _take_changes(self, changes: Changes) -> None:
        self._note_version()
        if changes:
            self.changed.emit(changes)
            self.refresh_info()

    def _note_version(self) -> None:
        """Take the record as it is now for known; writes of our own workers move it too."""
        self._version = self.library.data_version()
        self._record = self.library.record_version()

    def _look_for_others(self) -> None:
        if self.jobs.writing() or self.library.data_version() == self._version:
            return
        before = self._record
        self._note_version()
        # Somebody wrote; only a cache, if what the user sees is as it was.
        if self._record != before:
            self._take_changes(Changes(everything=True, label="Changed by another program"))


def changes_of(result: object) -> Changes:
    """Return what a write of the library changed, from what it returned."""
    match result:
        case Changes():
            return result
        case Passage():
            return Changes(
                frozenset({result.document}), frozenset(result.entities), frozenset({result.id})
            )
        case Entity():
            return Changes(entities=frozenset({result.id}))
        case list():
            imported = [item for item in result if isinstance(item, ImportResult)]
            return Changes(documents=frozenset(r.document for r in imported if r.document))
    changes = getattr(result, "changes", None)
    return changes if isinstance(changes, Changes) else Changes(everything=True)
