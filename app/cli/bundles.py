"""Commands about what leaves the archive: cite, export, verify."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli import secrets, status, values
from app.cli.context import Context
from app.cli.output import plural
from index.model import ExportRequest

if TYPE_CHECKING:
    from index.export import Preview

PASTED = ("text", "html", "markdown", "bibtex", "ris", "csl-json")


def register(add: Any) -> None:
    """Add these commands to the parser."""
    cite = add("cite", _cite, help="print one formatted citation")
    cite.add_argument("document", metavar="DOC")
    cite.add_argument("--page", metavar="N", type=values.integer)
    cite.add_argument("--style", metavar="S", default=ExportRequest().style)
    cite.add_argument("--as", dest="kind", choices=PASTED, help="as it is pasted elsewhere")
    export = add("export", _export, help="write a citation bundle")
    export.add_argument("out", metavar="OUT", type=Path)
    export.add_argument("--entity", metavar="E", action="append", default=[])
    export.add_argument("--passage", metavar="P", action="append", default=[])
    export.add_argument("--style", metavar="S", default=ExportRequest().style)
    export.add_argument("--zip", action="store_true")
    export.add_argument(
        "--replace", action="store_true", help="replace a bundle that is there already"
    )
    export.add_argument("--originals", action="store_true", help="put the original files in")
    export.add_argument("--pseudonyms", metavar="FILE", type=Path)
    export.add_argument(
        "--preview", action="store_true", help="say what would be in it, and write nothing"
    )
    export.add_argument("--title", metavar="TEXT", default=ExportRequest().title)
    for name, what in (
        ("pictures", "pictures of the pages"),
        ("memos", "the memos of passages"),
        ("authors", "who tagged"),
        ("file-names", "what the originals are called"),
    ):
        export.add_argument(f"--no-{name}", action="store_true", help=f"leave out {what}")
    export.add_argument(
        "--recipient", metavar="KEY", action="append", default=[], help="encrypt for an age key"
    )
    export.add_argument(
        "--bundle-passphrase-file", metavar="F", type=Path, help="encrypt with the words in a file"
    )
    export.add_argument("--sign", metavar="KEY_FILE", type=Path, help="sign with an SSH key")
    export.add_argument(
        "--sign-passphrase-file", metavar="F", type=Path, help="unlock that key by a file's words"
    )
    verify = add("verify", _verify, help="check a bundle")
    verify.add_argument("bundle", metavar="BUNDLE", type=Path)
    secrets.add_to(verify)


def _cite(context: Context) -> int:
    given = context.arguments
    document = context.library.document(given.document)
    if given.kind:
        copied = context.library.copy_citation(
            document.id, given.kind, given.style, page=given.page
        )
        context.output.line({given.kind: copied}, copied.rstrip("\n"))
        return status.DONE
    citation = context.library.cite(document.id, page=given.page, style=given.style)
    record = {"citation": citation.citation, "bibliography": citation.bibliography}
    context.output.line(record, f"{citation.citation}\n{citation.bibliography}")
    return status.DONE


def _export(context: Context) -> int:
    given, library = context.arguments, context.library
    request = ExportRequest(
        entities=tuple(library.entity(entity).id for entity in given.entity),
        passages=tuple(library.passage(passage).id for passage in given.passage),
        style=given.style,
        zip=given.zip,
        originals=given.originals,
        pseudonyms=library.read_pseudonyms(given.pseudonyms) if given.pseudonyms else {},
        title=given.title,
        pictures=not given.no_pictures,
        memos=not given.no_memos,
        authors=not given.no_authors,
        file_names=not given.no_file_names,
        recipients=tuple(given.recipient),
        passphrase=secrets.words(given.bundle_passphrase_file),
        signing_key=given.sign.expanduser() if given.sign else None,
        signing_passphrase=secrets.words(given.sign_passphrase_file),
        replace=given.replace,
    )
    preview = library.preview(request)
    for issue in preview.to_settle:
        context.output.warn(issue.sentence)
    if given.preview:
        return _preview(context, preview)
    summary = library.export(given.out.expanduser(), request, context.output)
    for notice in summary.notices:
        context.output.warn(notice)
    record = {
        "bundle": str(summary.bundle),
        "passages": summary.passages,
        "documents": summary.documents,
        "files": summary.files,
        "bytes": summary.bytes,
    }
    context.output.line(
        record,
        f"{summary.bundle}: {plural(summary.passages, 'passage')} of"
        f" {plural(summary.documents, 'document')} in {plural(summary.files, 'file')}.",
    )
    return status.DONE


def _preview(context: Context, preview: "Preview") -> int:
    """Print what a bundle would hold and hold back."""
    record = {
        "passages": preview.passages,
        "documents": preview.documents,
        "bytes": preview.bytes,
        "contains": list(preview.contains),
        "held_back": list(preview.held_back),
        "to_settle": [issue.sentence for issue in preview.to_settle],
    }
    lines = [
        f"{plural(preview.passages, 'passage')} of {plural(preview.documents, 'document')},"
        f" about {preview.bytes / 1e6:.1f} MB. Nothing was written.",
        "In it: " + "; ".join(preview.contains),
    ]
    if preview.held_back:
        lines.append("Not in it: " + "; ".join(preview.held_back))
    context.output.line(record, "\n".join(lines))
    return status.DONE


def _verify(context: Context) -> int:
    with secrets.opened(context.arguments.bundle, context.arguments) as bundle:
        verdict = context.verify(bundle)
    record: dict[str, Any] = {"valid": verdict.ok, "problems": list(verdict.problems)}
    if verdict.notices:
        record["notices"] = list(verdict.notices)  # who signed it
    found = verdict.problems or ("The bundle is complete and unchanged.",)
    text = "\n".join((*found, *verdict.notices))
    context.output.line(record, text)
    return status.DONE if verdict.ok else status.SOMETHING_FAILED
