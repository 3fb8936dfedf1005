"""Canonical text in the making, for formats that have paragraphs and no pages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from index.errors import UnreadableFile
from index.model import Section
from index.reading import notes, notes_text
from index.reading.pdf_text import replace_controls
from index.reading.result import PageText, Reading
from index.reading.sections import cut
from index.reading.versions import EXTRACTOR

MAX_CHARACTERS = 60_000_000
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPACES = re.compile(r"[^\S\n]+")


def raised(marker: str) -> str:
    """Return a note's number as raised digits, any other marker as it is."""
    return marker.translate(_RAISED) if marker.isdecimal() and marker.isascii() else marker


@dataclass(slots=True)
class Draft:
    """Paragraphs, headings and notes in the order in which they are met."""

    blocks: list[str] = field(default_factory=list)
    headings: list[tuple[int, int, str]] = field(default_factory=list)  # block, level, title
    notes: list[tuple[str, str]] = field(default_factory=list)  # marker, text
    size: int = 0

    def add(self, text: str, level: int | None = None) -> None:
        """Add a paragraph, or a heading of a level counted from 0."""
        lines = (_SPACES.sub(" ", line).strip() for line in replace_controls(text).split("\n"))
        block = "\n".join(line for line in lines if line)
        if not block:
            return
        self.size += len(block)
        if self.size > MAX_CHARACTERS:
            raise UnreadableFile("The file holds more text than a report can have.")
        if level is not None:
            self.headings.append((len(self.blocks), level, block.replace("\n", " ")[:300]))
        self.blocks.append(block)

    def add_note(self, marker: str, text: str) -> None:
        """Add a note; notes stand after the text, each begun by its marker."""
        self.notes.append((marker, " ".join(replace_controls(text).split())))

    def reading(
        self, media_type: str, csl: Mapping[str, Any], details: Mapping[str, Any] | None = None
    ) -> Reading:
        """Make a reading of what was gathered."""
        blocks = [*self.blocks, *(f"{raised(marker)} {text}" for marker, text in self.notes)]
        text = "\n\n".join(blocks)
        pages = cut(text)
        found = notes.resolve(text, notes_text.markers(text), notes_text.paragraph_ends(text))
        return Reading(
            media_type=media_type,
            extractor=EXTRACTOR,
            paged=False,
            pages=pages,
            csl=csl,
            notes=found,
            outline=self._outline(pages),
            details=details or {},
        )

    def _outline(self, pages: list[PageText]) -> list[Section]:
        starts = []
        at = 0
        for block in self.blocks:
            starts.append(at)
            at += len(block) + 2
        ends = []
        end = 0
        for page in pages:
            end += len(page.text)
            ends.append(end)
        found = []
        number = 0
        for block_number, level, title in self.headings:
            while number < len(ends) - 1 and ends[number] <= starts[block_number]:
                number += 1
            found.append(Section(level, title, number))
        return found
