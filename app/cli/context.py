"""What every command is given: its arguments, its output, and the archive when it asks."""

import argparse
import os
from functools import cached_property
from pathlib import Path

from app.cli import passphrases
from app.cli.output import Output, printed_page
from index import archives
from index.library import Library
from index.model import Passage, Verdict

ONLY_ITSELF = (
    "The archive {} is encrypted and no passphrase was given,"
    " so the bundle was checked against itself alone."
)


class Context:
    """One run of the command line."""

    def __init__(self, arguments: argparse.Namespace, output: Output) -> None:
        self.arguments = arguments
        self.output = output

    @cached_property
    def library(self) -> Library:
        """The archive that the command works on; the default one is made on first use."""
        named = named_archive(self.arguments)
        folder = archive_of(self.arguments)
        create = named is None or self.arguments.command in ("import", "entities")
        return Library.open(folder, create=create, passphrase=self.passphrase_of(folder))

    def passphrase_of(self, folder: Path) -> str:
        """Return the passphrase of an encrypted archive, nothing for a plain one."""
        if archives.is_encrypted(folder):
            return passphrases.of_archive(self.arguments, folder)
        passphrases.require_none(self.arguments, folder)
        return ""

    def verify(self, bundle: Path) -> Verdict:
        """Check a bundle, against the archive too where there is one."""
        folder = archive_of(self.arguments)
        locked = archives.is_encrypted(folder) and not passphrases.can_be_had(self.arguments)
        if locked:
            self.output.warn(ONLY_ITSELF.format(folder))
        elif archives.is_archive(folder):
            return self.library.verify(bundle, self.output)
        else:
            passphrases.require_none(self.arguments, folder)
        from index.export import verify

        return verify(bundle, progress=self.output)

    def opened_folder(self) -> Path | None:
        """Return where the archive lies, if it was opened."""
        return self.library.folder if "library" in self.__dict__ else None

    def close(self) -> None:
        """Close the archive, if it was opened, and the progress bar."""
        self.output.close()
        if "library" in self.__dict__:
            self.library.close()

    def print_passage(self, passage: Passage) -> None:
        """Print one passage with the names of its entities and its footnotes."""
        from app.cli import records

        library = self.library
        names = [library.entity(entity).name for entity in passage.entities]
        record = records.passage(passage, names, library.notes_of(passage))
        quote = " ".join(passage.quote.split())
        tags = ", ".join(names) or "no entity"
        page = printed_page(passage.anchor.label)
        text = f"{passage.id[:8]}  {page:<8} “{quote}”  [{tags}]"
        self.output.line(record, text)


def archive_of(arguments: argparse.Namespace) -> Path:
    """Return the folder of the archive that a command works on."""
    return named_archive(arguments) or archives.default_folder()


def named_archive(arguments: argparse.Namespace) -> Path | None:
    """Return the archive that was asked for by argument or environment, or None."""
    named = getattr(arguments, "archive", None) or os.environ.get("MUNIMENT_ARCHIVE")
    return Path(named).expanduser() if named else None
