"""Text with a little emphasis: what a citation is made of, and how each format writes it.

The citation processor is given marks from a private range of Unicode instead of
HTML, so that escaping happens once, at the end, in the format that is written.
"""

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

STYLES = ("italic", "bold", "underline", "superscript", "subscript", "small_caps")
OPEN = {style: chr(0xE100 + 2 * n) for n, style in enumerate(STYLES)}
CLOSE = {style: chr(0xE101 + 2 * n) for n, style in enumerate(STYLES)}
FIRST_NOTE = "\ue11b"
IN_QUOTE = "\ue11c"  # where a full stop goes that stands inside quotes
GAP = "\ue11d"  # a space, unless there is one
LITERAL_HYPHEN = "\ue11e"
LOCATOR = "\ue11f"
_MARKS = re.compile("([\ue100-\ue10b])")
_FOREIGN = re.compile("[\ue100-\ue11f]")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&])")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `styles` are names from `STYLES`."""

    text: str
    styles: frozenset[str] = frozenset()


Rich = tuple[Run, ...]


def without_marks(text: str) -> str:
    """Return foreign text without marks of ours, controls, and signs that turn its direction."""
    return _FOREIGN.sub("\ufffd", _UNSEEN.sub("", text))


def parse(marked: str) -> Rich:
    """Return the runs of a text that carries our marks."""
    depth: dict[str, int] = dict.fromkeys(STYLES, 0)
    opened = {mark: style for style, mark in OPEN.items()}
    closed = {mark: style for style, mark in CLOSE.items()}
    runs: list[Run] = []
    for piece in _MARKS.split(marked):
        if piece in opened:
            depth[opened[piece]] += 1
        elif piece in closed:
            depth[closed[piece]] = max(0, depth[closed[piece]] - 1)
        elif piece:
            text = piece.replace(LITERAL_HYPHEN, "-")
            runs.append(Run(text, frozenset(style for style, n in depth.items() if n)))
    return tuple(runs)


def mapped(rich: Iterable[Run], change: Callable[[str], str]) -> Rich:
    """Return the runs with `change` made to the text of each."""
    return tuple(Run(change(run.text), run.styles) for run in rich)


def to_text(rich: Iterable[Run]) -> str:
    """Return the words without emphasis."""
    return "".join(run.text for run in rich)


_TAGS = {
    "italic": ("<i>", "</i>"),
    "bold": ("<b>", "</b>"),
    "underline": ("<u>", "</u>"),
    "superscript": ("<sup>", "</sup>"),
    "subscript": ("<sub>", "</sub>"),
    "small_caps": ('<span style="font-variant:small-caps">', "</span>"),
}


def to_html(rich: Iterable[Run]) -> str:
    """Return the runs as HTML, every foreign sign escaped."""
    parts = []
    for run in rich:
        text = html.escape(run.text)
        for style in STYLES:
            if style in run.styles:
                text = _TAGS[style][0] + text + _TAGS[style][1]
        parts.append(text)
    return "".join(parts)


def escape_markdown(text: str) -> str:
    """Return one line of text that Markdown shows as it is."""
    line = " ".join(text.split())
    escaped = _MARKDOWN.sub(r"\\\1", line)
    return re.sub(r"^(\s*)([-+=:!]|\d+(?=[.)]))", r"\1\\\2", escaped) if escaped else ""


def to_markdown(rich: Iterable[Run]) -> str:
    """Return the runs as Markdown."""
    parts = []
    for run in rich:
        text = _MARKDOWN.sub(r"\\\1", run.text)
        core = text.strip()
        lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        if core and run.styles & {"italic", "bold"}:
            sign = {1: "*", 2: "**", 3: "***"}[
                ("italic" in run.styles) + 2 * ("bold" in run.styles)
            ]
            text = f"{lead}{sign}{core}{sign}{tail}"
        parts.append(text)
    return "".join(parts)
