"""Commands about the archive as a whole: new, check, reindex, backup, restore, rescue, undo."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli import passphrases, status
from app.cli.context import Context, archive_of
from app.cli.output import plural
from index import archives
from index.errors import BadInput

if TYPE_CHECKING:
    from index.backup import Counts


LOST = "Nobody can open it without the passphrase: keep it where you will find it."


def register(add: Any) -> None:
    """Add these commands to the parser."""
    new = add("new", _new, help="make an archive")
    new.add_argument("folder", metavar="DIR", type=Path)
    new.add_argument(
        "--encrypt", action="store_true", help="encrypt it with a passphrase, which is asked for"
    )
    check = add("check", _check, help="check the archive")
    check.add_argument("--repair", action="store_true", help="rebuild the search index if needed")
    add("reindex", _reindex, help="rebuild the search index from the records")
    backup = add("backup", _backup, help="write the whole archive into one file")
    backup.add_argument("file", metavar="FILE", type=Path)
    restore = add("restore", _restore, help="make an archive of a backup")
    restore.add_argument("file", metavar="FILE", type=Path)
    restore.add_argument("folder", metavar="DIR", type=Path)
    rescue = add("rescue", _rescue, help="write the originals out of a damaged archive")
    rescue.add_argument("folder", metavar="DIR", type=Path)
    add("undo", _undo, help="take the last change back")


def _new(context: Context) -> int:
    from index.library import Library

    given = context.arguments
    folder = given.folder.expanduser().absolute()
    if not given.encrypt:
        if given.passphrase_file is not None:
            raise BadInput("A passphrase was given, but not --encrypt. Nothing has been made.")
        Library.create(folder).close()
        context.output.line({"archive": str(folder)}, f"Made an archive in {folder}.")
        return status.DONE
    archives.require_free(folder)
    Library.create(folder, passphrases.new_or_named(given)).close()
    record = {"archive": str(folder), "encrypted": True}
    context.output.line(record, f"Made an encrypted archive in {folder}.")
    context.output.say(LOST)
    return status.DONE


def _check(context: Context) -> int:
    verdict = context.library.check(repair=context.arguments.repair, progress=context.output)
    record = {"ok": verdict.ok, "problems": list(verdict.problems)}
    text = "\n".join(verdict.problems) or "The archive is in order."
    context.output.line(record, text)
    return status.DONE if verdict.ok else status.SOMETHING_FAILED


def _reindex(context: Context) -> int:
    context.library.reindex(context.output)
    problems = context.library.search_service.check()
    text = "\n".join(problems) or "The search index is rebuilt."
    context.output.line({"ok": not problems, "problems": problems}, text)
    return status.SOMETHING_FAILED if problems else status.DONE


def _undo(context: Context) -> int:
    changes = context.library.undo()
    context.output.line({"undone": changes.label}, f"Undone: {changes.label}")
    return status.DONE


def _backup(context: Context) -> int:
    from index import backup

    target = context.arguments.file.expanduser().absolute()
    counts = backup.backup(context.library, target, context.output)
    context.output.line(asdict(counts), f"Wrote {_holding(counts)}.")
    return status.DONE


def _restore(context: Context) -> int:
    from index import backup

    given = context.arguments
    source, folder = given.file.expanduser(), given.folder.expanduser().absolute()
    archives.require_free(folder)
    passphrase = ""
    if backup.is_encrypted(source):
        passphrase = passphrases.of_archive(given, source)
    else:
        passphrases.require_none(given, source)
    counts = backup.restore(source, folder, context.output, passphrase)
    context.output.line(asdict(counts), f"Restored {_holding(counts)}.")
    return status.DONE


def _rescue(context: Context) -> int:
    from index import rescuing

    archive = archive_of(context.arguments)
    folder = context.arguments.folder.expanduser().absolute()
    archives.require_free(folder)
    passphrase = context.passphrase_of(archive)
    done = rescuing.rescue(archive, folder, passphrase, context.output)
    for problem in done.problems:
        context.output.warn(problem)
    record = {"folder": str(folder), "files": done.files, "problems": list(done.problems)}
    context.output.line(record, f"Wrote {plural(done.files, 'original')} to {folder}.")
    return status.SOMETHING_FAILED if done.problems else status.DONE


def _holding(counts: "Counts") -> str:
    return f"{plural(counts.documents, 'document')} and {plural(counts.passages, 'passage')}"
