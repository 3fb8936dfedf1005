"""The frame of the window: menus, activity bar, top field, panes and status line."""

from functools import partial

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.session import Session
from app.views import (
    archive_dialogs,
    care_commands,
    closing,
    core_commands,
    exchange_commands,
    holding_commands,
    menus,
)
from app.views.activities import ACTIVITIES, Activity
from app.views.activity import ActivityView
from app.views.inspector import Inspector
from app.views.reader_view import ReaderView
from app.views.search_completing import SearchCompleting
from app.views.tagging_box import TaggingBox
from app.widgets.activity_bar import ActivityBar
from app.widgets.current_stack import CurrentStack
from app.widgets.message_bar import MessageBar
from app.widgets.status_line import StatusLine
from app.widgets.tab_order import neighbour
from app.widgets.top_bar import TopBar

LIST_WIDTH, INSPECTOR_WIDTH = 330, 284


class MainWindow(QMainWindow):
    """Lays the panes out and routes; what is in them is the views' business."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._views: dict[str, ActivityView] = {}
        self._queries: dict[str, str] = {}
        self._current = ""
        self._sure = False  # that it may close
        session.commands.added.connect(self._take_command)
        self._lay_out()
        core_commands.add(session, self)
        holding_commands.add(session, self)
        exchange_commands.add(session, self)
        care_commands.add(session, self)
        self._add_activities()
        menus.build(
            self.menuBar(),
            session.commands,
            {"archive.recent": ("Recent archives", partial(archive_dialogs.fill_recent, session))},
        )
        self._connect()
        self._restore()

    @property
    def current(self) -> str:
        """The key of the activity that is shown."""
        return self._current

    def view(self, key: str) -> ActivityView:
        """Return an activity's widget, built at the first call."""
        if key not in self._views:
            activity = next(entry for entry in ACTIVITIES if entry.key == key)
            self._views[key] = self._build(activity)
        return self._views[key]

    def show_activity(self, key: str) -> None:
        """Bring an activity to the front."""
        view = self.view(key)
        if key != self._current:
            self._current = key
            self._place(view)
            self.bar.select(key)
            self.top.field.setPlaceholderText(view.placeholder)
            self.top.set_text(self._queries.get(key, ""))
            self._show_tools(view)
            self.completing.active = key == "search"
            self.completing.list.hide()
            self._show_panes()
            self.setWindowTitle(f"{self.session.library.folder.name} — Muniment")

    def focus_field(self) -> None:
        """Put the cursor into the top field with its text selected."""
        self.top.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top.field.selectAll()

    def toggle_list(self) -> None:
        """Show or hide the list pane."""
        self._toggle("list")

    def toggle_inspector(self) -> None:
        """Show or hide the inspector."""
        self._toggle("inspector")

    def write_note(self) -> None:
        """Write a note: on the selected words, or on the current passage."""
        document = self.reader.current
        if document is not None and document.selected() is not None:
            self.tagging.open(note=True)
        else:
            self.inspector.edit_note()

    def show_palette(self) -> None:
        """Offer every command by name."""
        from app.widgets.command_palette import CommandPalette

        CommandPalette(self.session.commands.all(), self).show()

    def show_settings(self) -> None:
        """Show the settings."""
        from app.views.settings_dialog import SettingsDialog

        SettingsDialog(self.session, self).open()

    def show_help(self) -> None:
        """Show the help."""
        from app.views.help_dialog import HelpDialog

        HelpDialog(self.session.commands, self.session.theme, self).show()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or give it back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def focusNextPrevChild(self, on: bool) -> bool:
        """Let Tab go through the window as it is read."""
        frame = self.centralWidget()
        found = neighbour([frame], self.focusWidget(), 1 if on else -1) if frame else None
        if found is None:
            return super().focusNextPrevChild(on)
        reason = Qt.FocusReason.TabFocusReason if on else Qt.FocusReason.BacktabFocusReason
        found.setFocus(reason)
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the panes and end all work; ask first where some would be cut short."""
        job = None if self._sure else self.session.jobs.at_stake()
        if job is not None:
            event.ignore()
            closing.ask(self, job.label, self.close_now)
            return
        settings = self.session.settings
        settings.keep_state("window", self.saveGeometry())
        settings.keep_state("body", self.body.saveState())
        settings.save()
        self.hide()  # it may take a moment until the work has stopped
        self.session.close()
        super().closeEvent(event)

    def close_now(self) -> None:
        """Close without a question."""
        self._sure = True
        self.close()

    # Layout

    def _lay_out(self) -> None:
        theme = self.session.theme
        self.top = TopBar(theme)
        self.message = MessageBar(theme)
        self.bar = ActivityBar([(a.key, a.title, a.icon) for a in ACTIVITIES], theme)
        self.lists = CurrentStack()
        self.lists.setMinimumWidth(200)
        self.work = CurrentStack()
        self.work.setMinimumWidth(320)
        self.reader = ReaderView(self.session)
        self.work.addWidget(self.reader)
        self.inspector = Inspector(self.session)
        self.body = QSplitter(Qt.Orientation.Horizontal, handleWidth=1, childrenCollapsible=False)
        for pane in (self.lists, self.work, self.inspector):
            self.body.addWidget(pane)
        self.body.setStretchFactor(1, 1)
        self.body.setSizes([LIST_WIDTH, 620, INSPECTOR_WIDTH])
        self.status = StatusLine(theme, encrypted=self.session.library.encrypted)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.bar)
        middle.addWidget(self.body, 1)
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.message)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(frame)
        self.completing = SearchCompleting(self.session, self.top, frame)
        self.tagging = TaggingBox(self.session, self.reader, frame)
        self.inspector.tag_wanted.connect(self.tagging.open)
        self.resize(1280, 800)

    def _build(self, activity: Activity) -> ActivityView:
        view = activity.make(self.session)
        (self.lists if view.uses_reader else self.work).addWidget(view)
        view.query_changed.connect(partial(self._take_query, activity.key))
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        for tool in view.tools():
            row.addWidget(tool)
        row.addStretch(1)
        view.setProperty("tools", self.top.tools.addWidget(box))
        return view

    def _place(self, view: ActivityView) -> None:
        if view.uses_reader:
            self.lists.setCurrentWidget(view)
            self.work.setCurrentWidget(self.reader)
        else:
            self.work.setCurrentWidget(view)

    def _show_tools(self, view: ActivityView) -> None:
        self.top.tools.setCurrentIndex(int(view.property("tools")))

    def _show_panes(self) -> None:
        shared = self.view(self._current).uses_reader
        flag = self.session.settings.flag
        self.lists.setVisible(shared and flag("panes/show_list", True))
        self.inspector.setVisible(shared and flag("panes/show_inspector", True))

    def _toggle(self, pane: str) -> None:
        settings = self.session.settings
        settings.keep_flag(f"panes/show_{pane}", not settings.flag(f"panes/show_{pane}", True))
        self._show_panes()

    # Wiring

    def _take_command(self, action: QAction) -> None:
        if action.parent() is self.session.commands:
            self.addAction(action)

    def _add_activities(self) -> None:
        for number, activity in enumerate(ACTIVITIES, start=1):
            self.session.commands.add(
                f"activity.{activity.key}",
                activity.title,
                partial(self._choose, activity.key),
                shortcuts=[f"Ctrl+{number}"],
            )

    def _connect(self) -> None:
        session = self.session
        self.top.end.clicked.connect(partial(self._trigger, "import"))
        self.bar.chosen.connect(self._choose)
        self.top.typed.connect(self._typed)
        self.top.submitted.connect(lambda: self.view(self._current).submit())
        self.top.left.connect(lambda: self.view(self._current).focus_list())
        session.activity_requested.connect(self.show_activity)
        session.open_requested.connect(self._show_reader)
        session.query_requested.connect(self._ask)
        session.reader_wanted.connect(lambda: self.reader.focus_document())
        session.problem.connect(self.message.show_text)
        session.notice.connect(self.status.show_notice)
        session.info_changed.connect(self.status.show_info)
        session.jobs.shown.connect(self.status.show_job)
        session.jobs.crashed.connect(self._show_crash)
        session.look_changed.connect(self._restyle)
        session.changed.connect(lambda changes: self._read_undo())
        self.status.unsearchable_clicked.connect(self._show_unsearchable)

    def _trigger(self, key: str, checked: bool = False) -> None:
        action = self.session.commands.get(key)
        if action is not None:
            action.trigger()

    def _choose(self, key: str) -> None:
        self.show_activity(key)
        self.view(key).focus_list()

    def _typed(self, text: str) -> None:
        self._queries[self._current] = text
        self.view(self._current).find_text(text)

    def _take_query(self, key: str, text: str) -> None:
        self._queries[key] = text
        if key == self._current:
            self.top.set_text(text)

    def _ask(self, query: str) -> None:
        """Search for something that was not typed into the field."""
        self.show_activity(ACTIVITIES[0].key)
        self.top.field.setText(query)

    def _show_reader(self) -> None:
        if not self.view(self._current).uses_reader:
            self.show_activity(ACTIVITIES[0].key)

    def _show_unsearchable(self) -> None:
        self.show_activity("library")
        self.session.unsearchable_requested.emit()

    def _show_crash(self, error: Exception, details: str) -> None:
        from app.widgets.crash_dialog import CrashDialog

        # What fails in a timer or in painting fails again and again; one dialog is enough.
        if not any(each.isVisible() for each in self.findChildren(CrashDialog)):
            CrashDialog(error, details, self).open()

    def _read_undo(self) -> None:
        library = self.session.library
        self.session.jobs.run(
            lambda progress: (library.undo_label(), library.redo_label()),
            done=self._show_undo,
            key="undo labels",
            owner=self,
        )

    def _show_undo(self, labels: tuple[str | None, str | None]) -> None:
        for key, verb, label in zip(("undo", "redo"), ("Undo", "Redo"), labels, strict=True):
            action = self.session.commands.get(key)
            if action is not None:
                action.setEnabled(label is not None)
                action.setText(f"{verb}: {label}" if label else verb)

    def _restyle(self) -> None:
        for part in (self.top, self.message, self.bar, self.status):
            part.restyle()

    def _restore(self) -> None:
        settings = self.session.settings
        geometry: QByteArray | None = settings.state("window")
        if geometry is not None:
            self.restoreGeometry(geometry)
        sizes = settings.state("body")
        if sizes is not None:
            self.body.restoreState(sizes)
        self.show_activity(ACTIVITIES[0].key)
        self.session.refresh_info()
        self._read_undo()
