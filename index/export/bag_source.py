"""A bag to be read, as a folder or inside a zip, that is not trusted in anything."""

import contextlib
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from index.errors import BadInput, BundleInvalid, NotFound

MAX_ENTRIES = 200_000
MAX_RATIO = 100
MAX_BYTES = 200 << 30
UTF8 = 1 << 11  # the sign of a member whose name is written in UTF-8
SMALL = 1 << 20  # members below this may be packed as tightly as they like


class BagSource(Protocol):
    """The files of a bag, by their paths inside it."""

    def names(self) -> list[str]:
        """Return the path of every file."""

    def size(self, name: str) -> int:
        """Return the size of a file in bytes."""

    def open(self, name: str) -> contextlib.AbstractContextManager[IO[bytes]]:
        """Open a file for reading."""


class FolderSource:
    """A bag in a folder; links that lead out of it are not followed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths: dict[str, Path] = {}
        self.links: list[str] = []
        self._walk(folder)

    def _walk(self, folder: Path) -> None:
        pending = [folder]
        while pending:
            for path in sorted(pending.pop().iterdir()):
                name = path.relative_to(self._folder).as_posix()
                if path.is_symlink():
                    self.links.append(name)
                elif path.is_dir():
                    pending.append(path)
                elif path.is_file():
                    self._paths[name] = path

    def names(self) -> list[str]:
        """Return the path of every file."""
        return sorted(self._paths)

    def size(self, name: str) -> int:
        """Return the size of a file in bytes."""
        return self._paths[name].stat().st_size

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file for reading."""
        with self._paths[name].open("rb") as reader:
            yield reader


class ZipSource:
    """A bag in a zip, under the one folder at its top or at its root."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._infos: dict[str, zipfile.ZipInfo] = {}
        self.links: list[str] = []
        infos = [info for info in archive.infolist() if not info.is_dir() and _counts(info)]
        if len(infos) > MAX_ENTRIES:
            raise BundleInvalid(f"The zip holds more than {MAX_ENTRIES:,} files.")
        names = [_name(info) for info in infos]
        root = _root(names)
        for info, path in zip(infos, names, strict=True):
            name = path.removeprefix(root)
            _check(info)
            if name in self._infos:
                raise BundleInvalid(f"The zip holds “{name}” twice.")
            self._infos[name] = info
        if sum(info.file_size for info in infos) > MAX_BYTES:
            raise BundleInvalid("The zip would unpack to more than 200 GB.")

    def names(self) -> list[str]:
        """Return the path of every file."""
        return sorted(self._infos)

    def size(self, name: str) -> int:
        """Return the size of a file in bytes."""
        return self._infos[name].file_size

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file for reading; a damaged member raises when it is read."""
        with self._archive.open(self._infos[name]) as reader:
            yield reader


def _counts(info: zipfile.ZipInfo) -> bool:
    """Say whether a member is more than what a Mac adds beside the files when it packs them."""
    return not info.filename.startswith("__MACOSX/")


def _name(info: zipfile.ZipInfo) -> str:
    """Return the path of a member; many programs write UTF-8 and do not say so."""
    if not info.flag_bits & UTF8:
        with contextlib.suppress(UnicodeError):
            return info.filename.encode("cp437").decode("utf-8")
    return info.filename


def _root(names: list[str]) -> str:
    tops = {PurePosixPath(name).parts[0] for name in names if "/" in name}
    if len(tops) == 1 and all("/" in name for name in names):
        return f"{tops.pop()}/"
    return ""


def _check(info: zipfile.ZipInfo) -> None:
    path = PurePosixPath(info.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in info.filename:
        raise BundleInvalid(f"The zip holds a path that leads out of it: “{info.filename}”.")
    if info.file_size > SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size):
        raise BundleInvalid(f"“{info.filename}” in the zip is packed too tightly to be trusted.")
    if info.flag_bits & 1:
        raise BundleInvalid("The zip is encrypted with a password.")


@contextlib.contextmanager
def opened(bundle: Path) -> Iterator[FolderSource | ZipSource]:
    """Open a bag in a folder or a zip; raise `NotFound`, `BadInput` or `BundleInvalid`."""
    if bundle.is_dir():
        yield FolderSource(bundle)
        return
    if not bundle.is_file():
        raise NotFound(f"There is no bundle at {bundle}.")
    if not zipfile.is_zipfile(bundle):
        raise BadInput(f"{bundle.name} is neither a bundle folder nor a zip.")
    try:
        with zipfile.ZipFile(bundle) as archive:
            yield ZipSource(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise BundleInvalid(f"The zip {bundle.name} is damaged.") from error
