"""Which reader a file needs, decided by its first bytes and then by its name."""

from dataclasses import dataclass
from pathlib import PurePath

from index.errors import UnreadableFile
from index.reading import pdf, text
from index.reading.pdf import OnPage
from index.reading.result import Reading
from index.reading.source import Source

HEAD = 4096


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a file is to be read."""

    encoding: str | None = None
    passwords: tuple[str, ...] = ()
    skip: frozenset[int] = frozenset()


def media_type(head: bytes, name: str) -> str:
    """Return the media type of a file; raise `UnreadableFile` for what holds no text."""
    suffix = PurePath(name).suffix.lower()
    if b"%PDF-" in head[:1024] or suffix == ".pdf":
        return pdf.MEDIA_TYPE
    return "text/plain"


def read(source: Source, wishes: Wishes, on_page: OnPage) -> Reading:
    """Read a file by its kind; the pages of a PDF are given to `on_page` as they are ready."""
    if source.size == 0:
        raise UnreadableFile("The file is empty.")
    kind = media_type(source.head(HEAD), source.name)
    if kind == pdf.MEDIA_TYPE:
        return pdf.read(source, wishes.passwords, wishes.skip, on_page)
    return text.read(source, wishes.encoding)
