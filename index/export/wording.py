"""The words of a report, and text made safe to set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from index.model import Note

if TYPE_CHECKING:
    from index.export.prepared import Prepared

_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SOFT = re.compile("[\ufffe\u0002\u00ad]\\s*")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_WEB = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)


def clean_text(text: str) -> str:
    """Return text fit to set: line-end hyphens joined, no control or direction signs."""
    return _DIRECTION.sub("", _CONTROLS.sub(" ", _SOFT.sub("", text)))


def xml_text(text: str) -> str:
    """Return text with what XML cannot hold replaced, sign by sign."""
    return _NOT_XML.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Return cleaned text on one line."""
    return " ".join(clean_text(text).split())


def web_address(text: str) -> str:
    """Return an address that may become a link, or nothing."""
    return text if _WEB.fullmatch(text) else ""


def addresses_apart(note: Note) -> list[str]:
    """Return the addresses of a note that its text does not have already."""
    return [url for url in note.urls if url not in note.text]


def linked(note: Note) -> Markup:
    """Return the text of a note as HTML, its addresses as links where they stand."""
    text = clean_text(note.text)
    found = sorted({url for url in note.urls if web_address(url)}, key=len, reverse=True)
    if not found:
        return escape(text)
    parts = re.split("(" + "|".join(map(re.escape, found)) + ")", text)
    return Markup("").join(link(part) if n % 2 else escape(part) for n, part in enumerate(parts))


def link(url: str) -> Markup:
    """Return an address as a link, or as text when it leads to no web page."""
    shown = escape(clean_text(url))
    if not web_address(url):
        return Markup('<span class="url">{}</span>').format(shown)
    return Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(url, shown)


def counted(number: int, one: str, many: str) -> str:
    """Return “1 passage” or “2 passages”, thousands parted."""
    return f"{number:,} {one if number == 1 else many}"


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of a report that depend on numbers."""

    summary: str

    @classmethod
    def of(cls, prepared: Prepared) -> Wording:
        """Return the sentences of one bundle."""
        notes = sum(len(item.notes) for item in prepared.items)
        parts = [
            f"{counted(len(prepared.items), 'passage', 'passages')} from "
            f"{counted(len(prepared.content.documents), 'document', 'documents')}"
        ]
        if notes:
            parts.append(f"{counted(notes, 'footnote', 'footnotes')} carried")
        return cls(" · ".join(parts))
