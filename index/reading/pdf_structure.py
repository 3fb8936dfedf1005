"""What holds a PDF together: page labels, outline, information dictionary."""

import ctypes
import re
from typing import Any

import pypdfium2.raw as raw

from index.model import Section
from index.reading.pdf_file import PdfFile
from index.reading.pdf_text import replace_controls

MAX_SECTIONS = 5_000
MAX_LEVEL = 12
MAX_LABEL = 24


def labels(file: PdfFile) -> list[str]:
    """Return the label of every page from the label tree, else the page's number."""
    numbers = [str(index + 1) for index in range(file.page_count)]
    if not any(raw.FPDF_GetPageLabel(file.handle, at, None, 0) > 2 for at in (0, len(numbers) - 1)):
        return numbers
    found = []
    for index in range(file.page_count):
        label = _wide(
            lambda buffer, size, at=index: raw.FPDF_GetPageLabel(file.handle, at, buffer, size)
        )
        label = " ".join(replace_controls(label).split())
        found.append(label if 0 < len(label) <= MAX_LABEL else "")
    return [label or number for label, number in zip(found, numbers, strict=True)]


def outline(file: PdfFile) -> list[Section]:
    """Return the outline in reading order; entries that lead nowhere are left out."""
    sections: list[Section] = []
    seen: set[int] = set()
    stack = [(raw.FPDFBookmark_GetFirstChild(file.handle, None), 0)]
    while stack and len(sections) < MAX_SECTIONS:
        bookmark, level = stack.pop()
        address = ctypes.cast(bookmark, ctypes.c_void_p).value if bookmark else None
        if address is None or address in seen or level > MAX_LEVEL:
            continue
        seen.add(address)
        stack.append((raw.FPDFBookmark_GetNextSibling(file.handle, bookmark), level))
        stack.append((raw.FPDFBookmark_GetFirstChild(file.handle, bookmark), level + 1))
        title = _wide(lambda buffer, size, of=bookmark: raw.FPDFBookmark_GetTitle(of, buffer, size))
        title = " ".join(replace_controls(title).split())[:300]
        page = _target(file, bookmark)
        if title and page is not None:
            sections.append(Section(level, title, page))
    return sections


def _target(file: PdfFile, bookmark: Any) -> int | None:
    target = raw.FPDFBookmark_GetDest(file.handle, bookmark)
    if not target:
        action = raw.FPDFBookmark_GetAction(bookmark)
        target = raw.FPDFAction_GetDest(file.handle, action) if action else None
    if not target:
        return None
    page = int(raw.FPDFDest_GetDestPageIndex(file.handle, target))
    return page if 0 <= page < file.page_count else None


def information(file: PdfFile) -> dict[str, str]:
    """Return the non-empty fields of the information dictionary."""
    fields = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate")
    found = {}
    for field in fields:
        name = field.encode()
        value = _wide(
            lambda buffer, size, of=name: raw.FPDF_GetMetaText(file.handle, of, buffer, size)
        )
        if value := " ".join(replace_controls(value).split())[:1000]:
            found[field] = value
    return found


def facts(file: PdfFile) -> list[tuple[str, str, str, float]]:
    """Return what the information dictionary says, each with its origin and how sure it is."""
    found = information(file)
    origin = "the PDF's properties"
    made: list[tuple[str, str, str, float]] = []
    if title := found.get("Title"):
        made.append(("title", title, origin, 0.7))
    if author := found.get("Author"):
        made.append(("author", author, origin, 0.6))
    if date := re.match(r"(?:D:)?(\d{4})(\d{2})(\d{2})", found.get("CreationDate", "")):
        made.append(("issued", "-".join(date.groups()), origin, 0.4))
    return made


def _wide(call: Any) -> str:
    """Call a PDFium function that fills a buffer with UTF-16 and says how many bytes it needs."""
    size = call(None, 0)
    if not 2 < size <= 1 << 20:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
