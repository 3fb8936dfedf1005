"""What stands in which menu: keys of commands, in order; None is a line between them.

A command is shown once the view that adds it has been built; the two lists
that grow (recent archives) are submenus filled when they open.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from app.commands import Commands

MENUS: tuple[tuple[str, tuple[str | None, ...]], ...] = (
    (
        "&File",
        (
            "archive.new",
            "archive.open",
            "archive.recent",
            "archive.encrypt",
            "archive.decrypt",
            "archive.passphrase",
            "archive.lock",
            None,
            "import",
            "import.folder",
            "take_in",
            "archive.merge",
            None,
            "export",
            "bundle.new",
            "bundle.verify",
            "bundle.verify_zip",
            "hand_over",
            None,
            "quit",
        ),
    ),
    (
        "&Edit",
        (
            "undo",
            "redo",
            None,
            "reader.copy",
            "reader.select_all",
            "citation.copy",
            None,
            "document.describe",
            "document.move",
            "document.remove",
            None,
            "document.newer",
            "document.reread",
            "document.encoding",
            "document.recognise",
            "document.labels",
            "document.unlock",
            None,
            "settings",
        ),
    ),
    (
        "&View",
        (
            "activity.search",
            "activity.library",
            "activity.entities",
            "activity.passages",
            "activity.bundles",
            None,
            "reader.zoom_in",
            "reader.zoom_out",
            "reader.fit_width",
            "reader.actual_size",
            "reader.outline",
            None,
            "reader.next",
            "reader.previous",
            "reader.close",
            None,
            "pane.list",
            "pane.inspector",
            "full_screen",
        ),
    ),
    (
        "&Search",
        (
            "search.focus",
            "search.filters",
            "search.save",
            None,
            "match.next",
            "match.previous",
            None,
            "page.next",
            "page.previous",
            "page.go",
        ),
    ),
    (
        "&Tags",
        (
            "passage.tag",
            "passage.note",
            "passage.next",
            "passage.previous",
            "passage.delete",
            "passage.place",
            "passages.repair",
            "bundle.add",
            "passages.remove",
            None,
            "entity.new",
            "entity.edit",
            "entity.merge",
            "entity.split",
            "entity.remove",
            "entities.propose",
            "entities.by_document",
            None,
            "entities.import",
            "entities.export",
        ),
    ),
    (
        "T&ools",
        (
            "palette",
            None,
            "documents.recognise",
            "documents.reread",
            "archive.check",
            "archive.reindex",
        ),
    ),
    ("&Help", ("help", "about")),
)

SubMenus = dict[str, tuple[str, Callable[[QMenu], None]]]


def build(bar: QMenuBar, commands: Commands, submenus: SubMenus) -> None:
    """Fill the menu bar; each menu reads its commands when it opens."""
    for title, keys in MENUS:
        menu = bar.addMenu(title)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(partial(_fill, menu, keys, commands, submenus))
        _fill(menu, keys, commands, submenus)


def _fill(menu: QMenu, keys: Sequence[str | None], commands: Commands, submenus: SubMenus) -> None:
    for action in menu.actions():
        menu.removeAction(action)
    pending_line = False
    for key in keys:
        if key is None:
            pending_line = bool(menu.actions())
            continue
        entry: QAction | None = commands.get(key)
        if key in submenus:
            title, fill = submenus[key]
            child = QMenu(title, menu)
            child.aboutToShow.connect(partial(fill, child))
            entry = child.menuAction()
        if entry is None:
            continue
        if pending_line:
            menu.addSeparator()
            pending_line = False
        menu.addAction(entry)
