"""The sample archive: shipped reports imported, named, tagged and exported like real ones."""

import csv
from dataclasses import dataclass
from pathlib import Path

import resources
from index.errors import BadInput
from index.library import Library
from index.model import ExportRequest, ImportOptions, ImportStatus
from index.progress import NullProgress, Progress


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the sample archive and its bundle are."""

    archive: Path
    bundle: Path


def archive_in(folder: Path) -> Path:
    """Return where the sample archive below `folder` is."""
    return folder / "archive"


def make(folder: Path, progress: Progress | None = None, passphrase: str | None = None) -> Demo:
    """Make the sample archive and its bundle below `folder`; what is there already is kept.

    With a passphrase the archive is an encrypted one.
    """
    progress = progress or NullProgress()
    demo = Demo(archive_in(folder), folder / "bundle")
    fresh = not Library.is_archive(demo.archive)
    with (
        Library.create(demo.archive, passphrase)
        if fresh
        else Library.open(demo.archive, passphrase=passphrase or "")
    ) as library:
        if fresh:
            _fill(library, progress)
        if not demo.bundle.exists():
            request = ExportRequest(title="Sample bundle", originals=True)
            library.export(demo.bundle, request, progress)
        verdict = library.verify(demo.bundle)
    if not verdict.ok:
        raise BadInput(f"The sample bundle in {demo.bundle} was changed: {verdict.problems[0]}")
    return demo


def _fill(library: Library, progress: Progress) -> None:
    source = resources.path("demo")
    reports = sorted((source / "reports").iterdir())
    results = library.import_files(
        reports, ImportOptions(collection="Sample reports", ocr="never"), progress
    )
    for result in results:
        if result.status is ImportStatus.FAILED:
            raise BadInput(f"The sample report {result.path.name} failed: {result.reason}")
    library.import_entities(source / "entities.csv")
    documents = {result.path.name: result.document or "" for result in results}
    with (source / "passages.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            _tag(library, documents[row["file"]], row)


def _tag(library: Library, document: str, row: dict[str, str]) -> None:
    names = [name.strip() for name in row["entities"].split(";") if name.strip()]
    entities = [library.entity(name).id for name in names]
    library.tag_quote(document, row["quote"], entities, row.get("memo") or "")
