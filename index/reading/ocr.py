"""Reading the words of a picture with tesseract, a program of its own that sees only pixels.

The picture was drawn by a locked reader, so that tesseract never meets the
foreign file. Words keep their places, and selection works on a scan as on text.
"""

import functools
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.errors import UnreadableFile
from index.model import Rect
from index.reading.result import GreyPicture

DOTS_PER_INCH = 300
SECONDS_A_PAGE = 120.0
PROGRAM = "tesseract"
MISSING = (
    "To make scanned pages searchable, install tesseract-ocr with its language data"
    " (tesseract-ocr-rus, tesseract-ocr-kaz)."
)
DEFAULT = ("en", "ru", "kk")
_CODES = {
    "en": "eng", "ru": "rus", "kk": "kaz", "ky": "kir", "uz": "uzb", "tg": "tgk", "tr": "tur",
    "uk": "ukr", "de": "deu", "fr": "fra", "es": "spa", "pl": "pol", "fa": "fas", "ar": "ara",
    "zh": "chi_sim", "az": "aze", "ka": "kat", "hy": "hye", "mn": "mon",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word: its range in the page's text, and its box in points."""

    start: int
    end: int
    box: Rect


@dataclass(frozen=True, slots=True)
class Recognised:
    """The text of a picture with the place of every word."""

    text: str
    words: Sequence[Word]


@functools.cache
def installed() -> frozenset[str]:
    """Return the language data that tesseract has, empty when there is no tesseract."""
    program = shutil.which(PROGRAM)
    if program is None:
        return frozenset()
    try:
        done = subprocess.run(
            [program, "--list-langs"], capture_output=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    lines = (done.stdout or done.stderr).decode("utf-8", "replace").splitlines()
    return frozenset(line.strip() for line in lines[1:] if line.strip())


def languages(wanted: Sequence[str]) -> tuple[str, ...]:
    """Return tesseract's names of the wanted languages that are installed (ISO 639-1 in)."""
    names = (_CODES.get(name, name) for name in (wanted or DEFAULT))
    return tuple(name for name in dict.fromkeys(names) if name in installed())


def recognise(
    picture: GreyPicture,
    scale: float,
    wanted: Sequence[str],
    seconds: float = SECONDS_A_PAGE,
) -> Recognised:
    """Return the words of a picture drawn at so many pixels a point."""
    names = languages(wanted) or (("eng",) if "eng" in installed() else ())
    if not names:
        raise UnreadableFile(MISSING)
    command = [PROGRAM, "stdin", "stdout", "-l", "+".join(names)]
    command += ["--dpi", str(round(scale * 72)), "tsv"]
    try:
        done = subprocess.run(
            command,
            input=_portable(picture),
            capture_output=True,
            timeout=seconds,
            check=False,
            # Pages are read side by side already.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnreadableFile("A page could not be recognised.") from error
    if done.returncode != 0:
        raise UnreadableFile("A page could not be recognised.")
    return parse(done.stdout.decode("utf-8", "replace"), scale)


def _portable(picture: GreyPicture) -> bytes:
    """Return a picture as a portable graymap, which needs no compression."""
    width, height, stride = picture.width, picture.height, picture.stride
    pixels = picture.pixels
    if stride != width:
        pixels = b"".join(pixels[row : row + width] for row in range(0, stride * height, stride))
    return b"P5\n%d %d\n255\n" % (width, height) + pixels


def parse(table: str, scale: float) -> Recognised:
    """Return the text and the words of tesseract's table."""
    text = ""
    words: list[Word] = []
    previous: tuple[str, ...] | None = None
    for line in table.splitlines()[1:]:
        cells = line.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        place = tuple(cells[1:5])  # page, block, paragraph, line
        if previous is not None:
            text += " " if place == previous else "\n" if place[:3] == previous[:3] else "\n\n"
        previous = place
        word = cells[11].strip()
        left, top, width, height = (float(cell) / scale for cell in cells[6:10])
        box = Rect(left, top, left + width, top + height)
        words.append(Word(len(text), len(text) + len(word), box))
        text += word
    return Recognised(text, words)


def letter_boxes(length: int, words: Sequence[Word]) -> list[Rect]:
    """Return a box for every code point of a page: its share of the word's box."""
    boxes = [Rect(0.0, 0.0, 0.0, 0.0)] * length
    for word in words:
        step = (word.box.right - word.box.left) / max(1, word.end - word.start)
        for at in range(word.start, min(word.end, length)):
            left = word.box.left + step * (at - word.start)
            boxes[at] = Rect(left, word.box.top, left + step, word.box.bottom)
    return boxes


def line_rects(words: Sequence[Word], start: int, end: int) -> list[Rect]:
    """Return the line rectangles of a range of a page's text."""
    lines: list[Rect] = []
    for word in words:
        if word.end <= start or word.start >= end:
            continue
        step = (word.box.right - word.box.left) / max(1, word.end - word.start)
        first, last = max(start, word.start), min(end, word.end)
        left = word.box.left + step * (first - word.start)
        right = word.box.left + step * (last - word.start)
        box = Rect(left, word.box.top, right, word.box.bottom)
        if lines and _same_line(lines[-1], box):
            line = lines[-1]
            lines[-1] = Rect(
                line.left, min(line.top, box.top), box.right, max(line.bottom, box.bottom)
            )
        else:
            lines.append(box)
    return lines


def _same_line(line: Rect, box: Rect) -> bool:
    shared = min(line.bottom, box.bottom) - max(line.top, box.top)
    return shared > 0.4 * (box.bottom - box.top) and box.left >= line.right - 1


def to_details(words: Sequence[Word]) -> list[list[float]]:
    """Return words as plain numbers, fit to be stored."""
    return [
        [word.start, word.end, *(round(side, 2) for side in _sides(word.box))] for word in words
    ]


def of_details(values: Sequence[Sequence[float]]) -> list[Word]:
    """Return the words of stored numbers."""
    return [Word(int(start), int(end), Rect(*box)) for start, end, *box in values]


def stored(details: Mapping[str, object]) -> dict[int, list[Word]]:
    """Return the words of every recognised page from a document's details."""
    pages = details.get("ocr")
    if not isinstance(pages, Mapping):
        return {}
    return {int(page): of_details(words) for page, words in pages.items()}


def _sides(box: Rect) -> tuple[float, float, float, float]:
    return (box.left, box.top, box.right, box.bottom)
