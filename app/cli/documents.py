"""Commands about documents: import, documents, text, describe, notes."""

from pathlib import Path
from typing import Any

from app.cli import records, status, values
from app.cli.context import Context
from app.cli.output import columns, plural
from index.errors import BadInput
from index.model import Document, ImportOptions, ImportResult, ImportStatus


def register(add: Any) -> None:
    """Add these commands to the parser."""
    imports = add("import", _import, help="import files and folders")
    imports.add_argument("paths", metavar="PATH", nargs="+", type=values.some_path)
    imports.add_argument("--collection", metavar="NAME", help="put the documents in a collection")
    imports.add_argument(
        "--jobs", metavar="N", type=values.counted, default=0, help="files read at once"
    )
    imports.add_argument("--ocr", choices=("auto", "never", "always"), default="auto")
    imports.add_argument("--language", metavar="ru,en", default="", help="languages of the files")
    imports.add_argument("--encoding", metavar="NAME", help="how text files are encoded")
    imports.add_argument("--password-file", metavar="F", type=Path, help="passwords, one a line")
    add("documents", _documents, help="list what is there")
    text = add("text", _text, help="print the canonical text of a document")
    text.add_argument("document", metavar="DOC")
    text.add_argument("--page", metavar="N", type=values.integer)
    describe = add("describe", _describe, help="correct a document's citation data")
    describe.add_argument("document", metavar="DOC")
    describe.add_argument("fields", metavar="FIELD=VALUE", nargs="+", type=values.assignment)
    notes = add("notes", _notes, help="print the footnotes and endnotes of a document")
    notes.add_argument("document", metavar="DOC")


def _import(context: Context) -> int:
    given = context.arguments
    failed = 0

    def show(result: ImportResult) -> None:
        nonlocal failed
        failed += result.status is ImportStatus.FAILED
        if result.status is ImportStatus.FAILED and context.output.silent:
            context.output.warn(_import_text(result))
        context.output.line(records.import_result(result), _import_text(result))

    context.library.import_files(
        [path.expanduser() for path in given.paths],
        ImportOptions(
            collection=given.collection,
            jobs=given.jobs,
            ocr=given.ocr,
            languages=languages_of(given.language),
            encoding=encoding_named(given.encoding),
            passwords=_passwords(given.password_file),
        ),
        context.output,
        show,
    )
    return status.SOMETHING_FAILED if failed else status.DONE


def languages_of(text: str) -> tuple[str, ...]:
    """Return the languages of a list such as “ru,en”."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def encoding_named(name: str | None) -> str | None:
    """Return the codec that a name stands for; raise `BadInput` when it is none."""
    import codecs

    if name is None:
        return None
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise BadInput(f"“{name}” is not an encoding that is known.") from None


def _passwords(path: Path | None) -> tuple[str, ...]:
    if path is None:
        return ()
    try:
        return tuple(path.expanduser().read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"The password file {path} cannot be read.") from None


def _import_text(result: ImportResult) -> str:
    path = str(result.path).replace("\n", "\ufffd")
    text = f"{result.status.value:<8}{path}"
    if result.status in (ImportStatus.ADDED, ImportStatus.KNOWN):
        text += f"  {plural(result.pages, 'page')}"
        if result.unsearchable_pages:
            text += f", {plural(len(result.unsearchable_pages), 'page')} without text"
    if result.reason and result.status is not ImportStatus.ADDED:
        text += f"  {result.reason}"
    return text


def _documents(context: Context) -> int:
    for document in context.library.documents():
        context.output.line(records.document(document), _document_text(document))
    return status.DONE


def _document_text(document: Document) -> str:
    text = columns(
        (document.id[:8], 8),
        ((document.issued or "").ljust(10), 10),
        (plural(document.page_count, "page"), 10),
        (document.title, 0),
    )
    if document.unsearchable_pages:
        pages = ", ".join(map(str, document.unsearchable_pages[:8]))
        more = "…" if len(document.unsearchable_pages) > 8 else ""
        text += f"  [cannot be searched: page {pages}{more}]"
    return text


def _text(context: Context) -> int:
    document = context.library.document(context.arguments.document)
    page = context.arguments.page
    text = context.library.text(document.id, page)
    if context.output.as_json:
        context.output.line({"document": document.id, "text": text}, "")
    else:
        context.output.verbatim(text)
    return status.DONE


def _describe(context: Context) -> int:
    document = context.library.document(context.arguments.document)
    context.library.describe(document.id, dict(context.arguments.fields))
    found = context.library.document(document.id)
    context.output.line(records.document(found), _document_text(found))
    return status.DONE


def _notes(context: Context) -> int:
    document = context.library.document(context.arguments.document)
    for note in context.library.notes(document.id):
        places = plural(len(note.references), "reference")
        text = f"{note.marker:>5}  {' '.join(note.text.split())}  ({places})"
        context.output.line(records.note(note), text)
    return status.DONE
