"""Opening the zip files that DOCX, ODT and EPUB are, and refusing those made to do harm."""

import io
import stat
import zipfile
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from index.errors import UnreadableFile

MAX_ENTRIES = 10_000
MAX_RATIO = 100
MAX_BYTES = 300 << 20
SMALL = 1 << 20
"""Below this unpacked size a high ratio does no harm: white space packs well."""


class Archive:
    """A zip file whose every entry has been looked at before any is unpacked."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise UnreadableFile("The file is damaged and cannot be unpacked.") from error
        self._check()
        self.names = frozenset(self._zip.namelist())

    def _check(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            raise UnreadableFile("The file holds too many parts to be a report.")
        unpacked = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries)
        if unpacked > MAX_BYTES or (unpacked > SMALL and unpacked > MAX_RATIO * max(1, packed)):
            raise UnreadableFile("The file unpacks to far more than it holds and was refused.")
        for entry in entries:
            path = PurePosixPath(entry.filename.replace("\\", "/"))
            if path.is_absolute() or ".." in path.parts or ":" in entry.filename[:3]:
                raise UnreadableFile("The file holds parts that point outside of it.")
            if stat.S_ISLNK(entry.external_attr >> 16):
                raise UnreadableFile("The file holds links and was refused.")
            if entry.flag_bits & 1:
                raise UnreadableFile("The file is encrypted in a way that cannot be read.")

    def read(self, name: str) -> bytes:
        """Return one part; raise `UnreadableFile` when it is missing or damaged."""
        try:
            with self._zip.open(name) as part:
                data = part.read(MAX_BYTES + 1)
        except KeyError as error:
            raise UnreadableFile("The file lacks a part that it needs.") from error
        except Exception as error:
            raise UnreadableFile("The file is damaged and cannot be unpacked.") from error
        if len(data) > MAX_BYTES:
            raise UnreadableFile("The file unpacks to far more than it says and was refused.")
        return data

    def xml(self, name: str) -> Any:
        """Return one part as a tree of elements."""
        return parse_xml(self.read(name))


def parse_xml(data: bytes) -> Any:
    """Parse XML with no document type, no entity and no network."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("A part of the file is damaged.") from error
    if root is None:
        raise UnreadableFile("A part of the file is damaged.")
    document_type: Any = root.getroottree().docinfo.internalDTD
    if document_type is not None and any(True for _ in document_type.iterentities()):
        raise UnreadableFile("The file defines entities and was refused.")
    return root
