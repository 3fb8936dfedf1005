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

from index.errors import IndexDamaged
from index.search.shelf import Shelf, damaged

NAME = "manifest.json"
FORMAT = 6
"""Raise it whenever text would be analysed or written differently."""

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


def digest(shelf: Shelf, name: str) -> Written:
    """Return the size of a file and the hashes of its chunks."""
    hashes: list[str] = []
    size = 0
    for chunk in shelf.chunks(name):
        hashes.append(hashlib.sha256(chunk).digest()[:HASH_BYTES].hex())
        size += len(chunk)
    return size, "".join(hashes)


def read(shelf: Shelf) -> Manifest | None:
    """Return the manifest of an index, None when there is none; raise `IndexDamaged`."""
    try:
        found = json.loads(b"".join(shelf.chunks(NAME)))
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


def write(shelf: Shelf, manifest: Manifest) -> None:
    """Put a manifest in the place of the one before; it holds once this returns."""
    shelf.replace(NAME, json.dumps(asdict(manifest), ensure_ascii=False).encode())


def problems(shelf: Shelf, manifest: Manifest, names: Iterable[str] | None = None) -> list[str]:
    """Return the files that are not as the manifest says, a sentence each."""
    wanted = list(manifest.files if names is None else names)
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        found = pool.map(lambda name: _problem(shelf, name, manifest.files[name]), wanted)
        return [problem for problem in found if problem]


def _problem(shelf: Shelf, name: str, expected: Written) -> str:
    if not _is_plain(name):
        return f"The search index names a file that cannot be its own: {name}."
    try:
        if shelf.size(name) != expected[0] or digest(shelf, name) != tuple(expected):
            return str(damaged(name))
    except IndexDamaged as error:
        return str(error)
    except OSError:
        return f"The file {name} of the search index is missing."
    return ""


def _is_plain(name: str) -> bool:
    return name not in ("", ".", "..") and not set(name) & set("/\\:")
