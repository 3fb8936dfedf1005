"""The originals: files named by their SHA-256, written once and never changed."""

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from index.errors import ArchiveDamaged, DiskFull, UnreadableFile
from index.files import AnyFile

CHUNK = 1 << 20
STALE_SECONDS = 3600
NOT_AS_IMPORTED = "The original {}… is not the file that was imported."


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A copy of a file inside the archive that is not part of it yet."""

    path: Path
    sha256: str
    size: int
    file: AnyFile  # what is to be read, under the name it came with


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder survive a power cut, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def space_error(error: OSError) -> DiskFull | None:
    """Return the `DiskFull` that an `OSError` stands for, or None."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull("No space is left on the disk. Everything finished before is kept.")
    return None


class BlobStore:
    """The folder of originals of one archive."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Return where the original with this hash lies."""
        return self.folder / sha256[:2] / sha256

    def paths(self) -> list[Path]:
        """Return where originals lie, whether or not a record knows of them."""
        folders = (path for path in self.folder.iterdir() if len(path.name) == 2)
        return sorted(path for folder in folders for path in folder.iterdir() if path.is_file())

    def found(self, path: Path) -> AnyFile:
        """Return an original by where it lies, named by its SHA-256; raise `ArchiveDamaged`."""
        return path

    def stage(self, source: AnyFile) -> StagedFile:
        """Copy a file in, hashing it on the way; the copy is synced to the disk."""
        target = self._new_incoming(source.name)
        digest = hashlib.sha256()
        size = 0
        try:
            with source.open("rb") as reader:
                try:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    with target.open("xb") as writer, self._written(writer, digest) as sink:
                        while chunk := reader.read(CHUNK):
                            digest.update(chunk)
                            size += len(chunk)
                            sink.write(chunk)
                except BaseException as error:
                    shutil.rmtree(target.parent, ignore_errors=True)
                    full = space_error(error) if isinstance(error, OSError) else None
                    raise full or error from error
        except OSError as error:
            reason = error.strerror or "it cannot be opened"
            raise UnreadableFile(f"The file could not be read: {reason}.") from error
        sha256 = digest.hexdigest()
        return StagedFile(target, sha256, size, self._readable(target, sha256, source.name))

    def _new_incoming(self, name: str) -> Path:
        """Return a free place for a copy."""
        # A folder of its own lets the copy keep its name, which says what kind of file it is.
        return self.folder / "incoming" / secrets.token_hex(8) / name

    @contextlib.contextmanager
    def _written(self, file: IO[bytes], digest: "hashlib._Hash") -> Iterator[IO[bytes]]:
        """Give what a copy is written to; all of it is on the disk afterwards."""
        yield file
        file.flush()
        os.fsync(file.fileno())

    def _readable(self, path: Path, sha256: str, name: str) -> AnyFile:
        """Return a stored file to be read."""
        return path

    def stage_kept(self, sha256: str, name: str) -> StagedFile:
        """Lay an original out under its own name for reading; `discard` it afterwards."""
        self.require(sha256)
        source = self.path(sha256)
        target = self._new_incoming(Path(name).name)
        target.parent.mkdir(parents=True)
        try:
            target.hardlink_to(source)
        except OSError:
            shutil.copyfile(source, target)
        return StagedFile(target, sha256, source.stat().st_size, target)

    def keep(self, staged: StagedFile) -> Path:
        """Move a staged copy to its place for good."""
        target = self.path(staged.sha256)
        fresh = not target.parent.exists()
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and target.stat().st_size == staged.path.stat().st_size:
            self.discard(staged)
            return target
        staged.path.chmod(0o400)
        staged.path.replace(target)
        self.discard(staged)
        sync_folder(target.parent)
        if fresh:
            sync_folder(self.folder)
        return target

    def discard(self, staged: StagedFile) -> None:
        """Drop a staged copy."""
        shutil.rmtree(staged.path.parent, ignore_errors=True)

    def remove(self, sha256: str) -> None:
        """Delete an original for good."""
        with contextlib.suppress(OSError):
            self.path(sha256).unlink()

    def clear_incoming(self) -> None:
        """Drop what an interrupted import left behind; another one may be running now."""
        incoming = self.folder / "incoming"
        if incoming.is_dir():
            for path in incoming.iterdir():
                with contextlib.suppress(OSError):
                    if time.time() - path.stat().st_mtime > STALE_SECONDS:
                        shutil.rmtree(path)

    def problem(self, sha256: str, size: int) -> str | None:
        """Return what is wrong with an original as a sentence, or None."""
        path = self.path(sha256)
        if not path.is_file():
            return f"The original {sha256[:12]}… is missing."
        digest = hashlib.sha256()
        found = 0
        try:
            with self._readable(path, sha256, sha256).open("rb") as reader:
                while chunk := reader.read(CHUNK):
                    digest.update(chunk)
                    found += len(chunk)
        except ArchiveDamaged as error:
            return str(error)
        except OSError as error:
            return f"The original {sha256[:12]}… cannot be read: {error.strerror}."
        if digest.hexdigest() != sha256 or found != size:
            return NOT_AS_IMPORTED.format(sha256[:12])
        return None

    def require(self, sha256: str) -> AnyFile:
        """Return an original to be read; raise `ArchiveDamaged` when it is gone."""
        path = self.path(sha256)
        if not path.is_file():
            raise ArchiveDamaged(
                f"The original {sha256[:12]}… is missing. Run “muniment check” to see what is left."
            )
        return self._readable(path, sha256, sha256)
