"""Reading EPUB: the chapters in the order of the spine, with the book's own description."""

import posixpath
from typing import Any
from urllib.parse import unquote

from index.errors import UnreadableFile
from index.reading import html
from index.reading.archives import Archive
from index.reading.draft import Draft
from index.reading.html import Facts
from index.reading.result import Reading
from index.reading.source import Source

MEDIA_TYPE = "application/epub+zip"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_FIELDS = {
    "title": "title", "creator": "author", "date": "issued", "publisher": "publisher",
    "language": "language",
}  # fmt: skip


def read(source: Source) -> Reading:
    """Read an EPUB file whole."""
    archive = Archive(source.whole())
    root = archive.xml("META-INF/container.xml").find(f".//{_CONTAINER}rootfile")
    path = "" if root is None else root.get("full-path", "")
    if path not in archive.names:
        raise UnreadableFile("The EPUB does not say where its book is.")
    package = archive.xml(path)
    draft = Draft()
    for chapter in _chapters(package, posixpath.dirname(path)):
        if chapter in archive.names:
            html.gather(draft, html.decode_html(archive.read(chapter), None).text)
    return draft.reading(MEDIA_TYPE, {"type": "book"}, {"facts": _facts(package)})


def _chapters(package: Any, folder: str) -> list[str]:
    items = {
        item.get("id"): item.get("href", "")
        for item in package.iter(f"{_OPF}item")
        if "html" in item.get("media-type", "")
    }
    return [
        posixpath.normpath(posixpath.join(folder, unquote(items[reference.get("idref")])))
        for reference in package.iter(f"{_OPF}itemref")
        if reference.get("idref") in items
    ]


def _facts(package: Any) -> Facts:
    found: Facts = []
    for element in package.iter(*(f"{_DC}{name}" for name in _FIELDS)):
        field = _FIELDS[element.tag.removeprefix(_DC)]
        value = " ".join((element.text or "").split())[:500]
        if value:
            value = value[:10] if field == "issued" else value
            found.append((field, value, "the book's own description", 0.9))
    return found
