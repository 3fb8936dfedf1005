"""One-file backups of an archive: the record and the originals, with the hash of each."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from index.errors import ArchiveDamaged, BadInput
from index.progress import NullProgress, Progress
from index.store.blobs import space_error, sync_folder
from index.store.database import RECORD

if TYPE_CHECKING:
    from index.library import Library

CONTENTS = "contents.json"
FORMAT = "muniment-backup-1"
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
            _copy_record(library, record)
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


def _copy_record(library: Library, target: Path) -> None:
    copy = sqlite3.connect(target)
    try:
        library.database.read().backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()


def _write(library: Library, record: Path, partial: Path, progress: Progress) -> Counts:
    documents = library.documents()
    hashes: dict[str, str] = {}
    size = 0
    with zipfile.ZipFile(partial, "x", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        members = [(RECORD, record)] + [
            (f"originals/{each.sha256}", library.blobs.require(each.sha256)) for each in documents
        ]
        for number, (name, path) in enumerate(members):
            progress.report(number, len(members), "Writing the backup")
            with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as sink:
                hashes[name], written = _pour(source, sink)
            size += written
        contents = {"format": FORMAT, "sha256": hashes}
        archive.writestr(CONTENTS, json.dumps(contents, indent=1))
    with partial.open("rb+") as done:
        os.fsync(done.fileno())
    info = library.info()
    return Counts(info.documents, info.passages, info.entities, len(hashes), size)


def _pour(source: IO[bytes], sink: IO[bytes]) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        sink.write(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def restore(source: Path, folder: Path, progress: Progress | None = None) -> Counts:
    """Unpack a backup into a new folder, checking the hash of every file."""
    from index.library import Library

    progress = progress or NullProgress()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(f"{folder} is there already and is not an empty folder.")
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
    with Library.open(folder) as library:
        library.reindex(progress)
        info = library.info()
    return Counts(info.documents, info.passages, info.entities, hashes, size)


def _unpack(source: Path, beside: Path, progress: Progress) -> tuple[int, int]:
    if not source.is_file():
        raise BadInput(f"There is no backup {source}.")
    try:
        with zipfile.ZipFile(source) as archive:
            contents = json.loads(archive.read(CONTENTS))
            if contents.get("format") != FORMAT:
                raise BadInput(f"{source.name} is not a backup that this version can restore.")
            hashes: dict[str, str] = contents["sha256"]
            size = 0
            for number, (name, sha256) in enumerate(sorted(hashes.items())):
                progress.report(number, len(hashes), "Restoring")
                size += _unpack_one(archive, name, sha256, beside)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise ArchiveDamaged(f"The backup {source.name} is damaged or not a backup.") from error
    return len(hashes), size


def _unpack_one(archive: zipfile.ZipFile, name: str, sha256: str, beside: Path) -> int:
    target = beside / RECORD
    if name != RECORD:
        if name != f"originals/{sha256}" or len(sha256) != 64 or not sha256.isalnum():
            raise ValueError(name)
        target = beside / "originals" / sha256[:2] / sha256
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as packed, target.open("xb") as sink:
        found, size = _pour(packed, sink)
        sink.flush()
        os.fsync(sink.fileno())
    if found != sha256:
        raise ValueError(name)
    return size
