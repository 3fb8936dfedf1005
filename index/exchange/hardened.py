"""Foreign files opened with care: XML without entities, zips with limits, SQLite read-only."""

import contextlib
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from lxml import etree

from index.errors import BadInput

MAX_TEXT_BYTES = 256 << 20
MAX_ENTRIES = 10_000
MAX_RATIO = 100
MAX_MEMBER_BYTES = 1 << 30
SMALL = 1 << 20


def read_bytes(path: Path, limit: int = MAX_TEXT_BYTES) -> bytes:
    """Return a file's bytes; raise `BadInput` when it is too large or cannot be read."""
    try:
        if path.stat().st_size > limit:
            raise BadInput(f"{path.name} is too large to be imported.")
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: {error.strerror or error}.") from error


def read_text(path: Path) -> str:
    """Return a text file, UTF-8 with or without a mark, UTF-16, or else Windows Cyrillic."""
    data = read_bytes(path)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace")


def read_json(path: Path) -> Any:
    """Return a JSON file's value; raise `BadInput` when it is none."""
    try:
        return json.loads(read_bytes(path))
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{path.name} is not JSON that can be read.") from error


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Return the root of an XML file in which nothing is expanded or fetched."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BadInput(f"{name} is not XML that can be read.") from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise BadInput(f"{name} declares a document type, which exchange files do not have.")
    return root


class Package:
    """A zip whose members are read one by one, within limits."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > MAX_ENTRIES:
            raise BadInput(f"{name} holds more than {MAX_ENTRIES:,} files.")
        self._infos = {info.filename: info for info in infos}
        for info in infos:
            path = PurePosixPath(info.filename)
            if path.is_absolute() or ".." in path.parts:
                raise BadInput(f"{name} holds a path that leads out of it.")

    def names(self) -> list[str]:
        """Return the paths of the members."""
        return list(self._infos)

    def read(self, name: str) -> bytes:
        """Return a member; raise `BadInput` when it is missing, damaged or packed too tightly."""
        info = self._infos.get(name)
        if info is None:
            raise BadInput(f"{self._name} does not hold {name}.")
        tight = info.file_size > SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size)
        if tight or info.file_size > MAX_MEMBER_BYTES:
            raise BadInput(f"{name} in {self._name} is too large when unpacked.")
        try:
            with self._archive.open(info) as reader:
                return reader.read(info.file_size + 1)
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
            raise BadInput(f"{name} in {self._name} is damaged.") from error


@contextlib.contextmanager
def opened_zip(path: Path) -> Iterator[Package]:
    """Open a zip within limits."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield Package(archive, path.name)
    except (zipfile.BadZipFile, OSError) as error:
        raise BadInput(f"{path.name} is not a zip that can be read.") from error


@contextlib.contextmanager
def opened_database(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a foreign SQLite file so that nothing in it is run or written."""
    if read_head(path) != b"SQLite format 3\x00":
        raise BadInput(f"{path.name} is not a database.")
    address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_TEXT_BYTES)
        connection.row_factory = sqlite3.Row
        yield connection
    except sqlite3.Error as error:
        raise BadInput(f"{path.name} cannot be read as a database: {error}.") from error
    finally:
        connection.close()


def read_head(path: Path) -> bytes:
    """Return the first 16 bytes of a file."""
    try:
        with path.open("rb") as reader:
            return reader.read(16)
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: {error.strerror or error}.") from error
