"""A BagIt 1.0 bag being filled (RFC 8493): every payload file is hashed as it is written."""

import hashlib
import re
import threading
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from index.files import AnyFile

ALGORITHM = "sha512"
CHUNK = 1 << 20
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*%\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


class Bag:
    """A bag that grows in a folder; files may be added from several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._hashes: dict[str, str] = {}
        self._sizes: dict[str, int] = {}
        self._taken: set[str] = set()
        self._lock = threading.Lock()
        folder.mkdir(parents=True)
        (folder / "data").mkdir()

    @property
    def payload(self) -> Mapping[str, int]:
        """The payload files so far (“data/…”) with their sizes in bytes."""
        return dict(self._sizes)

    def name(self, folder: str, wanted: str, extension: str) -> str:
        """Return a free payload path in `folder` (“data/documents”) close to a wanted name."""
        stem = safe_name(wanted)
        with self._lock:
            number, found = 1, f"{folder}/{stem}{extension}"
            while found.casefold() in self._taken:
                number += 1
                found = f"{folder}/{stem}-{number}{extension}"
            self._taken.add(found.casefold())
        return found

    def write(self, path: str, content: bytes | str) -> None:
        """Write one payload file."""
        data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        target = self._target(path)
        target.write_bytes(data)
        self._enter(path, hashlib.new(ALGORITHM, data).hexdigest(), len(data))

    def copy(self, path: str, source: AnyFile) -> None:
        """Copy a file in, byte for byte."""
        target = self._target(path)
        digest = hashlib.new(ALGORITHM)
        size = 0
        with source.open("rb") as reader, target.open("wb") as writer:
            while chunk := reader.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                writer.write(chunk)
        self._enter(path, digest.hexdigest(), size)

    def close(self, info: Mapping[str, str]) -> None:
        """Write the tag files: declaration, info, manifest and tag manifest."""
        total = sum(self._sizes.values())
        tags = {
            "bagit.txt": DECLARATION,
            "bag-info.txt": "".join(
                f"{key}: {_one_line(value)}\n"
                for key, value in {**info, "Payload-Oxum": f"{total}.{len(self._sizes)}"}.items()
            ),
            f"manifest-{ALGORITHM}.txt": manifest(self._hashes),
        }
        hashes = {}
        for name, text in tags.items():
            data = text.encode("utf-8")
            (self.folder / name).write_bytes(data)
            hashes[name] = hashlib.new(ALGORITHM, data).hexdigest()
        (self.folder / f"tagmanifest-{ALGORITHM}.txt").write_bytes(manifest(hashes).encode("utf-8"))

    def sign(self, key: Path, passphrase: str) -> None:
        """Sign the tag manifest of the closed bag."""
        from index.export import signing

        tags = self.folder / f"tagmanifest-{ALGORITHM}.txt"
        signature = signing.sign(tags.read_bytes(), key, passphrase)
        (self.folder / f"{tags.name}.sig").write_text(signature, encoding="ascii")

    def _target(self, path: str) -> Path:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def _enter(self, path: str, digest: str, size: int) -> None:
        with self._lock:
            self._hashes[path] = digest
            self._sizes[path] = size


def manifest(hashes: Mapping[str, str]) -> str:
    """Return the lines of a manifest, sorted by path."""
    return "".join(f"{digest}  {encode_path(path)}\n" for path, digest in sorted(hashes.items()))


def encode_path(path: str) -> str:
    """Return a path as a manifest writes it."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def decode_path(path: str) -> str:
    """Return the path that a manifest line means."""
    path = re.sub("%0[dD]", "\r", path)
    return re.sub("%0[aA]", "\n", path).replace("%25", "%")


def safe_name(wanted: str, length: int = 80) -> str:
    """Return a file name that every system takes, without its folder."""
    name = unicodedata.normalize("NFC", wanted)
    name = _FORBIDDEN.sub("-", name)
    name = re.sub(r"\s+", " ", name).strip(" .-")[:length].strip(" .-")
    while len(name.encode("utf-8")) > 160:
        name = name[:-1].rstrip(" .-")
    return f"_{name}" if _RESERVED.fullmatch(name) else name or "file"


def _one_line(text: str) -> str:
    return " ".join(text.split())
