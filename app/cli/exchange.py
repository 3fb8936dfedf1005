"""Commands about other programs and archives: merge, take-in, hand-over."""

from pathlib import Path
from typing import Any

from app.cli import passphrases, secrets, status
from app.cli.context import Context
from app.cli.output import plural
from index import archives

OTHER = "--other-passphrase-file"


def register(add: Any) -> None:
    """Add these commands to the parser."""
    merge = add("merge", _merge, help="take in a colleague's archive; a backup is made first")
    merge.add_argument("other", metavar="OTHER_ARCHIVE", type=Path)
    merge.add_argument(
        OTHER, metavar="F", type=Path, help="a file with the passphrase of the other archive"
    )
    take_in = add("take-in", _take_in, help="take in another program's project, list or bundle")
    take_in.add_argument("file", metavar="FILE", type=Path)
    secrets.add_to(take_in)
    hand_over = add(
        "hand-over", _hand_over, help="write files that other servers and programs load"
    )
    hand_over.add_argument("folder", metavar="DIR", type=Path)


def _merge(context: Context) -> int:
    other = context.arguments.other.expanduser()
    library, passphrase = context.library, ""
    if archives.is_encrypted(other):
        named = context.arguments.other_passphrase_file
        passphrase = passphrases.of_other(named, other, OTHER)
    merged = library.merge(other, context.output, passphrase)
    for conflict in merged.conflicts:
        context.output.warn(conflict.sentence)
    record = {
        "documents": merged.documents,
        "entities": merged.entities,
        "passages": merged.passages,
        "known": merged.known,
        "conflicts": [conflict.sentence for conflict in merged.conflicts],
        "backup": str(merged.backup),
    }
    context.output.line(
        record,
        f"Took in {plural(merged.documents, 'document')},"
        f" {plural(merged.entities, 'entity', 'entities')} and"
        f" {plural(merged.passages, 'passage')}. The archive as it was is in {merged.backup}.",
    )
    return status.DONE


def _take_in(context: Context) -> int:
    with secrets.opened(context.arguments.file, context.arguments) as file:
        taken = context.library.take_in(file, context.output)
    for problem in taken.problems:
        context.output.warn(problem)
    record = {
        "documents": taken.documents,
        "described": taken.described,
        "entities": taken.entities,
        "passages": taken.passages,
        "known": taken.known,
        "problems": list(taken.problems),
    }
    context.output.line(
        record,
        f"Took in {plural(taken.documents, 'document')},"
        f" {plural(taken.entities, 'entity', 'entities')} and"
        f" {plural(taken.passages, 'passage')}; there already: {taken.known}.",
    )
    return status.SOMETHING_FAILED if taken.problems else status.DONE


def _hand_over(context: Context) -> int:
    done = context.library.hand_over(context.arguments.folder.expanduser(), context.output)
    record = {
        "folder": str(done.folder),
        "documents": done.documents,
        "pages": done.pages,
        "entities": done.entities,
        "files": done.files,
    }
    context.output.line(
        record, f"{done.folder}: {plural(done.pages, 'page')} in {plural(done.files, 'file')}."
    )
    return status.DONE
