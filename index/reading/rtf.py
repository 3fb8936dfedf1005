"""Reading RTF: its words, by striprtf, with its footnotes and endnotes as notes.

striprtf leaves notes out. They are cut out before, each leaves a sign of its own in
the text, and their words are converted together behind the same head of the file.
"""

import re
from collections.abc import Callable

from striprtf import striprtf

from index.errors import UnreadableFile
from index.reading.draft import Draft, raised
from index.reading.result import Reading
from index.reading.source import Source

MEDIA_TYPE = "application/rtf"
_to_text: Callable[..., str] = striprtf.rtf_to_text
MAX_BYTES = 40 << 20
MAX_NOTES = 20_000

_NOTE = re.compile(r"\{\s*(?:\\\*\s*)?\\footnote(?![a-z])")
_TOKEN = re.compile(r"\\bin(\d{1,9}) ?|\\.|[{}]", re.DOTALL)
_HEAD = re.compile(r"\\fonttbl(?![a-z])")
_SIGN = "\ue000"
"""Stands where a note was; no letter of any script."""

_SHOWN_SIGN = r"{\uc0\u57344 }"
_OWN_MARK = re.compile(r"[*†‡§¶]{1,4}")


def read(source: Source) -> Reading:
    """Read an RTF file whole."""
    if source.size > MAX_BYTES:
        raise UnreadableFile("The RTF file is larger than a report can be.")
    text, notes = converted(source.whole().decode("latin-1"))
    draft = Draft()
    for paragraph in text.split("\n"):
        draft.add(paragraph)
    for number, note in enumerate(notes, 1):
        draft.add_note(str(number), note)
    return draft.reading(MEDIA_TYPE, {"type": "report"})


def converted(code: str) -> tuple[str, list[str]]:
    """Return the words of an RTF file, with raised numbers for its notes, and the notes."""
    rest, groups = _cut(code)
    text = _to_text(rest, errors="replace")
    if not groups or text.count(_SIGN) != len(groups):
        return _to_text(code, errors="replace") if groups else text, []
    notes = _words(code, groups)
    if len(notes) != len(groups):
        return text.replace(_SIGN, ""), []
    parts = text.split(_SIGN)
    shown = [parts[0]]
    for number, (note, part) in enumerate(zip(notes, parts[1:], strict=True), 1):
        # A mark of the author's own stands before the note and in its words.
        mark = _OWN_MARK.match(note)
        if mark and shown[-1].endswith(mark[0]):
            shown[-1] = shown[-1][: -len(mark[0])]
            notes[number - 1] = note[mark.end() :].lstrip()
        shown += [raised(str(number)), part]
    return "".join(shown), notes


def _cut(code: str) -> tuple[str, list[str]]:
    """Return a file without its notes, and the notes' groups."""
    parts: list[str] = []
    groups: list[str] = []
    at = 0
    for match in _NOTE.finditer(code):
        if match.start() < at or len(groups) == MAX_NOTES:
            continue  # a note within a note
        end = _group_end(code, match.start())
        if end < 0:
            break
        parts += [code[at : match.start()], _SHOWN_SIGN]
        groups.append("{" + code[match.end() : end])
        at = end
    return "".join([*parts, code[at:]]), groups


def _group_end(code: str, start: int) -> int:
    """Return the end of the group that begins at a place, -1 when it has none."""
    depth, at = 0, start
    while (match := _TOKEN.search(code, at)) is not None:
        at = match.end()
        if match[1] is not None:
            at += int(match[1])  # raw bytes, whatever they look like
        elif match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if depth == 0:
                return at
    return -1


def _words(code: str, groups: list[str]) -> list[str]:
    """Return the words of the notes, in the letters that the head of the file declares."""
    fonts = _HEAD.search(code)
    begin = code.rfind("{", 0, fonts.start()) if fonts else -1
    end = _group_end(code, begin) if begin >= 0 else -1
    if end < 0:
        end = code.find("{", 1) if "{" in code[1:] else len(code)
    text = _to_text(code[:end] + _SHOWN_SIGN.join(["", *groups]) + "}", errors="replace")
    return [" ".join(note.split()) for note in text.split(_SIGN)[1:]]
