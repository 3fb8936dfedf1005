"""The same archive once more in a new folder: encrypted under a key of its own, or plain."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from index import archives
from index.backup import Counts
from index.errors import ArchiveDamaged, BadInput
from index.export.placing import require_outside
from index.files import size_of
from index.progress import NullProgress, Progress
from index.store import driver
from index.store.blobs import space_error, sync_folder
from index.store.database import RECORD

if TYPE_CHECKING:
    from index.crypto.keys import Keys
    from index.library import Library


def copy_encrypted(
    library: Library, folder: Path, passphrase: str, progress: Progress | None = None
) -> Counts:
    """Write an archive into a new folder, encrypted for a passphrase; it stays as it is itself."""
    from index.crypto import header, keys

    _require_place(library, folder)
    made, head = keys.make(passphrase)
    with _Beside(folder) as beside:
        header.write(beside.path, head)
        return beside.filled(library, made, progress or NullProgress())


def copy_plain(library: Library, folder: Path, progress: Progress | None = None) -> Counts:
    """Write an archive into a new folder, not encrypted; it stays as it is itself."""
    _require_place(library, folder)
    with _Beside(folder) as beside:
        return beside.filled(library, None, progress or NullProgress())


def _require_place(library: Library, folder: Path) -> None:
    archives.require_free(folder)
    require_outside(folder, library.folder)


class _Beside:
    """A folder beside the wanted one, moved into its place when everything is in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> _Beside:
        try:
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            # Not hidden: what a kill leaves of a plain copy has to be seen.
            prefix = f"{self._folder.name} unfinished "
            self.path = Path(tempfile.mkdtemp(prefix=prefix, dir=self._folder.parent))
        except OSError as error:
            raise self._failed(error) from error
        archives.make_folders(self.path)
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.path, ignore_errors=True)

    def _failed(self, error: OSError) -> Exception:
        return space_error(error) or BadInput(
            f"The archive could not be written to {self._folder}: {error.strerror}."
        )

    def filled(self, library: Library, keys: Keys | None, progress: Progress) -> Counts:
        """Copy everything, build the index, and move the folder into its place."""
        try:
            self._copy_record(library, keys)
            counts = self._copy_rest(library, keys, progress)
            if self._folder.exists():
                self._folder.rmdir()
            self.path.replace(self._folder)
            sync_folder(self._folder.parent)
        except OSError as error:
            raise self._failed(error) from error
        return counts

    def _copy_record(self, library: Library, keys: Keys | None) -> None:
        target = driver.of(keys).connect(self.path / RECORD)
        try:
            driver.copy(library.database.read(), target)
        finally:
            target.close()

    def _copy_rest(self, library: Library, keys: Keys | None, progress: Progress) -> Counts:
        with type(library)(self.path, keys) as made:
            documents = made.documents()
            size = 0
            for number, document in enumerate(documents):
                progress.report(number, len(documents), "Copying originals")
                original = library.blobs.require(document.sha256)
                size += size_of(original)
                staged = made.blobs.stage(original)
                if staged.sha256 != document.sha256:
                    raise ArchiveDamaged(
                        f"The original of “{document.title}” is not the file that was imported."
                        " Run “muniment check” to see what else is damaged."
                    )
                made.blobs.keep(staged)
            made.reindex(progress)
            info = made.info()
        return Counts(info.documents, info.passages, info.entities, len(documents) + 1, size)
