"""The originals of an encrypted archive: sealed, and named so that nobody can look one up."""

import contextlib
import hashlib
import hmac
import io
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING, cast

from index.crypto import sealed
from index.crypto.keys import Keys
from index.errors import ArchiveDamaged
from index.files import AnyFile
from index.store.blobs import NOT_AS_IMPORTED, BlobStore, StagedFile

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class SealedBlobs(BlobStore):
    """The folder of originals of one encrypted archive.

    A file is called by a keyed hash of its SHA-256: without the key a thief cannot
    tell whether a document that he has is in the archive. Its length is rounded up.
    """

    def __init__(self, folder: Path, keys: Keys) -> None:
        super().__init__(folder)
        self._key = keys.key_for("originals")
        self._names = keys.key_for("names of originals")

    def path(self, sha256: str) -> Path:
        """Return where the original with this hash lies."""
        name = hmac.new(self._names, bytes.fromhex(sha256), "sha256").hexdigest()
        return self.folder / name[:2] / name

    def found(self, path: Path) -> AnyFile:
        """Return an original by where it lies; its head says what its SHA-256 is."""
        with path.open("rb") as file:
            raw = file.read(sealed.HEAD_SIZE)
        try:
            sha256 = sealed.bound_to(raw, self._key).hex()
        except sealed.Broken:
            raise ArchiveDamaged(f"The file {path.name[:12]}… is no original any more.") from None
        return SealedFile(path, self._key, sha256, sha256)

    def stage_kept(self, sha256: str, name: str) -> StagedFile:
        """Give an original its own name for reading; there is nothing to lay out for that."""
        file = SealedFile(self.path(sha256), self._key, sha256, PurePath(name).name)
        self.require(sha256)
        return StagedFile(self._new_incoming(""), sha256, file.size, file)

    def _new_incoming(self, name: str) -> Path:
        return self.folder / "incoming" / secrets.token_hex(8) / "sealed"

    @contextlib.contextmanager
    def _written(self, file: IO[bytes], digest: "hashlib._Hash") -> Iterator[IO[bytes]]:
        with super()._written(file, digest) as plain:
            writer = sealed.Writer(plain, self._key, hide_length=True)
            yield cast(IO[bytes], writer)
            writer.finish(digest.digest())

    def _readable(self, path: Path, sha256: str, name: str) -> AnyFile:
        return SealedFile(path, self._key, sha256, name)


class SealedFile:
    """A sealed original, decrypted piece by piece while it is read."""

    def __init__(self, path: Path, key: bytes, sha256: str, name: str) -> None:
        self._path, self._key, self._sha256 = path, key, sha256
        self.name = name

    @property
    def suffix(self) -> str:
        """The ending of the name it came with."""
        return PurePath(self.name).suffix

    @property
    def size(self) -> int:
        """How many bytes it has when it is read."""
        with self.open() as stream:
            return stream.size

    def open(self, mode: str = "rb") -> "_Stream":
        """Open it for reading; raise `ArchiveDamaged` there or later where it was changed."""
        return _Stream(self._path.open("rb"), self._key, self._sha256)

    def read_bytes(self) -> bytes:
        """Return all of it."""
        with self.open() as stream:
            return stream.read()


class _Stream(io.BufferedIOBase):
    """The decrypted bytes of one file, from its beginning to its end."""

    def __init__(self, file: IO[bytes], key: bytes, sha256: str) -> None:
        super().__init__()
        self._file, self._sha256 = file, sha256
        self._lock = threading.Lock()
        try:
            length = file.seek(0, io.SEEK_END)
            reader = sealed.Reader(self._read_at, length, key)
            if reader.binding.hex() != sha256:
                raise sealed.Broken
        except sealed.Broken:
            file.close()
            raise self._damaged() from None
        except BaseException:
            file.close()
            raise
        self.size = reader.size
        self._chunks = reader.chunks()
        self._held = memoryview(b"")

    def _read_at(self, at: int, count: int) -> bytes:
        self._file.seek(at)
        return self._file.read(count)

    def _damaged(self) -> ArchiveDamaged:
        return ArchiveDamaged(
            f"{NOT_AS_IMPORTED.format(self._sha256[:12])}"
            " It was changed or cut off; put it back from a backup."
        )

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def read(self, size: int | None = -1) -> bytes:
        """Return the next bytes, all that are left when no size is given."""
        wanted = self.size if size is None or size < 0 else size
        pieces: list[memoryview] = []
        while wanted > 0:
            if not self._held:
                try:
                    self._held = memoryview(next(self._chunks))
                except StopIteration:
                    break
                except sealed.Broken:
                    raise self._damaged() from None
            piece, self._held = self._held[:wanted], self._held[wanted:]
            wanted -= len(piece)
            pieces.append(piece)
        return b"".join(pieces)

    def read1(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        return self.read(size)

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Put the next bytes into a buffer; `hashlib` reads so."""
        view = memoryview(buffer).cast("B")
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()
