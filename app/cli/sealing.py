"""Commands about encryption: passphrase, encrypt, decrypt."""

from pathlib import Path
from typing import Any

from app.cli import passphrases, status
from app.cli.context import Context, archive_of
from app.cli.output import plural
from index import archives
from index.errors import BadInput, NotFound

OPTION = "--new-passphrase-file"
STAYS = {
    True: "{old} is still there as it was. Look whether everything is in the copy, then delete"
    " the old folder and its backups; what was deleted can be found on a disk for a while.",
    False: "{old} is still there, encrypted as it was. Whoever gets hold of the copy can read it.",
}


def register(add: Any) -> None:
    """Add these commands to the parser."""
    change = add("passphrase", _change, help="change the passphrase of an encrypted archive")
    encrypt = add("encrypt", _encrypt, help="write an encrypted copy of the archive")
    encrypt.add_argument("folder", metavar="DIR", type=Path)
    for command in (change, encrypt):
        command.add_argument(
            OPTION, metavar="F", type=Path, help="the new passphrase; asked for where it is absent"
        )
    decrypt = add("decrypt", _decrypt, help="write a copy that is not encrypted")
    decrypt.add_argument("folder", metavar="DIR", type=Path)


def _change(context: Context) -> int:
    from index.crypto import keys

    given = context.arguments
    folder = archive_of(given)
    if not archives.is_archive(folder):
        raise NotFound(f"There is no archive in {folder}.")
    if not archives.is_encrypted(folder):
        raise BadInput(
            f"The archive {folder} is not encrypted. “muniment encrypt DIR” makes a copy that is."
        )
    unlocked = keys.unlock(folder, passphrases.of_archive(given, folder))
    keys.rewrap(folder, unlocked, passphrases.new(given.new_passphrase_file, OPTION))
    context.output.line(
        {"archive": str(folder), "changed": True},
        f"The passphrase of {folder} is changed. Backups made before still open with the old one.",
    )
    return status.DONE


def _encrypt(context: Context) -> int:
    from index import resealing

    library, folder = context.library, context.arguments.folder.expanduser().absolute()
    archives.require_free(folder)
    passphrase = passphrases.new(context.arguments.new_passphrase_file, OPTION)
    counts = resealing.copy_encrypted(library, folder, passphrase, context.output)
    return _tell(context, folder, counts.documents, encrypted=True)


def _decrypt(context: Context) -> int:
    from index import resealing

    library, folder = context.library, context.arguments.folder.expanduser().absolute()
    if not library.encrypted:
        raise BadInput(f"The archive {library.folder} is not encrypted.")
    counts = resealing.copy_plain(library, folder, context.output)
    return _tell(context, folder, counts.documents, encrypted=False)


def _tell(context: Context, folder: Path, documents: int, *, encrypted: bool) -> int:
    kind = "an encrypted copy" if encrypted else "a copy that is not encrypted"
    context.output.line(
        {"archive": str(folder), "encrypted": encrypted, "documents": documents},
        f"Wrote {kind} with {plural(documents, 'document')} to {folder}.",
    )
    context.output.say(STAYS[encrypted].format(old=context.library.folder))
    return status.DONE
