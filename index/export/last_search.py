"""The search of a finished bundle for the names it must not hold, before it is moved into place."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from index.errors import BundleInvalid
from index.export.hiding import Hider
from index.progress import Progress

_TAG = re.compile(r"<[^<>]{0,4000}>")
_BLOCK = re.compile(
    r"</(?:w:p|p|li|td|th|dt|dd|h[1-6]|div|section|blockquote|figcaption|title)>|<(?:w:)?br\b[^<>]*>"
)
LONGEST = 80  # characters of a spelling that the sentence shows
_TEXT = frozenset((".txt", ".md", ".csv", ".json", ".jsonl", ".jsonld", ".bib", ".ris"))
_MARKED = frozenset((".html", ".xml", ".qdc", ".qde", ".rels"))
_PACKED = frozenset((".docx", ".qdpx"))


def require_hidden(folder: Path, hider: Hider, progress: Progress) -> None:
    """Raise `BundleInvalid` when a hidden name can be read in any file, member or file name."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    for number, path in enumerate(paths):
        progress.report(number, len(paths), "Searching for hidden names")
        name = path.relative_to(folder).as_posix()
        for place, text in _texts(name, path.read_bytes()):
            if (spelling := hider.left_in(text)) is not None:
                raise BundleInvalid(
                    f"“{spelling[:LONGEST]}”, a name that should be hidden, can still be read in "
                    f"{place}, so no bundle was written. Add this spelling to the entity as an "
                    "alias, or leave out the passages it comes from, and export again."
                )


def _texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    yield name, unquote(name).replace("_", " ")
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
    if "%" in text and suffix in _TEXT:
        yield name, unquote(text)
