"""The folders of archives: which there are, making one, and finding the keys to one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ArchiveDamaged, ArchiveUnavailable, BadInput
from index.store.blobs import space_error
from index.store.database import KEY_FILE, RECORD, advice

if TYPE_CHECKING:
    from index.crypto.keys import Keys

PLAIN_BEGINNING = b"SQLite format 3\0"
"""How a record begins that is not encrypted."""


def default_folder() -> Path:
    """Return the folder of the default archive, in the user's data folder."""
    import platformdirs

    return platformdirs.user_data_path("muniment", appauthor=False) / "archive"


def is_archive(folder: Path) -> bool:
    """Tell whether there is an archive in a folder."""
    return (folder / RECORD).is_file()


def is_encrypted(folder: Path) -> bool:
    """Tell whether there is an encrypted archive in a folder."""
    return (folder / KEY_FILE).is_file()


def is_taken(folder: Path) -> bool:
    """Tell whether a folder is there and is not an empty one."""
    return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))


def require_free(folder: Path) -> None:
    """Raise `BadInput` unless an archive can be made in a folder."""
    if is_taken(folder):
        raise BadInput(f"{folder} is there already and is not an empty folder.")


def make_folders(folder: Path) -> None:
    """Make the folders of an archive, for nobody else to look into."""
    try:
        (folder / "originals").mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise space_error(error) or ArchiveUnavailable(
            f"No archive can be made in {folder}: {error.strerror}."
        ) from error


def keys_of(folder: Path, passphrase: str) -> Keys | None:
    """Return the keys of an archive, None for a plain one.

    Raises `PassphraseNeeded`, `WrongPassphrase`, or `ArchiveDamaged` where a part is gone.
    """
    if not is_encrypted(folder):
        _require_plain(folder / RECORD)
        return None
    from index.crypto import keys

    return keys.unlock(folder, passphrase)


def _require_plain(record: Path) -> None:
    """Say so where a record is encrypted and its key file is gone."""
    try:
        with record.open("rb") as file:
            begin = file.read(len(PLAIN_BEGINNING))
    except OSError:
        return  # whoever opens it next says why it cannot be
    if len(begin) == len(PLAIN_BEGINNING) and begin != PLAIN_BEGINNING:
        raise ArchiveDamaged(
            f"The record {record.name} is damaged, or the archive is encrypted and its key file"
            f" {KEY_FILE} is missing. Put the key file back if there was one."
            f" {advice(record.parent)}"
        )
