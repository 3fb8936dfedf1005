"""A reader that stays with one PDF: draws its pages and measures its text on request."""

import array
import ctypes
from collections.abc import Mapping
from typing import Any, BinaryIO

import pypdfium2.raw as raw

from index.errors import UnreadableFile
from index.reading import encode
from index.reading.frames import receive, send
from index.reading.pdf_file import PdfFile, sheet, text_of
from index.reading.pdf_text import boxes, letters, rects
from index.reading.source import Source

MAX_PIXELS = 40_000_000
MAX_GREY_PIXELS = 16_000_000
"""Twice a sheet of A4 at 300 dots an inch: what is recognised needs no more, and much memory."""

WHITE = 0xFFFFFFFF


def serve(job: Mapping[str, Any], source: Source, reading: BinaryIO, writing: BinaryIO) -> None:
    """Open the PDF, say how many pages it has, then answer requests until there are no more."""
    passwords = tuple(str(password) for password in job.get("passwords", ()))
    file = PdfFile(source.address, source.size, passwords)
    send(writing, {"pages": file.page_count})
    while True:
        request, _ = receive(reading)
        try:
            header, body = _answer(file, request)
        except UnreadableFile as error:
            header, body = {"error": "unreadable", "text": str(error)}, b""
        except MemoryError:
            header, body = {"error": "unreadable", "text": "The page needs too much memory."}, b""
        send(writing, header, body)


def _answer(file: PdfFile, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    action, index = request["do"], int(request["page"])
    if not 0 <= index < file.page_count:
        raise UnreadableFile(f"There is no page {index + 1}.")
    with file.page(index) as page:
        if action == "size":
            return {"size": sheet(page).size}, b""
        if action == "draw":
            return draw(page, float(request["scale"]))
        if action == "draw grey":
            return draw(page, float(request["scale"]), grey=True)
        with text_of(page) as text_page:
            found = letters(text_page)
            if action == "boxes":
                numbers = array.array("d")
                for box in boxes(text_page, found, sheet(page)):
                    numbers.extend((box.left, box.top, box.right, box.bottom))
                return {"boxes": len(found.text)}, numbers.tobytes()
            start, end = int(request["start"]), int(request["end"])
            lines = rects(text_page, found, sheet(page), start, min(end, len(found.text)))
            return {"rects": [encode.from_rect(rect) for rect in lines]}, b""


def draw(page: Any, scale: float, *, grey: bool = False) -> tuple[dict[str, Any], bytes]:
    """Draw a page on white, smaller than asked when it would need too much memory.

    The pixels are BGRX, or one byte of grey each.
    """
    across, up = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
    scale, most = max(scale, 0.01), MAX_GREY_PIXELS if grey else MAX_PIXELS
    if across * up * scale * scale > most:
        scale = (most / (across * up)) ** 0.5
    width = min(max(1, round(across * scale)), 32_000)
    height = min(max(1, round(up * scale)), 32_000)
    kind = raw.FPDFBitmap_Gray if grey else raw.FPDFBitmap_BGRx
    bitmap = raw.FPDFBitmap_CreateEx(width, height, kind, None, 0)
    if not bitmap:
        raise MemoryError
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    return {"picture": [width, height, stride]}, pixels
