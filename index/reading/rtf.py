"""Reading RTF: its words, by striprtf."""

from collections.abc import Callable

from striprtf import striprtf

from index.errors import UnreadableFile
from index.reading.draft import Draft
from index.reading.result import Reading
from index.reading.source import Source

MEDIA_TYPE = "application/rtf"
_to_text: Callable[..., str] = striprtf.rtf_to_text
MAX_BYTES = 40 << 20


def read(source: Source) -> Reading:
    """Read an RTF file whole."""
    if source.size > MAX_BYTES:
        raise UnreadableFile("The RTF file is larger than a report can be.")
    text = _to_text(source.whole().decode("latin-1"), errors="replace")
    draft = Draft()
    for paragraph in text.split("\n"):
        draft.add(paragraph)
    return draft.reading(MEDIA_TYPE, {"type": "report"})
