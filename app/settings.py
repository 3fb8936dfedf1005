"""What the window remembers between two runs, in one ini file of the user's."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from platformdirs import user_config_path
from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from index.model import ExportRequest

SMALLEST_TEXT, LARGEST_TEXT, NORMAL_TEXT = 10, 24, 13  # pixels at scale 1
THEMES = ("system", "light", "dark")
RECENT_ARCHIVES = 8
LONGEST_IDLE = 240  # minutes
RECENT_ENTITIES = 9


def default_path() -> Path:
    """Return where the window's settings lie for this user."""
    return user_config_path("muniment", appauthor=False) / "window.ini"


class Settings:
    """Typed access to the ini file; unknown or damaged values fall back to the defaults."""

    def __init__(self, path: Path | None = None) -> None:
        self._store = QSettings(str(path or default_path()), QSettings.Format.IniFormat)

    @property
    def text_size(self) -> int:
        """The size of the window's text in pixels at scale 1."""
        try:
            size = int(cast(str, self._store.value("look/text_size", NORMAL_TEXT)))
        except (TypeError, ValueError):
            return NORMAL_TEXT
        return min(max(size, SMALLEST_TEXT), LARGEST_TEXT)

    @text_size.setter
    def text_size(self, size: int) -> None:
        self._store.setValue("look/text_size", min(max(size, SMALLEST_TEXT), LARGEST_TEXT))

    @property
    def theme(self) -> str:
        """One of `THEMES`."""
        name = str(self._store.value("look/theme", "system"))
        return name if name in THEMES else "system"

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("look/theme", name)

    @property
    def lock_minutes(self) -> int:
        """After how many idle minutes an encrypted archive is locked, 0 for never."""
        try:
            minutes = int(cast(str, self._store.value("safety/lock_minutes", 0)))
        except (TypeError, ValueError):
            return 0
        return min(max(minutes, 0), LONGEST_IDLE)

    @lock_minutes.setter
    def lock_minutes(self, minutes: int) -> None:
        self._store.setValue("safety/lock_minutes", minutes)

    @property
    def style(self) -> str:
        """The citation style that is shown and exported in."""
        return str(self._store.value("citing/style", ExportRequest().style))

    @style.setter
    def style(self, name: str) -> None:
        self._store.setValue("citing/style", name)

    @property
    def recent_archives(self) -> tuple[Path, ...]:
        """The archives opened last, newest first, without those that are gone."""
        return tuple(path for path in map(Path, self.texts("archives/recent")) if path.is_dir())

    def remember_archive(self, folder: Path) -> None:
        """Put `folder` first among the recent archives."""
        known = [str(folder), *(text for text in self.texts("archives/recent"))]
        self.keep_texts("archives/recent", list(dict.fromkeys(known))[:RECENT_ARCHIVES])

    def recent_entities(self, archive: Path) -> tuple[str, ...]:
        """Return the ids of the entities tagged last in `archive`, newest first."""
        return tuple(self.texts(f"entities/{_key(archive)}"))

    def remember_entities(self, archive: Path, entities: Sequence[str]) -> None:
        """Put `entities` first among those tagged last in `archive`."""
        known = [*entities, *self.recent_entities(archive)]
        self.keep_texts(f"entities/{_key(archive)}", list(dict.fromkeys(known))[:RECENT_ENTITIES])

    def texts(self, key: str) -> list[str]:
        """Return a kept list of texts."""
        value = self._store.value(key)
        if isinstance(value, str):  # a list of one comes back as a bare text
            return [value] if value else []
        return [str(item) for item in value] if isinstance(value, list) else []

    def keep_texts(self, key: str, texts: Sequence[str]) -> None:
        """Keep a list of texts under `key`."""
        self._store.setValue(key, list(texts))

    def folder(self, what: str) -> Path:
        """Return where files for a purpose were chosen last, else where the user's documents are.

        Never the folder the program was started in, which means nothing to its user.
        """
        kept = self.texts(f"{what}/folder")
        if kept and Path(kept[0]).is_dir():
            return Path(kept[0])
        place = QStandardPaths.StandardLocation.DocumentsLocation
        documents = Path(QStandardPaths.writableLocation(place) or Path.home())
        return documents if documents.is_dir() else Path.home()

    def remember_folder(self, what: str, folder: Path) -> None:
        """Keep where files for a purpose were chosen."""
        self.keep_texts(f"{what}/folder", [str(folder)])

    def flag(self, key: str, default: bool) -> bool:
        """Return a kept yes or no."""
        value = self._store.value(key)
        return default if value is None else str(value).lower() == "true"

    def keep_flag(self, key: str, value: bool) -> None:
        """Keep a yes or no under `key`."""
        self._store.setValue(key, value)

    def state(self, key: str) -> QByteArray | None:
        """Return kept geometry or pane sizes, if there are any."""
        value = self._store.value(f"panes/{key}")
        return value if isinstance(value, QByteArray) else None

    def keep_state(self, key: str, state: QByteArray) -> None:
        """Keep geometry or pane sizes under `key`."""
        self._store.setValue(f"panes/{key}", state)

    def save(self) -> None:
        """Write everything to the file now."""
        self._store.sync()


def _key(archive: Path) -> str:
    # A slash would open a group in the ini file.
    return str(archive).replace("/", "|").replace("\\", "|")
