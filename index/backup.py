"""One-file backups of an archive: the record and the originals, with the hash of each."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from index import archives
from index.errors import ArchiveDamaged, BadInput, MunimentError
from index.model import Document
from index.progress import NullProgress, Progress
from index.store.blobs import space_error, sync_folder
from index.store.database import KEY_FILE, RECORD

if TYPE_CHECKING:
    from index.crypto.keys import Keys
    from index.library import Library

CONTENTS = "contents.json"
FORMAT = "muniment-backup-1"
SEALED_FORMAT = "muniment-backup-2"  # of an encrypted archive, as it is, with its key file
_HASH = re.compile("[0-9a-f]{64}")
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Counts:
    """What a backup holds."""

    documents: int
    passages: int
    entities: int
    files: int
    bytes: int


def backup(library: Library, target: Path, progress: Progress | None = None) -> Counts:
    """Write the whole archive into one file, beside it first and then into its place."""
    progress = progress or NullProgress()
    if target.exists():
        raise BadInput(f"{target} is there already.")
    partial = target.with_name(target.name + ".part")
    try:
        # Beside the backup: the archive's own disk may be full, or may be no longer written to.
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
            record = Path(folder, RECORD)
            library.database.copy_to(record)
            counts = _write(library, record, partial, progress)
        partial.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise space_error(error) or BadInput(
            f"The backup {target} could not be written: {error.strerror}."
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    return counts


def _write(library: Library, record: Path, partial: Path, progress: Progress) -> Counts:
    documents = library.documents()
    hashes: dict[str, str] = {}
    size = 0
    packing = zipfile.ZIP_STORED if library.encrypted else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(partial, "x", packing, compresslevel=1) as archive:
        members = [(RECORD, record), *_originals(library, documents)]
        if library.encrypted:
            members.insert(0, (KEY_FILE, library.folder / KEY_FILE))
        for number, (name, path) in enumerate(members):
            progress.report(number, len(members), "Writing the backup")
            with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as sink:
                hashes[name], written = _pour(source, sink)
            size += written
        form = SEALED_FORMAT if library.encrypted else FORMAT
        contents = {"format": form, "sha256": hashes}
        archive.writestr(CONTENTS, json.dumps(contents, indent=1))
    with partial.open("rb+") as done:
        os.fsync(done.fileno())
    info = library.info()
    return Counts(info.documents, info.passages, info.entities, len(hashes), size)


def _originals(library: Library, documents: Iterable[Document]) -> Iterator[tuple[str, Path]]:
    """Yield the originals as they lie in the archive, and what they are called in the backup."""
    for document in documents:
        library.blobs.require(document.sha256)
        path = library.blobs.path(document.sha256)
        yield f"originals/{path.name}", path


def _pour(source: IO[bytes], sink: IO[bytes]) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        sink.write(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def restore(
    source: Path, folder: Path, progress: Progress | None = None, passphrase: str = ""
) -> Counts:
    """Unpack a backup into a new folder, checking the hash of every file.

    That of an encrypted archive needs its passphrase; raises `PassphraseNeeded` or
    `WrongPassphrase` before anything is unpacked.
    """
    from index.library import Library

    progress = progress or NullProgress()
    archives.require_free(folder)
    keys = _keys(source, passphrase)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".restore-", dir=folder.parent))
    try:
        hashes, size = _unpack(source, beside, progress)
        if folder.exists():
            folder.rmdir()
        beside.replace(folder)
    except OSError as error:
        raise space_error(error) or BadInput(
            f"The archive could not be restored to {folder}: {error.strerror}."
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    with Library(folder, keys) as library:
        library.reindex(progress)
        info = library.info()
    return Counts(info.documents, info.passages, info.entities, hashes, size)


def is_encrypted(source: Path) -> bool:
    """Tell whether a file is the backup of an encrypted archive."""
    if not source.is_file():
        return False  # `restore` says so
    try:
        with _opened(source) as (_, hashes):
            return KEY_FILE in hashes
    except MunimentError:
        return False


def _keys(source: Path, passphrase: str) -> Keys | None:
    """Return the keys that the key file of a backup gives, None where it has none."""
    with _opened(source) as (archive, hashes):
        if KEY_FILE not in hashes:
            return None
        from index.crypto import header, keys

        with archive.open(KEY_FILE) as packed:
            return keys.unwrap(header.parse(packed.read(header.MAX_BYTES + 1)), passphrase)


@contextlib.contextmanager
def _opened(source: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, str]]]:
    """Give a backup and the hash of each of its files; say what is wrong with it."""
    if not source.is_file():
        raise BadInput(f"There is no backup {source}.")
    try:
        with zipfile.ZipFile(source) as archive:
            contents = json.loads(archive.read(CONTENTS))
            if contents.get("format") not in (FORMAT, SEALED_FORMAT):
                raise BadInput(f"{source.name} is not a backup that this version can restore.")
            hashes: dict[str, str] = contents["sha256"]
            if (KEY_FILE in hashes) != (contents["format"] == SEALED_FORMAT):
                raise ValueError(KEY_FILE)
            yield archive, hashes
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise ArchiveDamaged(f"The backup {source.name} is damaged or not a backup.") from error


def _unpack(source: Path, beside: Path, progress: Progress) -> tuple[int, int]:
    with _opened(source) as (archive, hashes):
        size = 0
        sealed = KEY_FILE in hashes
        for number, (name, sha256) in enumerate(sorted(hashes.items())):
            progress.report(number, len(hashes), "Restoring")
            size += _unpack_one(archive, name, sha256, beside / _place(name, sha256, sealed))
    return len(hashes), size


def _place(name: str, sha256: str, sealed: bool) -> Path:
    """Return where a file of a backup belongs; raise `ValueError` when it is none."""
    if name == RECORD or (sealed and name == KEY_FILE):
        return Path(name)
    called = name.removeprefix("originals/")
    if not _HASH.fullmatch(called) or not (sealed or called == sha256):
        raise ValueError(name)
    return Path("originals", called[:2], called)


def _unpack_one(archive: zipfile.ZipFile, name: str, sha256: str, target: Path) -> int:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as packed, target.open("xb") as sink:
        found, size = _pour(packed, sink)
        sink.flush()
        os.fsync(sink.fileno())
    if found != sha256:
        raise ValueError(name)
    return size
