"""What an opened archive does with citations and bundles: cite, export, verify."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ArchiveDamaged, BadInput
from index.export.bundle import export
from index.export.content import gather
from index.export.placing import require_outside
from index.export.verify import verify
from index.model import BundleSummary, ExportRequest, Verdict
from index.progress import Progress
from index.store import custody

if TYPE_CHECKING:
    from index.library import Library

MAX_PSEUDONYM_BYTES = 4 << 20


def export_from(
    library: Library, out: Path, request: ExportRequest, progress: Progress
) -> BundleSummary:
    """Write a bundle of what a request asks for, and note it in the custody record."""
    require_outside(out, library.folder)
    summary = export(gather(library, request), library.open_readers(), out, progress)
    with library.database.write() as connection:
        custody.record(
            connection,
            "export",
            summary.bundle.name,
            passages=summary.passages,
            documents=summary.documents,
        )
    return summary


def verify_against(library: Library, bundle: Path, progress: Progress) -> Verdict:
    """Check a bundle against itself, and against the archive where it has the documents."""
    documents = {document.sha256: document.id for document in library.documents()}

    def text_of(sha256: str) -> str | None:
        return library.text(documents[sha256]) if sha256 in documents else None

    def sha256_of(sha256: str) -> str | None:
        return _hash(library, sha256) if sha256 in documents else None

    return verify(bundle, text_of, sha256_of, progress)


def _hash(library: Library, sha256: str) -> str:
    try:
        with library.blobs.require(sha256).open("rb") as reader:
            return hashlib.file_digest(reader, "sha256").hexdigest()
    except ArchiveDamaged:
        return "missing"


def read_pseudonyms(library: Library, path: Path) -> dict[str, str]:
    """Read a CSV of entity and shown name; return {entity id: shown name}."""
    try:
        if path.stat().st_size > MAX_PSEUDONYM_BYTES:
            raise BadInput(f"{path.name} is too large to be a list of pseudonyms.")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path.name} is not written in UTF-8.") from error
    found: dict[str, str] = {}
    for number, row in enumerate(csv.reader(io.StringIO(text)), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and cells[0].casefold() in ("entity", "name")):
            continue
        if len(cells) < 2 or not cells[0] or not cells[1]:
            raise BadInput(f"Line {number} of {path.name} needs a name and a pseudonym.")
        found[library.entity(cells[0]).id] = cells[1]
    return found
