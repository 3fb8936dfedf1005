"""Addresses in a text: of pages and mail, broken over lines, and runs coded with per cent signs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

MOST_LINES = 3  # that one address goes on over
_RUN = r"[\w./:%?&=#@~+\u00ad-]*[\w/]"
_ADDRESS = re.compile(
    rf"(?:https?://|(?<!\w)\w{{1,20}}://|www\.|(?<![\w.+-])[\w.+-]{{1,64}}@){_RUN}"
)
# An address goes on in the next line when what begins it has a sign of addresses in it.
_MORE = re.compile(rf"[-_.=&?%~]?[^\S\n]*\n[^\S\n]*(?=[\w.~+-]{{0,200}}[/%?&=#_]){_RUN}")
_TAIL = re.compile(r"[-_.=&?%~]?[^\S\n]*\n[^\S\n]*([\w.-]+\w)")
_CODED = re.compile(r"%[0-9A-Fa-f]{2}")
_RUNS = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Address:
    """Where an address stands, what it says, and the word after it that may belong to it."""

    start: int
    end: int
    plain: str
    tail: str = ""
    tail_end: int = 0


def find(text: str) -> Iterator[Address]:
    """Yield the addresses of a text, with the lines that they go on in."""
    for found in _ADDRESS.finditer(text):
        end = found.end()
        for _ in range(MOST_LINES):
            more = _MORE.match(text, end)
            if more is None:
                break
            end = more.end()
        tail = _TAIL.match(text, end)
        yield Address(
            found.start(),
            end,
            unquote("".join(text[found.start() : end].split())),
            tail[1] if tail else "",
            tail.end() if tail else end,
        )


def coded(text: str) -> Iterator[Address]:
    """Yield the runs of signs with coded ones among them, in an address or elsewhere."""
    if "%" not in text:
        return
    for run in _RUNS.finditer(text):
        if "%" in run[0] and _CODED.search(run[0]):
            yield Address(run.start(), run.end(), unquote(run[0]))
