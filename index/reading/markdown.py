"""Reading Markdown: the text as it is written, with its headings as an outline."""

import itertools
from dataclasses import replace

from markdown_it import MarkdownIt

from index.model import Section
from index.reading import text
from index.reading.result import Reading
from index.reading.source import Source

MEDIA_TYPE = "text/markdown"
MAX_CHARACTERS = 2_000_000
"""Above this size a file is read as text without an outline."""


def read(source: Source, encoding: str | None = None) -> Reading:
    """Read a Markdown file whole; every sign is kept."""
    reading = text.read(source, encoding)
    whole = "".join(page.text for page in reading.pages)
    outline = _outline(whole, reading) if len(whole) < MAX_CHARACTERS else []
    details = dict(reading.details)
    if outline:
        details["facts"] = [("title", outline[0].title, "the first heading", 0.85)]
    return replace(reading, media_type=MEDIA_TYPE, outline=outline, details=details)


def _outline(whole: str, reading: Reading) -> list[Section]:
    lines = [0]
    for line in whole.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))
    ends: list[int] = []
    for page in reading.pages:
        ends.append((ends[-1] if ends else 0) + len(page.text))
    found = []
    tokens = MarkdownIt("commonmark").parse(whole)
    for token, following in itertools.pairwise(tokens):
        if token.type == "heading_open" and token.map and following.content.strip():
            at = lines[min(token.map[0], len(lines) - 1)]
            page_index = next((n for n, end in enumerate(ends) if at < end), len(ends) - 1)
            found.append(
                Section(int(token.tag[1]) - 1, following.content.strip()[:300], page_index)
            )
    return found
