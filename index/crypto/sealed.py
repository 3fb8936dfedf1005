"""One encrypted file: chunks that can be read from anywhere, none of which can be exchanged.

Every file has a key of its own, made from a random salt, so the number of a chunk can be
its nonce. A chunk opens only in its place and only if it is the last one where the last
one was; the head says how long the file is and what it is bound to, the SHA-256 of an
original or the name of a file of the index.
"""

import io
import os
import struct
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

Sealing = Callable[[bytes, bytes], bytes]

MAGIC = b"MUNSEAL1"
CHUNK = 1 << 16
TAG = 16
SALT = 32
BINDING = 32
_HEAD = struct.Struct(f"<QQ{BINDING}s")  # bytes, bytes with those that hide the length, binding
HEAD_SIZE = len(MAGIC) + SALT + _HEAD.size + TAG
HEAD_NONCE = b"\xff" * 12
SMALLEST = 1 << 12


class Broken(Exception):
    """A file is not as it was sealed, or was sealed as another one."""


def padded(size: int) -> int:
    """Return a length that says little about `size`: at most an eighth is added.

    The exact length of a file is nearly as telling as its name.
    """
    if size <= SMALLEST:
        return SMALLEST
    exponent = size.bit_length() - 1
    kept = exponent.bit_length()
    mask = (1 << (exponent - kept)) - 1
    return (size + mask) & ~mask


def _cipher(key: bytes, salt: bytes) -> tuple[Sealing, Sealing]:
    """Return how the chunks of one file are sealed and opened."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    own = HKDF(algorithm=SHA256(), length=32, salt=salt, info=MAGIC).derive(key)
    cipher = AESGCM(own)

    def seal(nonce: bytes, data: bytes) -> bytes:
        return cipher.encrypt(nonce, data, None)

    def open_(nonce: bytes, data: bytes) -> bytes:
        try:
            return cipher.decrypt(nonce, data, None)
        except InvalidTag:
            raise Broken from None

    return seal, open_


def _nonce(number: int, last: bool) -> bytes:
    return struct.pack(">xxx?Q", last, number)


class Writer(io.BufferedIOBase):
    """Seals what is written into a file; `finish` says what it is, and closes the seal."""

    def __init__(self, file: IO[bytes], key: bytes, *, hide_length: bool) -> None:
        super().__init__()
        self._file = file
        self._salt = os.urandom(SALT)
        self._seal, _ = _cipher(key, self._salt)
        self._hide = hide_length
        self._waiting = bytearray()
        self._number = 0
        self._size = 0
        file.write(b"\0" * HEAD_SIZE)  # nothing opens until the head is there

    def writable(self) -> bool:
        """Say that this can be written to."""
        return True

    def tell(self) -> int:
        """Return how much was written."""
        return self._size

    def write(self, data: "ReadableBuffer") -> int:
        """Seal some more."""
        count = memoryview(data).nbytes
        self._waiting += data
        self._size += count
        # The last chunk is sealed otherwise, so there is always one in hand.
        ready = max(0, (len(self._waiting) - 1) // CHUNK) * CHUNK
        for at in range(0, ready, CHUNK):
            self._put(bytes(self._waiting[at : at + CHUNK]), last=False)
        del self._waiting[:ready]
        return count

    def _put(self, chunk: bytes, *, last: bool) -> None:
        self._file.write(self._seal(_nonce(self._number, last), chunk))
        self._number += 1

    def finish(self, binding: bytes) -> None:
        """Write the rest and the head; the file itself is the caller's to sync and close."""
        size = self._size
        whole = padded(size) if self._hide else size
        filling = whole - size
        while filling:
            filling -= self.write(b"\0" * min(CHUNK, filling))
        if whole:
            self._put(bytes(self._waiting), last=True)
        self._waiting.clear()
        head = _HEAD.pack(size, whole, binding)
        self._file.seek(0)
        self._file.write(MAGIC + self._salt + self._seal(HEAD_NONCE, head))


def _head(raw: bytes, key: bytes) -> tuple[Sealing, tuple[int, int, bytes]]:
    """Return what opens the chunks of a file, and what its head says; raise `Broken`."""
    if len(raw) != HEAD_SIZE or not raw.startswith(MAGIC):
        raise Broken
    at = len(MAGIC)
    _, open_ = _cipher(key, raw[at : at + SALT])
    size, whole, binding = _HEAD.unpack(open_(HEAD_NONCE, raw[at + SALT :]))
    return open_, (size, whole, binding)


def bound_to(raw: bytes, key: bytes) -> bytes:
    """Return what the file with this head was bound to; raise `Broken`."""
    return _head(raw, key)[1][2]


class Reader:
    """Opens the chunks of a sealed file, in any order and from any thread.

    `read_at` returns bytes of the sealed file from a place on; `length` is its size.
    """

    def __init__(self, read_at: Callable[[int, int], bytes], length: int, key: bytes) -> None:
        self._read_at = read_at
        self.size: int
        self._open, (self.size, self._whole, self.binding) = _head(read_at(0, HEAD_SIZE), key)
        self._count = -(-self._whole // CHUNK)
        if length != HEAD_SIZE + self._whole + TAG * self._count or self.size > self._whole:
            raise Broken

    def chunk(self, number: int) -> bytes:
        """Return one chunk of the file, counted from 0; raise `Broken`."""
        begin = number * CHUNK
        extent = min(CHUNK, self._whole - begin)
        raw = self._read_at(HEAD_SIZE + number * (CHUNK + TAG), extent + TAG)
        data = self._open(_nonce(number, number == self._count - 1), raw)
        return data[: max(0, self.size - begin)]

    def chunks(self) -> Iterator[bytes]:
        """Return the whole file chunk by chunk; raise `Broken`."""
        for number in range(-(-self.size // CHUNK)):
            yield self.chunk(number)
