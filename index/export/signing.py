"""A detached signature over the tag manifest, in the format of `ssh-keygen -Y sign`."""

import base64
import hashlib
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import BadInput

MAGIC = b"SSHSIG"
NAMESPACE = "file"
HASH = "sha512"
BEGIN, END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
MAX_KEY_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, as the fingerprint that `ssh-keygen -l` shows, and whether it holds."""

    fingerprint: str
    holds: bool


def sign(message: bytes, key: Path, passphrase: str = "") -> str:
    """Return the armoured signature of a message; raise `BadInput` for a key that cannot sign."""
    private = _load(key, passphrase)
    public = _wire(private.public_key())
    blob = _signature(private, _signed_data(message, NAMESPACE, HASH))
    body = MAGIC + struct.pack(">I", 1)
    body += b"".join(map(_string, (public, NAMESPACE.encode(), b"", HASH.encode(), blob)))
    text = base64.b64encode(body).decode("ascii")
    lines = [text[n : n + 70] for n in range(0, len(text), 70)]
    return "\n".join((BEGIN, *lines, END, ""))


def check(message: bytes, armoured: str) -> Signature:
    """Return who signed a message and whether the signature holds; raise `ValueError`."""
    lines = [line.strip() for line in armoured.strip().splitlines()]
    if len(lines) < 3 or lines[0] != BEGIN or lines[-1] != END:
        raise ValueError("not an SSH signature")
    body = base64.b64decode("".join(lines[1:-1]), validate=True)
    if body[:6] != MAGIC or struct.unpack(">I", body[6:10]) != (1,):
        raise ValueError("not an SSH signature of version 1")
    public, namespace, _, algorithm, blob = _strings(body[10:], 5)
    if algorithm.decode() not in ("sha256", "sha512"):
        raise ValueError("unknown checksum")
    digest = base64.b64encode(hashlib.sha256(public).digest()).decode("ascii").rstrip("=")
    data = _signed_data(message, namespace.decode(), algorithm.decode())
    return Signature(f"SHA256:{digest}", _holds(public, blob, data))


def _load(key: Path, passphrase: str) -> Any:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import (
        load_pem_private_key,
        load_ssh_private_key,
    )

    secret = passphrase.encode() if passphrase else None
    try:
        with key.open("rb") as reader:
            data = reader.read(MAX_KEY_BYTES)
        if b"OPENSSH PRIVATE KEY" in data:
            return load_ssh_private_key(data, secret)
        return load_pem_private_key(data, secret)
    except OSError as error:
        raise BadInput(f"The key {key.name} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BadInput(
            f"{key.name} is not an SSH key that can sign, or its passphrase is wrong."
        ) from error


def _signed_data(message: bytes, namespace: str, algorithm: str) -> bytes:
    digest = hashlib.new(algorithm, message).digest()
    return MAGIC + b"".join(map(_string, (namespace.encode(), b"", algorithm.encode(), digest)))


def _signature(private: Any, data: bytes) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

    if isinstance(private, ed25519.Ed25519PrivateKey):
        return _string(b"ssh-ed25519") + _string(private.sign(data))
    if isinstance(private, rsa.RSAPrivateKey):
        signed = private.sign(data, padding.PKCS1v15(), hashes.SHA512())
        return _string(b"rsa-sha2-512") + _string(signed)
    if isinstance(private, ec.EllipticCurvePrivateKey):
        curve, checksum = _CURVES[private.curve.name]
        r, s = utils.decode_dss_signature(private.sign(data, ec.ECDSA(_hash(checksum))))
        return _string(b"ecdsa-sha2-" + curve) + _string(_number(r) + _number(s))
    raise BadInput("Keys of this kind cannot sign a bundle.")


_CURVES = {
    "secp256r1": (b"nistp256", "SHA256"),
    "secp384r1": (b"nistp384", "SHA384"),
    "secp521r1": (b"nistp521", "SHA512"),
}


def _hash(name: str) -> Any:
    from cryptography.hazmat.primitives import hashes

    return getattr(hashes, name)()


def _holds(public: bytes, blob: bytes, data: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils
    from cryptography.hazmat.primitives.serialization import load_ssh_public_key

    kind, signed = _strings(blob, 2)
    name = _strings(public, 1)[0]
    try:
        key = load_ssh_public_key(name + b" " + base64.b64encode(public))
        if isinstance(key, ed25519.Ed25519PublicKey) and kind == b"ssh-ed25519":
            key.verify(signed, data)
        elif isinstance(key, rsa.RSAPublicKey) and kind in (b"rsa-sha2-512", b"rsa-sha2-256"):
            key.verify(signed, data, padding.PKCS1v15(), _hash("SHA" + kind[-3:].decode()))
        elif isinstance(key, ec.EllipticCurvePublicKey) and kind.startswith(b"ecdsa-sha2-"):
            r, s = (int.from_bytes(part, "big") for part in _strings(signed, 2))
            checksum = _CURVES[key.curve.name][1]
            key.verify(utils.encode_dss_signature(r, s), data, ec.ECDSA(_hash(checksum)))
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm, KeyError):
        return False
    return True


def _wire(public: Any) -> bytes:
    """Return a public key as SSH writes it."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    line = public.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    return base64.b64decode(line.split()[1])


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _number(value: int) -> bytes:
    return _string(value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _strings(data: bytes, count: int) -> list[bytes]:
    """Return the length-prefixed strings that a wire format begins with."""
    found = []
    for _ in range(count):
        if len(data) < 4:
            raise ValueError("the signature is cut short")
        (length,) = struct.unpack(">I", data[:4])
        if len(data) < 4 + length:
            raise ValueError("the signature is cut short")
        found.append(data[4 : 4 + length])
        data = data[4 + length :]
    return found
