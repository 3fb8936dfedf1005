"""Entity lists as files: which format a file is in, and the reading and writing of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from index.entities.entry import ListEntry, ListReading
from index.entities.tables import read_table, write_table
from index.errors import BadInput
from index.model import Entity

__all__ = ["ListEntry", "ListReading", "read_list", "write_list"]

LARGEST_FILE = 512 * 1024 * 1024


def read_list(path: Path, mapping: Mapping[str, str] | None = None) -> ListReading:
    """Read an entity list; `mapping` says which header of a table holds which field.

    Lines that cannot be used are named in `problems` and skipped. Raises
    `BadInput` when nothing of the file can be used.
    """
    return read_table(_text(path), mapping)


def write_list(path: Path, entities: Sequence[Entity]) -> None:
    """Write an entity list in the format that the file's name asks for."""
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    path.write_text(write_table(entities, delimiter), encoding="utf-8-sig", newline="")


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput(f"“{path.name}” is larger than an entity list can be.")
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"“{path.name}” cannot be read: {error.strerror}.") from error
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", errors="replace")
