"""A bundle encrypted with age, for public keys or with a passphrase."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from index import private
from index.errors import BadInput

HEADER = b"age-encryption.org/v1\n"
MAX_IN_MEMORY = 2 << 30


def encrypt(source: Path, target: Path, recipients: tuple[str, ...], passphrase: str) -> None:
    """Encrypt a file; raise `BadInput` for a key that is none."""
    import pyrage

    if recipients and passphrase:
        raise BadInput("Encrypt for public keys or with a passphrase, not both.")
    if recipients:
        keys = [_recipient(text) for text in recipients]
        pyrage.encrypt_file(str(source), str(target), keys)
        return
    if source.stat().st_size > MAX_IN_MEMORY:
        raise BadInput("The bundle is too large for a passphrase. Encrypt it for a public key.")
    target.write_bytes(pyrage.passphrase.encrypt(source.read_bytes(), passphrase))


def decrypt(source: Path, target: Path, identities: tuple[str, ...], passphrase: str) -> None:
    """Decrypt a file with secret keys or a passphrase; raise `BadInput` when none fits."""
    import pyrage

    try:
        if identities:
            keys = [pyrage.x25519.Identity.from_str(text.strip()) for text in identities]
            pyrage.decrypt_file(str(source), str(target), keys)
            return
        target.write_bytes(pyrage.passphrase.decrypt(source.read_bytes(), passphrase))
    except (pyrage.DecryptError, pyrage.IdentityError) as error:
        target.unlink(missing_ok=True)
        raise BadInput(f"{source.name} does not open with this key or passphrase.") from error


@contextlib.contextmanager
def opened(path: Path, identities: tuple[str, ...] = (), passphrase: str = "") -> Iterator[Path]:
    """Give a bundle to read: itself, or decrypted in a private folder that is then removed."""
    if not path.is_file() or not is_encrypted(path):
        yield path
        return
    if not identities and not passphrase:
        raise BadInput(f"{path.name} is encrypted. Name its key file or passphrase file.")
    with private.folder("bundle-", path.stat().st_size) as folder:
        plain = folder / path.name.removesuffix(".age")
        decrypt(path, plain, identities, passphrase)
        yield plain


def is_encrypted(path: Path) -> bool:
    """Say whether a file is encrypted with age."""
    try:
        with path.open("rb") as reader:
            return reader.read(len(HEADER)) == HEADER
    except OSError:
        return False


def _recipient(text: str) -> object:
    import pyrage

    try:
        if text.startswith("ssh-"):
            return pyrage.ssh.Recipient.from_str(text.strip())
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise BadInput(f"“{text[:40]}” is not a public key for age.") from error
