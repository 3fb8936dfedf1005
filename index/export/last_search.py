"""The search of a finished bundle for the names it must not hold, before it is moved into place."""

import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

from index.errors import BundleInvalid
from index.export.hiding import Hider
from index.progress import NullProgress, Progress

_TAG = re.compile(r"<[^<>]{0,4000}>")
_BLOCK = re.compile(
    r"</(?:w:p|p|li|td|th|dt|dd|h[1-6]|div|section|blockquote|figcaption|title)>|<(?:w:)?br\b[^<>]*>"
)
LONGEST = 80  # characters of a spelling that the sentence shows
_MARKED = frozenset((".html", ".xml", ".qdc", ".qde", ".rels"))
_PACKED = frozenset((".docx", ".qdpx"))


def require_hidden(
    folder: Path, hider: Hider, progress: Progress, empty: Callable[[], Path]
) -> None:
    """Raise `BundleInvalid` when a hidden name can be read in any file, member or file name.

    `empty` builds the same bundle without a word of the archive's, and is asked only
    when something was found: what stands there too is a word of every bundle.
    """
    found = _left(folder, hider, progress)
    if found:
        found -= _left(empty(), hider, NullProgress())
    for place, spelling in found:
        raise BundleInvalid(
            f"“{spelling[:LONGEST]}”, a name that should be hidden, can still be read in "
            f"{place}, so no bundle was written. Add this spelling to the entity as an "
            "alias, or leave out the passages it comes from, and export again."
        )


def _left(folder: Path, hider: Hider, progress: Progress) -> Counter[tuple[str, str]]:
    """Count the spellings that can be read, by the file that they are read in."""
    found: Counter[tuple[str, str]] = Counter()
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    for number, path in enumerate(paths):
        progress.report(number, len(paths), "Searching for hidden names")
        name = path.relative_to(folder).as_posix()
        for place, text in _texts(name, path.read_bytes()):
            found.update((place, spelling) for spelling in hider.spellings_left_in(text))
    return found


def _texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    # Counted by folder: an empty bundle has other file names.
    yield f"a file name in {name.rpartition('/')[0]}", unquote(name).replace("_", " ")
    suffix = Path(name).suffix.lower()
    if suffix in _PACKED:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from _texts(f"{name}/{member}", archive.read(member))
        return
    text = data.decode("utf-8", "replace")
    if suffix in _MARKED:
        # A name may be cut by tags, and may stand inside one; it does not go from one
        # paragraph into the next.
        yield name, html.unescape(_TAG.sub("", _BLOCK.sub("\n", text)))
        yield name, html.unescape(" ".join(_TAG.findall(text)))
        return
    yield name, text
