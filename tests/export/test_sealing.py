"""Encryption with age and signatures of SSH keys, checked by the programs of others."""

import shutil
import subprocess
from pathlib import Path

import pyrage
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from index.errors import BadInput
from index.export import encrypting, signing
from index.library import Library
from index.model import ExportRequest


def write_key(folder: Path, private: object, passphrase: str = "") -> Path:
    """Write a private key as OpenSSH does, a sealed one as PKCS 8."""
    private_format = (
        serialization.PrivateFormat.PKCS8 if passphrase else serialization.PrivateFormat.OpenSSH
    )
    sealed = (
        serialization.BestAvailableEncryption(passphrase.encode())
        if passphrase
        else serialization.NoEncryption()
    )
    path = folder / "key"
    path.write_bytes(
        private.private_bytes(  # type: ignore[attr-defined]
            serialization.Encoding.PEM, private_format, sealed
        )
    )
    path.chmod(0o600)
    public = private.public_key().public_bytes(  # type: ignore[attr-defined]
        serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
    )
    (folder / "allowed").write_bytes(b"me " + public + b"\n")
    return path


@pytest.mark.parametrize(
    "private",
    [
        ed25519.Ed25519PrivateKey.generate(),
        rsa.generate_private_key(65537, 2048),
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP384R1()),
    ],
    ids=["ed25519", "rsa", "p256", "p384"],
)
def test_ssh_keygen_accepts_the_signature(tmp_path: Path, private: object) -> None:
    key = write_key(tmp_path, private)
    message = b"a tag manifest\n"
    (tmp_path / "sig").write_text(signing.sign(message, key))
    assert signing.check(message, (tmp_path / "sig").read_text()).holds
    assert not signing.check(message + b"!", (tmp_path / "sig").read_text()).holds
    program = shutil.which("ssh-keygen")
    if program is None:
        return
    command = [program, "-Y", "verify", "-f", str(tmp_path / "allowed"), "-I", "me"]
    command += ["-n", "file", "-s", str(tmp_path / "sig")]
    done = subprocess.run(command, input=message, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    done = subprocess.run(command, input=b"changed", capture_output=True, check=False)
    assert done.returncode != 0


def test_signed_bundle_says_who_and_notices_a_change(library: Library, tmp_path: Path) -> None:
    key = write_key(tmp_path, ed25519.Ed25519PrivateKey.generate(), "words")
    request = ExportRequest(signing_key=key, signing_passphrase="words", pictures=False)
    bundle = library.export(tmp_path / "bundle", request).bundle
    verdict = library.verify(bundle)
    assert verdict.ok
    assert verdict.notices[0].startswith("Signed with the key SHA256:")
    tags = bundle / "tagmanifest-sha512.txt"
    tags.write_text(tags.read_text().replace("  bagit.txt", "  bagit.tx"))
    assert any("signature" in problem for problem in library.verify(bundle).problems)
    with pytest.raises(BadInput):
        library.export(tmp_path / "other", ExportRequest(signing_key=key, pictures=False))
    assert not (tmp_path / "other").exists()


def test_encrypted_bundle_opens_with_the_key_only(library: Library, tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    request = ExportRequest(recipients=(str(identity.to_public()),), pictures=False)
    bundle = library.export(tmp_path / "bundle", request).bundle
    assert bundle.name == "bundle.zip.age"
    assert b"country" not in bundle.read_bytes()
    assert not library.verify(bundle).ok
    plain = tmp_path / "bundle.zip"
    encrypting.decrypt(bundle, plain, (str(identity),), "")
    assert library.verify(plain).problems == ()
    with pytest.raises(BadInput):
        encrypting.decrypt(bundle, tmp_path / "no", (str(pyrage.x25519.Identity.generate()),), "")
    with pytest.raises(BadInput):
        library.export(tmp_path / "bundle", request)


def test_passphrase_opens_too(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"secret")
    encrypting.encrypt(tmp_path / "a", tmp_path / "b", (), "long words")
    encrypting.decrypt(tmp_path / "b", tmp_path / "c", (), "long words")
    assert (tmp_path / "c").read_bytes() == b"secret"
    with pytest.raises(BadInput):
        encrypting.decrypt(tmp_path / "b", tmp_path / "d", (), "wrong")
    with pytest.raises(BadInput):
        encrypting.encrypt(tmp_path / "a", tmp_path / "b", ("age1nonsense",), "")
