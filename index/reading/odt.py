"""Reading ODT: paragraphs, headings, tables and notes of an OpenDocument text."""

from typing import Any

from index.errors import UnreadableFile
from index.reading.archives import Archive
from index.reading.draft import Draft, raised
from index.reading.html import Facts
from index.reading.result import Reading
from index.reading.source import Source

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SKIPPED = frozenset((f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}sequence-decls"))
MAX_DEPTH = 200


def read(source: Source) -> Reading:
    """Read an ODT file whole."""
    archive = Archive(source.whole())
    body = archive.xml("content.xml").find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise UnreadableFile("The OpenDocument file holds no text.")
    walk = _Walk()
    walk.blocks(body)
    facts = _facts(archive.xml("meta.xml")) if "meta.xml" in archive.names else []
    return walk.draft.reading(MEDIA_TYPE, {"type": "report"}, {"facts": facts})


class _Walk:
    """Goes through the body and gathers the notes as they are met."""

    def __init__(self) -> None:
        self.draft = Draft()
        self._count = 0

    def blocks(self, parent: Any, depth: int = 0) -> None:
        """Add what a container holds."""
        if depth > MAX_DEPTH:
            raise UnreadableFile("The document is nested too deeply.")
        for element in parent:
            if element.tag in _SKIPPED or not isinstance(element.tag, str):
                continue
            if element.tag == f"{_TEXT}h":
                level = element.get(f"{_TEXT}outline-level", "1")
                self.draft.add(self._line(element), int(level) - 1 if level.isdecimal() else 0)
            elif element.tag == f"{_TEXT}p":
                self.draft.add(self._line(element))
            elif element.tag == f"{_TABLE}table-row":
                cells = (
                    " ".join(self._line(part) for part in cell.iter(f"{_TEXT}p", f"{_TEXT}h"))
                    for cell in element
                )
                self.draft.add(" | ".join(cell for cell in cells if cell))
            else:
                self.blocks(element, depth + 1)

    def _line(self, element: Any, depth: int = 0) -> str:
        if depth > MAX_DEPTH:
            raise UnreadableFile("The document is nested too deeply.")
        parts = [element.text or ""]
        for child in element:
            name = child.tag.removeprefix(_TEXT) if isinstance(child.tag, str) else ""
            if name == "note":
                parts.append(self._note(child))
            elif name == "s":
                count = child.get(f"{_TEXT}c", "1")
                parts.append(" " * min(int(count), 100) if count.isdecimal() else " ")
            elif name == "tab":
                parts.append("\t")
            elif name == "line-break":
                parts.append("\n")
            elif name and child.tag not in _SKIPPED:
                parts.append(self._line(child, depth + 1))
            parts.append(child.tail or "")
        return "".join(parts)

    def _note(self, note: Any) -> str:
        self._count += 1
        body = note.find(f"{_TEXT}note-body")
        lines = [] if body is None else [self._line(part) for part in body.iter(f"{_TEXT}p")]
        self.draft.add_note(str(self._count), " ".join(lines))
        return raised(str(self._count))


def _facts(root: Any) -> Facts:
    origin = "the document's properties"
    fields = (
        ("title", f"{_DC}title", 0.75),
        ("author", f"{_META}initial-creator", 0.6),
        ("author", f"{_DC}creator", 0.5),
        ("issued", f"{_META}creation-date", 0.4),
        ("language", f"{_DC}language", 0.6),
    )
    found: Facts = []
    for field, tag, sure in fields:
        element = next(root.iter(tag), None)
        value = "" if element is None else " ".join((element.text or "").split())[:500]
        if value:
            found.append((field, value[:10] if field == "issued" else value, origin, sure))
    return found
