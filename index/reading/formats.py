"""Which reader a file needs, decided by its first bytes and then by its name."""

from collections.abc import Callable, Mapping
from pathlib import PurePath

from index.errors import UnreadableFile
from index.reading import docx, epub, html, mail, markdown, odt, rtf, text
from index.reading.result import Reading
from index.reading.source import Source

HEAD = 4096
_OTHERS: Mapping[str, Callable[[Source], Reading]] = {
    docx.MEDIA_TYPE: docx.read,
    odt.MEDIA_TYPE: odt.read,
    epub.MEDIA_TYPE: epub.read,
    mail.MEDIA_TYPE: mail.read,
    rtf.MEDIA_TYPE: rtf.read,
}
TEXT = "text/plain"
_BY_NAME = {
    ".htm": html.MEDIA_TYPE, ".html": html.MEDIA_TYPE, ".xhtml": html.MEDIA_TYPE,
    ".md": markdown.MEDIA_TYPE, ".markdown": markdown.MEDIA_TYPE, ".eml": mail.MEDIA_TYPE,
}  # fmt: skip
_FOREIGN = (
    (b"\x7fELF", "a program"), (b"MZ", "a program"), (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"),
    (b"SQLite format 3\0", "a database"), (b"7z\xbc\xaf", "an archive"), (b"Rar!", "an archive"),
    (b"OggS", "a recording"),
    (b"ID3", "a recording"), (b"\xfd7zXZ", "a compressed file"), (b"BZh", "a compressed file"),
)  # fmt: skip
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def media_type(head: bytes, name: str) -> str:
    """Return the media type of a file; raise `UnreadableFile` for what holds no text."""
    suffix = PurePath(name).suffix.lower()
    if head.startswith(b"{\\rtf"):
        return rtf.MEDIA_TYPE
    if head.startswith(b"PK\x03\x04"):
        return _packed(head, suffix)
    for sign, what in _FOREIGN:
        if head.startswith(sign) and (sign != b"MZ" or b"\0\0" in head[:64]):
            raise UnreadableFile(f"This is {what}, and not a report.")
    if head.startswith(_OLD_OFFICE):
        raise UnreadableFile("This is an old Office file. Save it as DOCX or PDF first.")
    if suffix in _BY_NAME:
        return _BY_NAME[suffix]
    if suffix in (".txt", ".text", ".xml"):
        return TEXT
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    return html.MEDIA_TYPE if start.startswith((b"<!doctype html", b"<html")) else TEXT


def _packed(head: bytes, suffix: str) -> str:
    """Tell the formats that are zip files apart."""
    if suffix == ".docx" or b"word/" in head:
        return docx.MEDIA_TYPE
    if b"opendocument.text" in head[:200] or suffix == ".odt":
        return odt.MEDIA_TYPE
    if b"epub+zip" in head[:200] or suffix == ".epub":
        return epub.MEDIA_TYPE
    raise UnreadableFile("This is an archive, and not a report.")


def read(source: Source, encoding: str | None = None) -> Reading:
    """Read a file by its kind; a PDF has a reader of its own."""
    if source.size == 0:
        raise UnreadableFile("The file is empty.")
    kind = media_type(source.head(HEAD), source.name)
    if kind == html.MEDIA_TYPE:
        return html.read(source, encoding)
    if kind == markdown.MEDIA_TYPE:
        return markdown.read(source, encoding)
    if kind == TEXT:
        return text.read(source, encoding)
    return _OTHERS[kind](source)
