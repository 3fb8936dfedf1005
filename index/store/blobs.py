"""The originals: files named by their SHA-256, written once and never changed."""

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from index.errors import ArchiveDamaged, DiskFull, UnreadableFile

CHUNK = 1 << 20
STALE_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A copy of a file inside the archive that is not part of it yet."""

    path: Path
    sha256: str
    size: int


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

    def stage(self, source: Path) -> StagedFile:
        """Copy a file in, hashing it on the way; the copy is synced to the disk."""
        # A folder of its own lets the copy keep its name, which says what kind of file it is.
        incoming = self.folder / "incoming" / secrets.token_hex(8)
        target = incoming / source.name
        digest = hashlib.sha256()
        size = 0
        try:
            with source.open("rb") as reader:
                try:
                    incoming.mkdir(parents=True, exist_ok=True)
                    with target.open("xb") as writer:
                        while chunk := reader.read(CHUNK):
                            digest.update(chunk)
                            size += len(chunk)
                            writer.write(chunk)
                        writer.flush()
                        os.fsync(writer.fileno())
                except OSError as error:
                    shutil.rmtree(incoming, ignore_errors=True)
                    raise space_error(error) or error from error
        except OSError as error:
            reason = error.strerror or "it cannot be opened"
            raise UnreadableFile(f"The file could not be read: {reason}.") from error
        return StagedFile(target, digest.hexdigest(), size)

    def stage_kept(self, sha256: str, name: str) -> StagedFile:
        """Lay an original out under its own name for reading; `discard` it afterwards."""
        source = self.require(sha256)
        incoming = self.folder / "incoming" / secrets.token_hex(8)
        incoming.mkdir(parents=True)
        target = incoming / Path(name).name
        try:
            target.hardlink_to(source)
        except OSError:
            shutil.copyfile(source, target)
        return StagedFile(target, sha256, source.stat().st_size)

    def keep(self, staged: StagedFile) -> Path:
        """Move a staged copy to its place for good."""
        target = self.path(staged.sha256)
        fresh = not target.parent.exists()
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and target.stat().st_size == staged.size:
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
        try:
            with path.open("rb") as reader:
                while chunk := reader.read(CHUNK):
                    digest.update(chunk)
        except OSError as error:
            return f"The original {sha256[:12]}… cannot be read: {error.strerror}."
        if digest.hexdigest() != sha256 or path.stat().st_size != size:
            return f"The original {sha256[:12]}… is not the file that was imported."
        return None

    def require(self, sha256: str) -> Path:
        """Return where an original lies; raise `ArchiveDamaged` when it is gone."""
        path = self.path(sha256)
        if not path.is_file():
            raise ArchiveDamaged(
                f"The original {sha256[:12]}… is missing. Run “muniment check” to see what is left."
            )
        return path
