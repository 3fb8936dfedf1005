"""The words of a report, and text made safe to set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
