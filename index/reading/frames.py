"""What travels between the library and its readers: a JSON header and raw bytes, never pickles.

A frame is two big-endian 32-bit lengths, the header, the body. The reader's
side is not trusted: whoever receives caps both lengths and checks every value.
"""

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

LENGTHS = struct.Struct(">II")
MAX_HEADER = 64 << 20
MAX_BODY = 512 << 20
_ENCODER = json.JSONEncoder(separators=(",", ":"))  # made once, since every page is sent


class BrokenChannel(Exception):
    """The other side is gone, or sends what is no frame."""


def send(stream: BinaryIO, header: Mapping[str, Any], body: bytes | memoryview = b"") -> None:
    """Write one frame and flush it; raise `BrokenChannel` when nobody reads any more."""
    encoded = _ENCODER.encode(header).encode("ascii")
    try:
        stream.write(LENGTHS.pack(len(encoded), len(body)))
        stream.write(encoded)
        if body:
            stream.write(body)
        stream.flush()
    except (OSError, ValueError) as error:
        raise BrokenChannel("the channel is closed") from error


def receive(
    stream: BinaryIO, max_header: int = MAX_HEADER, max_body: int = MAX_BODY
) -> tuple[dict[str, Any], bytes]:
    """Read one frame; raise `BrokenChannel` at the end, and for anything too large or no object."""
    header_length, body_length = LENGTHS.unpack(_exactly(stream, LENGTHS.size))
    if header_length > max_header or body_length > max_body:
        raise BrokenChannel("a frame is larger than allowed")
    try:
        header = json.loads(_exactly(stream, header_length))
    except (ValueError, RecursionError) as error:
        raise BrokenChannel("a header is no JSON") from error
    if not isinstance(header, dict):
        raise BrokenChannel("a header is no object")
    return header, _exactly(stream, body_length)


def _exactly(stream: BinaryIO, count: int) -> bytes:
    if count == 0:
        return b""
    try:
        data = stream.read(count)
    except (OSError, ValueError) as error:
        raise BrokenChannel("the channel is closed") from error
    if data is None or len(data) < count:
        raise BrokenChannel("the channel ended")
    return data


def encode_text(text: str) -> bytes:
    """Return text as UTF-8 in which lone surrogates survive."""
    return text.encode("utf-8", "surrogatepass")


def decode_text(data: bytes) -> str:
    """Return the text of `encode_text`; raise `BrokenChannel` when it is none."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise BrokenChannel("a body is no text") from error
