"""A look into a table of entities before it is taken in: its headers and first rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.entities.tables import guess_mapping, rows_of
from index.errors import BadInput

BYTES = 256 * 1024  # of the file that are looked at
ROWS = 20


@dataclass(frozen=True, slots=True)
class ListPreview:
    """The beginning of a table; `mapping` is field -> header as far as it can be guessed."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    mapping: Mapping[str, str] = field(default_factory=dict)


def preview_table(path: Path) -> ListPreview:
    """Return headers and first rows of a CSV or TSV file; raises `BadInput` without any."""
    try:
        with path.open("rb") as reader:
            data = reader.read(BYTES)
    except OSError as error:
        raise BadInput(f"“{path.name}” cannot be read: {error.strerror}.") from error
    rows = [row for _, row in rows_of(_text(data)) if row][: ROWS + 1]
    if not rows:
        raise BadInput(f"“{path.name}” holds no lines.")
    headers = [cell.strip() for cell in rows[0]]
    return ListPreview(headers, rows[1:], guess_mapping(headers))


def _text(data: bytes) -> str:
    whole = data.rpartition(b"\n")[0] if len(data) == BYTES else data
    if whole[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return whole[: len(whole) // 2 * 2].decode("utf-16", errors="replace")
    try:
        return whole.decode("utf-8-sig")
    except UnicodeDecodeError:
        return whole.decode("cp1251", errors="replace")
