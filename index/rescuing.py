"""Writing the originals out of an archive whose record cannot be read any more."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index import archives
from index.errors import ArchiveDamaged, BadInput, NotFound
from index.export.placing import require_outside
from index.progress import NullProgress, Progress
from index.store.blobs import CHUNK, NOT_AS_IMPORTED, BlobStore, space_error

if TYPE_CHECKING:
    from index.files import AnyFile


@dataclass(frozen=True, slots=True)
class Rescued:
    """How many originals were written, and which could not be, a sentence each."""

    files: int
    problems: tuple[str, ...] = ()


def rescue(
    archive: Path, out: Path, passphrase: str = "", progress: Progress | None = None
) -> Rescued:
    """Write every original that is still as it was into a new folder, named by its SHA-256.

    The record is not opened. Raises `PassphraseNeeded` or `WrongPassphrase`.
    """
    progress = progress or NullProgress()
    archives.require_free(out)
    require_outside(out, archive)
    blobs = _blobs(archive, passphrase)
    paths = blobs.paths()
    problems = []
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        for number, path in enumerate(paths):
            progress.report(number, len(paths), "Writing originals")
            try:
                file = blobs.found(path)
                _write(file, out / file.name)
            except ArchiveDamaged as error:
                problems.append(str(error))
    except OSError as error:
        raise space_error(error) or BadInput(
            f"The originals could not be written to {out}: {error.strerror}."
        ) from error
    return Rescued(len(paths) - len(problems), tuple(problems))


def _blobs(archive: Path, passphrase: str) -> BlobStore:
    folder = archive / "originals"
    if not folder.is_dir():
        raise NotFound(f"There are no originals in {archive}.")
    if not archives.is_encrypted(archive):
        return BlobStore(folder)
    from index.crypto import keys
    from index.store.sealed_blobs import SealedBlobs

    return SealedBlobs(folder, keys.unlock(archive, passphrase))


def _write(file: AnyFile, target: Path) -> None:
    """Copy a file; leave nothing where its bytes are not those that its name says."""
    digest = hashlib.sha256()
    try:
        with file.open("rb") as reader, target.open("xb") as writer:
            while piece := reader.read(CHUNK):
                digest.update(piece)
                writer.write(piece)
            writer.flush()
            os.fsync(writer.fileno())
        if digest.hexdigest() != file.name:
            raise ArchiveDamaged(NOT_AS_IMPORTED.format(file.name[:12]))
    except BaseException:
        target.unlink(missing_ok=True)
        raise
