"""The one family of exceptions that the library raises on purpose.

Each name says what the user met, and `str(error)` is a sentence fit to show.
An exception that is not a `MunimentError` is a bug of ours.
"""


class MunimentError(Exception):
    """The base of everything the library reports to its user."""


class BadInput(MunimentError):
    """Something the user gave cannot be used: a name, an offset, a file."""


class NotFound(BadInput):
    """No document, entity, passage or file answers to what was given."""


class Ambiguous(BadInput):
    """More than one thing answers to what was given."""


class BadQuery(BadInput):
    """A query does not parse; `position` is the code point where it fails."""

    def __init__(self, message: str, position: int = 0) -> None:
        super().__init__(message)
        self.position = position


class NothingToUndo(BadInput):
    """There is no change left to take back, or none to make again."""


class ArchiveUnavailable(MunimentError):
    """The archive is there and cannot be used now."""


class ArchiveLocked(ArchiveUnavailable):
    """Another process is changing the archive."""


class ArchiveTooNew(ArchiveUnavailable):
    """A newer version of the program made the archive."""


class PassphraseNeeded(ArchiveUnavailable):
    """The archive is encrypted, and no passphrase was given."""


class WrongPassphrase(ArchiveUnavailable):
    """The passphrase does not open the archive."""


class ArchiveDamaged(MunimentError):
    """The record cannot be read as it was written; the sentence says what to run."""


class IndexDamaged(MunimentError):
    """The search index does not match its manifest; it can be rebuilt from the record."""


class DiskFull(MunimentError):
    """No space is left; everything acknowledged before is kept."""


class UnreadableFile(MunimentError):
    """A file could not be read as a document; the sentence says why."""


class PasswordNeeded(UnreadableFile):
    """The file is encrypted, and no password given opens it."""


class BundleThere(BadInput):
    """A finished bundle is where another was to be written."""


class BundleInvalid(MunimentError):
    """A bundle does not verify, or may not be written as asked."""
