"""What became of the files of an import, as rows."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from app.models.faces import page_ranges, plural
from app.models.rows import RowsModel
from index.model import ImportResult, ImportStatus

WORDS = {
    ImportStatus.ADDED: "imported",
    ImportStatus.KNOWN: "here already",
    ImportStatus.FAILED: "not imported",
    ImportStatus.SKIPPED: "left out",
}
ORDER = (ImportStatus.FAILED, ImportStatus.ADDED, ImportStatus.KNOWN, ImportStatus.SKIPPED)


class ResultColumn(IntEnum):
    """The columns, in order."""

    FILE = 0
    STATUS = 1
    REASON = 2


class ImportResultsModel(RowsModel[ImportResult]):
    """Holds results, failures first."""

    columns = ResultColumn
    titles = ("File", "What happened", "Why")

    def key(self, row: ImportResult) -> str:
        """Return the file's path."""
        return str(row.path)

    def value(self, row: ImportResult, column: int) -> Any:
        """Return the native value of a cell."""
        match column:
            case ResultColumn.FILE:
                return row.path.name.casefold()
            case ResultColumn.STATUS:
                return ORDER.index(row.status)
        return why(row)

    def text(self, row: ImportResult, column: int) -> str:
        """Return a cell as it is shown."""
        match column:
            case ResultColumn.FILE:
                return row.path.name
            case ResultColumn.STATUS:
                return WORDS[row.status]
        return why(row)

    def tip(self, row: ImportResult) -> str:
        """Return the path and the reason."""
        return "\n".join(part for part in (str(row.path), why(row)) if part)


def why(result: ImportResult) -> str:
    """Return the reason, and which pages cannot be searched."""
    parts = [result.reason] if result.reason else []
    if result.status is ImportStatus.ADDED and result.unsearchable_pages:
        missing = result.unsearchable_pages
        noun = "Page" if len(missing) == 1 else "Pages"
        parts.append(f"{noun} {page_ranges(missing)} of {result.pages} cannot be searched.")
    return " ".join(parts)


def worth_telling(results: Sequence[ImportResult]) -> list[ImportResult]:
    """Return the results a user should look at, failures first."""
    told = [
        result
        for result in results
        if result.status in (ImportStatus.FAILED, ImportStatus.KNOWN)
        or (result.status is ImportStatus.ADDED and result.unsearchable_pages)
    ]
    return sorted(told, key=lambda result: (ORDER.index(result.status), result.path.name))


def summary(results: Sequence[ImportResult]) -> str:
    """Return in one sentence what an import did."""
    counts = {status: sum(r.status is status for r in results) for status in ImportStatus}
    parts = [f"{plural(counts[ImportStatus.ADDED], 'document')} imported"]
    if counts[ImportStatus.KNOWN]:
        parts.append(f"{counts[ImportStatus.KNOWN]:,} here already")
    if counts[ImportStatus.FAILED]:
        parts.append(f"{plural(counts[ImportStatus.FAILED], 'file')} could not be imported")
    pages = sum(len(r.unsearchable_pages) for r in results if r.status is ImportStatus.ADDED)
    if pages:
        parts.append(f"{plural(pages, 'page')} cannot be searched")
    return ", ".join(parts) + "."
