"""Reading DOCX: paragraphs, headings, tables and notes, without what was deleted."""

import io
from typing import Any

import docx
from docx.oxml.ns import qn

from index.errors import UnreadableFile
from index.reading.archives import Archive, parse_xml
from index.reading.draft import Draft, raised
from index.reading.html import Facts
from index.reading.result import Reading
from index.reading.source import Source

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def read(source: Source) -> Reading:
    """Read a DOCX file whole."""
    data = source.whole()
    Archive(data)
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:
        raise UnreadableFile("The Word document is damaged and cannot be opened.") from error
    walk = _Walk(document)
    for block in document.element.body:
        walk.block(block)
    return walk.draft.reading(
        MEDIA_TYPE, {"type": "report"}, {"facts": _facts(document.core_properties)}
    )


class _Walk:
    """Goes through the body and numbers the notes as they are met."""

    def __init__(self, document: Any) -> None:
        self.draft = Draft()
        self._styles = {style.style_id: style.name or "" for style in document.styles}
        self._bodies = {name: _bodies(document, name) for name in _NOTES.values()}
        self._count = 0

    def block(self, element: Any) -> None:
        """Add a paragraph, or every row of a table."""
        if element.tag == qn("w:p"):
            self.draft.add(self._text(element), self._level(element))
        elif element.tag == qn("w:tbl"):
            for row in element.iter(qn("w:tr")):
                cells = (
                    " ".join(self._text(part) for part in cell.iter(qn("w:p")))
                    for cell in row.iterchildren(qn("w:tc"))
                )
                self.draft.add(" | ".join(cells))
        elif element.tag == qn("w:sdt"):
            for content in element.iterchildren(qn("w:sdtContent")):
                for child in content:
                    self.block(child)

    def _level(self, paragraph: Any) -> int | None:
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = "" if style is None else self._styles.get(style.get(qn("w:val")), "").lower()
        if name == "title":
            return 0
        last = name.rsplit(" ", 1)[-1]
        return int(last) - 1 if name.startswith("heading") and last.isdecimal() else None

    def _text(self, paragraph: Any) -> str:
        """Return the text of a paragraph; deleted words are left out, notes are numbered."""
        parts: list[str] = []
        for element in paragraph.iter():
            name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
            if name == "t":
                parts.append(element.text or "")
            elif name == "tab":
                parts.append("\t" if element.getparent().tag == qn("w:r") else "")
            elif name in ("br", "cr"):
                parts.append("\n")
            elif name == "noBreakHyphen":
                parts.append("\u2011")
            elif name in _NOTES:
                parts.append(self._note(_NOTES[name], element.get(qn("w:id"))))
        return "".join(parts)

    def _note(self, kind: str, identity: str | None) -> str:
        body = self._bodies[kind].get(identity or "")
        if body is None:
            return ""
        self._count += 1
        words = " ".join(self._text(part) for part in body.iter(qn("w:p")))
        self.draft.add_note(str(self._count), words)
        return raised(str(self._count))


def _bodies(document: Any, kind: str) -> dict[str, Any]:
    """Return the notes of a kind by their id."""
    for relation in document.part.rels.values():
        if relation.reltype == _RELATION + kind and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            return {
                note.get(qn("w:id")): note
                for note in root
                if note.get(qn("w:type")) in (None, "normal")
            }
    return {}


def _facts(properties: Any) -> Facts:
    origin = "the document's properties"
    found: Facts = []
    if properties.title:
        found.append(("title", properties.title, origin, 0.75))
    if properties.author:
        found.append(("author", properties.author, origin, 0.6))
    date = properties.created or properties.modified
    if date is not None:
        found.append(("issued", date.date().isoformat(), origin, 0.4))
    if properties.language:
        found.append(("language", properties.language[:2].lower(), origin, 0.6))
    return found
