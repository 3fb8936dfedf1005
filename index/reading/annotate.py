"""Writing highlights into a copy of a PDF; the original stays as it is."""

import contextlib
import ctypes
import io
from collections import Counter
from collections.abc import Mapping, Sequence

import pypdfium2.raw as raw
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Highlight, Popup
from pypdf.generic import ArrayObject, FloatObject, NameObject, TextStringObject

from index.errors import PasswordNeeded, UnreadableFile
from index.model import Rect
from index.reading.pdf_file import PdfFile, Sheet, sheet
from index.reading.result import Mark
from index.reading.source import Source

POPUP = (200.0, 90.0)
"""Width and height of a comment's window, in points."""


def annotate(source: Source, marks: Sequence[Mark], passwords: tuple[str, ...]) -> bytes:
    """Return a copy of the PDF with a highlight and a comment for every mark.

    The copy begins with the file as it is, byte for byte, so that signatures in
    it hold, and the marks follow; an encrypted or damaged file is written anew.
    """
    marks = [mark for mark in marks if mark.rects]
    sheets = _sheets(source, {mark.page for mark in marks}, passwords)
    data = source.whole()
    reader = PdfReader(io.BytesIO(data), strict=False)
    if not reader.is_encrypted:
        with contextlib.suppress(Exception):  # a damaged file may raise anything
            copy = _written(PdfWriter(io.BytesIO(data), incremental=True), marks, sheets)
            if copy.startswith(data) and _holds(copy, marks):
                return copy
    elif not any(reader.decrypt(word) for word in (*passwords, "")):
        raise PasswordNeeded("The PDF is encrypted. Give its password.")
    return _written(PdfWriter(clone_from=reader), marks, sheets)


def _written(writer: PdfWriter, marks: Sequence[Mark], sheets: Mapping[int, Sheet]) -> bytes:
    for mark in marks:
        _add(writer, mark, sheets[mark.page])
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def _holds(copy: bytes, marks: Sequence[Mark]) -> bool:
    """Say whether another library finds every mark in the copy."""
    wanted = Counter(mark.page for mark in marks)
    buffer = ctypes.create_string_buffer(copy, len(copy))
    file = PdfFile(ctypes.addressof(buffer), len(copy))
    try:
        for index, number in wanted.items():
            with file.page(index) as page:
                if raw.FPDFPage_GetAnnotCount(page) < 2 * number:  # each has its window
                    return False
    finally:
        file.close()
    return True


def _sheets(source: Source, pages: set[int], passwords: tuple[str, ...]) -> dict[int, Sheet]:
    file = PdfFile(source.address, source.size, passwords)
    found = {}
    for index in pages:
        if not 0 <= index < file.page_count:
            raise UnreadableFile(f"There is no page {index + 1}.")
        with file.page(index) as page:
            found[index] = sheet(page)
    return found


def _add(writer: PdfWriter, mark: Mark, on: Sheet) -> None:
    corners = ArrayObject()
    for rect in mark.rects:
        for x, y in _corners(rect, on):
            corners.extend((FloatObject(round(x, 3)), FloatObject(round(y, 3))))
    across = [float(value) for value in corners[0::2]]
    up = [float(value) for value in corners[1::2]]
    box = (min(across), min(up), max(across), max(up))
    highlight = Highlight(
        rect=box,
        quad_points=corners,
        highlight_color=mark.color.lstrip("#"),
        printing=True,
    )
    for name, value in (("/Contents", mark.contents), ("/T", mark.title), ("/NM", mark.id)):
        highlight[NameObject(name)] = TextStringObject(value)
    highlight[NameObject("/CA")] = FloatObject(0.5)
    parent = writer.add_annotation(mark.page, highlight)
    window = (box[2], box[1] - POPUP[1], box[2] + POPUP[0], box[1])
    writer.add_annotation(mark.page, Popup(rect=window, open=False, parent=parent))


def _corners(rect: Rect, on: Sheet) -> list[tuple[float, float]]:
    """Return the corners in the order of QuadPoints: the upper two, then the lower two, as read."""
    return [
        on.unseen(rect.left, rect.top),
        on.unseen(rect.right, rect.top),
        on.unseen(rect.left, rect.bottom),
        on.unseen(rect.right, rect.bottom),
    ]
