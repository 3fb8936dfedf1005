"""What belongs to the index, with hashes of every file: nothing else is ever opened.

Reading a Whoosh index unpickles parts of it, and unpickling can run code, so a
file is read only when it is what this program wrote. The manifest also says which
archive the index belongs to and the last change of the record that it took in.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

from index.errors import IndexDamaged

NAME = "manifest.json"
FORMAT = 6
"""Raise it whenever text would be analysed or written differently."""

CHUNK = 1 << 16
"""Bytes of a file that are hashed together."""
HASH_BYTES = 16

Written = tuple[int, str]
"""The size of a file in bytes, and the hashes of its chunks one after the other."""


@dataclass(frozen=True, slots=True)
class Part:
    """One segment: its name, how many pages it has, which of them are deleted, its length."""

    name: str
    pages: int
    tokens: int
    deleted: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of an index."""

    archive: str
    change: int  # the last change of the record that the index has taken in
    generation: int
    parts: tuple[Part, ...] = ()
    files: Mapping[str, Written] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def small_files(self) -> list[str]:
        """The files that are checked as a whole before the index is opened."""
        return [
            name for name in self.files if not name.endswith((".trm", ".pst", ".keys", ".begin"))
        ]


def sync(path: Path) -> None:
    """Make sure that a file or folder is on the disk."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def digest(path: Path) -> Written:
    """Return the size of a file and the hashes of its chunks."""
    hashes: list[str] = []
    size = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            hashes.append(hashlib.sha256(chunk).digest()[:HASH_BYTES].hex())
            size += len(chunk)
    return size, "".join(hashes)


def read(folder: Path) -> Manifest | None:
    """Return the manifest in a folder, None when there is none; raise `IndexDamaged`."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise IndexDamaged("The search index has an unreadable list of its files.") from error
    try:
        if found["format"] != FORMAT:
            raise IndexDamaged("Another version of the program made the search index.")
        return Manifest(
            archive=str(found["archive"]),
            change=int(found["change"]),
            generation=int(found["generation"]),
            parts=tuple(
                Part(
                    str(part["name"]),
                    int(part["pages"]),
                    int(part["tokens"]),
                    tuple(map(int, part["deleted"])),
                )
                for part in found["parts"]
            ),
            files={
                str(name): (int(pair[0]), str(pair[1])) for name, pair in found["files"].items()
            },
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise IndexDamaged("The list of the files of the search index is damaged.") from error


def write(folder: Path, manifest: Manifest) -> None:
    """Put a manifest in the place of the one before; it holds once this returns."""
    partial = folder / (NAME + ".part")
    with partial.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / NAME)
    sync(folder)


def problems(folder: Path, manifest: Manifest, names: Iterable[str] | None = None) -> list[str]:
    """Return the files that are not as the manifest says, a sentence each."""
    wanted = list(manifest.files if names is None else names)
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        found = pool.map(lambda name: _problem(folder / name, manifest.files[name]), wanted)
        return [problem for problem in found if problem]


def _problem(path: Path, expected: Written) -> str:
    if not _is_plain(path.name):
        return f"The search index names a file that cannot be its own: {path.name}."
    try:
        if path.stat().st_size != expected[0] or digest(path) != tuple(expected):
            return f"The file {path.name} of the search index is not as it was written."
    except OSError:
        return f"The file {path.name} of the search index is missing."
    return ""


def _is_plain(name: str) -> bool:
    return name not in ("", ".", "..") and not set(name) & set("/\\:")
