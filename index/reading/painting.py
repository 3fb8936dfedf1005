"""Pages drawn in few colours, a quarter of the bytes to send on: both sides of the channel.

The reader reduces the colours, since it has a core of its own; what it sends are
plain pixels, of which the library makes a picture file itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from index.errors import UnreadableFile
from index.model import PaintedPage
from index.reading.frames import send
from index.reading.source import Source

MAX_COLORS = 256


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page to be drawn: its index, pixels a point, and how many colours it may have."""

    page: int
    scale: float
    colors: int


def serve(job: Mapping[str, Any], source: Source, writing: BinaryIO) -> None:
    """Draw the pages of a job one after another; each is sent as it is ready."""
    # The program imports this module too, and needs no PDF library of its own.
    from index.reading.pdf_file import PdfFile
    from index.reading.serving import draw

    passwords = tuple(str(password) for password in job.get("passwords", ()))
    file = PdfFile(source.address, source.size, passwords)
    for index, scale, colors in job["pages"]:
        if not 0 <= index < file.page_count:
            raise UnreadableFile(f"There is no page {index + 1}.")
        with file.page(index) as page:
            header, pixels = draw(page, float(scale))
        width, height, stride = header["picture"]
        palette, indexes = paint(pixels, width, height, stride, colors)
        send(writing, {"painted": [width, height, len(palette) // 3]}, palette + indexes)


def job_of(wanted: Sequence[Wanted]) -> dict[str, Any]:
    """Return the job that asks for pages."""
    return {"kind": "paint", "pages": [[one.page, one.scale, one.colors] for one in wanted]}


def page_of(header: Mapping[str, Any], body: bytes, wanted: Wanted) -> PaintedPage:
    """Return the page that a reader sent; raise `UnreadableFile` when it is none."""
    try:
        width, height, count = (int(number) for number in header["painted"])
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableFile("The page was drawn wrongly.") from error
    palette, pixels = body[: 3 * count], body[3 * count :]
    fits = 0 < count <= wanted.colors and width > 0 and len(pixels) == width * height
    if not fits or pixels.translate(None, bytes(range(count))):
        raise UnreadableFile("The page was drawn wrongly.")
    return PaintedPage(width, height, palette, pixels)


def paint(pixels: bytes, width: int, height: int, stride: int, colors: int) -> tuple[bytes, bytes]:
    """Return palette and pixels of a BGRX picture; one without colour gets even greys."""
    colors = min(max(colors, 2), MAX_COLORS)
    if stride == 4 * width:
        blue = pixels[0::4]
        if blue == pixels[1::4] and blue == pixels[2::4]:
            return _grey(blue, colors)
    from PIL import Image

    image = Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", stride, 1)
    few = image.quantize(colors, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    indexes = few.tobytes()
    used = 3 * (max(indexes) + 1)
    return bytes(few.getpalette() or ())[:used].ljust(used, b"\0"), indexes


def _grey(levels: bytes, colors: int) -> tuple[bytes, bytes]:
    most = colors - 1
    nearest = bytes((level * most + 127) // 255 for level in range(256))
    return bytes(255 * n // most for n in range(colors) for _ in range(3)), levels.translate(
        nearest
    )
