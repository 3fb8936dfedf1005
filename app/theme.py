"""Colours, sizes and the one small style sheet of the window."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.theme_sheet import style_sheet
from index.model import Entity

SPACE = 8  # the grid, in pixels; half of it inside controls
HALF = SPACE // 2
ROW = 30  # height of a one-line row at text size 13
RADIUS = 6
PAGE_GAP = 16
LINE_HEIGHT = 1.45
NORMAL = 13  # the text size for which lengths are given

ENTITY_COLORS = (
    "#ffd400",
    "#ff6666",
    "#5fb236",
    "#2ea8e5",
    "#a28ae5",
    "#e56eee",
    "#f19837",
    "#aaaaaa",
)
KIND_COLORS = {
    "Person": "#2ea8e5",
    "Organization": "#a28ae5",
    "Law": "#e56eee",
    "Place": "#5fb236",
    "Event": "#f19837",
    "Theme": "#ffd400",
}
UNTAGGED_COLOR = "#aaaaaa"
# Colour is never the only sign of a kind.
KIND_SYMBOLS = {
    "Person": "●",
    "Organization": "■",
    "Law": "§",
    "Place": "▲",
    "Event": "◆",
    "Theme": "★",
}
KIND_WORDS = {
    "Person": "person",
    "Organization": "organisation",
    "Law": "law",
    "Place": "place",
    "Event": "event",
    "Theme": "theme",
}
MATCH_COLOR = "#ffe14d"


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours of one theme, as #rrggbb."""

    background: str
    pane: str
    line: str
    text: str
    dim: str
    selection: str
    accent: str
    on_accent: str
    warning: str
    chip: str
    hover: str
    well: str  # around the page pictures
    page: str  # paper
    dark: bool


LIGHT = Colors(
    background="#f6f6f4",
    pane="#ffffff",
    line="#dcdcd8",
    text="#1f2328",
    dim="#666b72",
    selection="#e6eefc",
    accent="#2457c5",
    on_accent="#ffffff",
    warning="#9a5b00",
    chip="#eeeeec",
    hover="#f0f0ee",
    well="#e8e8e4",
    page="#ffffff",
    dark=False,
)
DARK = Colors(
    background="#1f2124",
    pane="#26282c",
    line="#3a3d42",
    text="#e6e7e9",
    dim="#a0a6ae",
    selection="#2f3b52",
    accent="#8ab0ff",
    on_accent="#15233f",
    warning="#f0b75c",
    chip="#33363b",
    hover="#2d3035",
    well="#17181a",
    page="#f4f2ee",
    dark=True,
)


def entity_color(entity: Entity) -> str:
    """Return the colour an entity is shown in: its own, or its kind's."""
    return entity.color or KIND_COLORS.get(entity.kind, UNTAGGED_COLOR)


class Theme:
    """The look of the running window: chosen colours and text size."""

    def __init__(self) -> None:
        self.colors = LIGHT
        self.text_size = 13

    def small(self) -> int:
        """Return the size of secondary text in pixels."""
        return max(self.text_size - 1, 9)

    def scaled(self, pixels: float) -> int:
        """Return a length that grows with the text, given for the normal text size."""
        return round(pixels * self.text_size / NORMAL)

    def apply(self, application: QApplication, name: str, text_size: int) -> None:
        """Dress the whole application in the theme `name` of `settings.THEMES`."""
        dark = name == "dark" or (name == "system" and _system_is_dark(application))
        self.colors = DARK if dark else LIGHT
        self.text_size = text_size
        application.setStyle(QStyleFactory.create("Fusion"))
        font = QFont(application.font())
        font.setPixelSize(text_size)
        application.setFont(font)
        application.setPalette(_palette(self.colors))
        application.setStyleSheet(style_sheet(self.colors, text_size))


def _system_is_dark(application: QApplication) -> bool:
    return application.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _palette(colors: Colors) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, color in {
        roles.Window: colors.background,
        roles.WindowText: colors.text,
        roles.Base: colors.pane,
        roles.AlternateBase: colors.background,
        roles.Text: colors.text,
        roles.Button: colors.pane,
        roles.ButtonText: colors.text,
        roles.BrightText: colors.text,
        roles.ToolTipBase: colors.pane,
        roles.ToolTipText: colors.text,
        roles.PlaceholderText: colors.dim,
        roles.Highlight: colors.selection,
        roles.HighlightedText: colors.text,
        roles.Accent: colors.accent,
        roles.Link: colors.accent,
        roles.LinkVisited: colors.accent,
        roles.Light: colors.pane,
        roles.Midlight: colors.line,
        roles.Mid: colors.line,
        roles.Dark: colors.line,
        roles.Shadow: colors.line,
    }.items():
        palette.setColor(role, QColor(color))
    off = QPalette.ColorGroup.Disabled
    for role in (roles.Text, roles.ButtonText, roles.WindowText, roles.HighlightedText):
        palette.setColor(off, role, QColor(colors.dim))
    return palette
