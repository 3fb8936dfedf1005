"""Reading a text report: the decoding, and how sure it is."""

import codecs
from dataclasses import dataclass

import chardet

from index.errors import UnreadableFile
from index.reading import notes, notes_text
from index.reading.result import Reading
from index.reading.sections import cut
from index.reading.source import Source
from index.reading.versions import EXTRACTOR

SAMPLE = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding that was used and how sure that is."""

    text: str
    encoding: str
    confidence: float
    how: str  # given, bom, utf-8, guessed
    damaged: int = 0  # signs that could not be decoded


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode bytes by the encoding given, else by mark, as UTF-8, or by a guess."""
    if encoding:
        return _given(data, encoding)
    for mark, name in _BOMS:
        if data.startswith(mark):
            text = data.decode(name, "replace")
            return Decoded(text, name, 1.0, "bom", text.count("\ufffd"))
    if wide := _wide(data[:SAMPLE]):
        text = data.decode(wide, "replace")
        return Decoded(text, wide, 0.95, "guessed", text.count("\ufffd"))
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 1.0, "utf-8")
    except UnicodeDecodeError:
        return _guessed(data)


def _wide(data: bytes) -> str | None:
    """Return UTF-16 or UTF-32 when zero bytes stand where those put them, else None."""
    count = len(data) // 4 * 4
    if count < 16 or data.count(0) * 16 < count:
        return None
    zeros = [data[at:count:4].count(0) * 4 / count for at in range(4)]
    shapes = {
        "utf-32-le": (zeros[2], zeros[3]),
        "utf-32-be": (zeros[0], zeros[1]),
        "utf-16-le": (zeros[1], zeros[3]),
        "utf-16-be": (zeros[0], zeros[2]),
    }
    for name, share in shapes.items():
        others = [zero for zero in zeros if zero not in share]
        least = 0.9 if "32" in name else 0.06
        if min(share) > least and max(others, default=0.0) < 0.06 + min(share) / 4:
            return name if _decodes(data[:count], name) else None
    return None


def _decodes(data: bytes, name: str) -> bool:
    text = data.decode(name, "replace")
    strange = text.count("\ufffd") + text.count("\0") + sum("\ue000" <= c < "\uf900" for c in text)
    return strange * 50 < len(text)


def _given(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding, "replace")
    except LookupError as error:
        raise UnreadableFile(f"There is no encoding named “{encoding}”.") from error
    return Decoded(text.removeprefix("\ufeff"), encoding, 1.0, "given", text.count("\ufffd"))


def _guessed(data: bytes) -> Decoded:
    found = chardet.detect(data[:SAMPLE])
    encoding = str(found.get("encoding") or "windows-1251")
    confidence = float(found.get("confidence") or 0.0)
    try:
        text = data.decode(encoding, "replace")
    except LookupError:
        encoding, confidence = "windows-1251", 0.0
        text = data.decode(encoding, "replace")
    return Decoded(text, encoding, round(confidence, 3), "guessed", text.count("\ufffd"))


def read(source: Source, encoding: str | None = None) -> Reading:
    """Read a text report whole."""
    decoded = decode(source.whole(), encoding)
    return Reading(
        media_type="text/plain",
        extractor=EXTRACTOR,
        paged=False,
        pages=cut(decoded.text),
        csl={"type": "report"},
        notes=notes.resolve(
            decoded.text, notes_text.markers(decoded.text), notes_text.paragraph_ends(decoded.text)
        ),
        details={
            "encoding": decoded.encoding,
            "encoding_confidence": decoded.confidence,
            "encoding_how": decoded.how,
            "damaged_characters": decoded.damaged,
        },
    )
