"""Build beside, then move into place: a bundle is there whole or not at all."""

import contextlib
import os
import re
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from index.errors import BadInput, BundleInvalid, BundleThere, MunimentError
from index.progress import Progress
from index.store.blobs import space_error, sync_folder
from index.store.locking import FileLock

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
STORED = {".png", ".docx", ".qdpx", ".pdf", ".zip", ".age"}
CHUNK = 1 << 20
LOCK = ".muniment-lock"


@contextlib.contextmanager
def workplace(out: Path) -> Iterator[Path]:
    """Give a folder beside `out` for building, and take it away in the end.

    The folder is locked while it is used; one whose maker was killed is taken
    away by whoever builds there next.
    """
    _require_parent(out)
    _tidy(out)
    folder = _beside(out, "part")
    try:
        folder.mkdir(mode=0o700)
        with contextlib.ExitStack() as held:
            # Some shares know no locks; then nobody tidies up there, and that is all.
            with contextlib.suppress(OSError, MunimentError):
                held.enter_context(FileLock(folder / LOCK, patience=0).held())
            yield folder
    except OSError as error:
        raise space_error(error) or BundleInvalid(
            f"The bundle could not be written to {out.parent}: {error.strerror or error}."
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _beside(out: Path, kind: str) -> Path:
    return out.with_name(f".{out.name[:60]}.{secrets.token_hex(6)}.{kind}")


def _tidy(out: Path) -> None:
    """Take away what a killed export to `out` left, and put back what it had put aside."""
    shape = re.compile(re.escape(f".{out.name[:60]}.") + r"[0-9a-f]{12}\.(part|old)")
    left = [path for path in out.parent.iterdir() if shape.fullmatch(path.name)]
    for path in left:
        if path.suffix == ".part" and not (path / LOCK).is_file():
            return  # being made this moment
        if path.suffix == ".part":
            try:
                with FileLock(path / LOCK, patience=0).held():
                    pass
            except (OSError, MunimentError):
                return  # in use: what is aside is its maker's too
            shutil.rmtree(path, ignore_errors=True)
    for path in left:
        if path.suffix == ".old" and not out.exists():
            path.rename(out)
        elif path.suffix == ".old":
            shutil.rmtree(path, ignore_errors=True)


def _require_parent(out: Path) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"The folder {out.parent} cannot be made: {error.strerror}.") from error


def require_free(out: Path, replace: bool) -> None:
    """Raise `BadInput` unless `out` is free, or holds a bundle and is to be replaced."""
    if out.is_symlink() or (out.exists() and not is_bundle(out)):
        raise BadInput(f"{out} is there already and is not a bundle. Choose another name.")
    if out.exists() and not replace:
        raise BundleThere(
            f"{out} is a bundle already. Choose another name, or replace it with --replace."
        )


def require_outside(out: Path, archive: Path) -> None:
    """Raise `BadInput` when `out` lies in an archive, whose folder holds nothing but itself."""
    home = archive.resolve()
    if home in (place := out.expanduser().absolute().resolve()).parents or place == home:
        raise BadInput(f"{out} lies inside the archive. Choose a place outside its folder.")


def is_bundle(path: Path) -> bool:
    """Say whether a folder or file is a bundle made by this program."""
    try:
        if path.is_dir():
            return _ours((path / "bag-info.txt").read_bytes()[:65536])
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if info.filename.count("/") == 1]
            for info in infos:
                if info.filename.endswith("/bag-info.txt") and info.file_size < 65536:
                    return _ours(archive.read(info))
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return False  # also a bundle that is encrypted, for nobody can tell it from another file
    return False


def _ours(info: bytes) -> bool:
    return b"Bag-Software-Agent: Muniment" in info


def pack(folder: Path, root: str, target: Path, progress: Progress) -> None:
    """Write a folder as a zip whose members stand under `root`, the same bytes every time."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for number, path in enumerate(paths):
            progress.report(number, len(paths), "Packing")
            info = zipfile.ZipInfo(f"{root}/{path.relative_to(folder).as_posix()}", ZIP_TIME)
            stored = path.suffix.lower() in STORED
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            with path.open("rb") as reader, archive.open(info, "w", force_zip64=False) as writer:
                shutil.copyfileobj(reader, writer, CHUNK)


def place(built: Path, out: Path) -> None:
    """Move what was built to `out`; what was there is replaced whole or stays whole."""
    _sync(built)
    if out.exists() and out.is_dir() != built.is_dir():
        raise BadInput(f"{out} is a bundle of another kind. Choose another name.")
    if not out.is_dir():
        built.replace(out)
        sync_folder(out.parent)
        return
    old = _beside(out, "old")
    out.rename(old)
    try:
        built.rename(out)
    except OSError:
        old.rename(out)
        raise
    sync_folder(out.parent)
    shutil.rmtree(old, ignore_errors=True)


def _sync(built: Path) -> None:
    """Write the tag files, or the one file, through to the disk before the name appears."""
    paths = [built] if built.is_file() else [path for path in built.iterdir() if path.is_file()]
    for path in paths:
        with path.open("r+b") as file:
            os.fsync(file.fileno())
