"""What commands print: JSON Lines or text on standard output, the rest on standard error."""

import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from index.model import Span

if TYPE_CHECKING:
    import tqdm


# All controls but tab and line feed, unless they are our own bold; and marks of direction.
_STEERING = re.compile(
    "\x1b(?!\\[[01]m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
)


class Output:
    """Where the results, warnings and progress of one command go."""

    def __init__(self, *, as_json: bool, quiet: bool) -> None:
        self.as_json = as_json
        self.quiet = quiet
        self._bar: tqdm.tqdm[Any] | None = None
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:
                # File names that are not UTF-8 must not stop a command; no newline is translated.
                reconfigure(encoding="utf-8", errors="backslashreplace", newline="")

    @property
    def silent(self) -> bool:
        """Whether results are not printed, so that what failed has to be said otherwise."""
        return self.quiet and not self.as_json

    def line(self, record: Mapping[str, Any], text: str) -> None:
        """Print one result: the record with `--json`, else the text."""
        self._clear()
        if self.as_json:
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        elif not self.silent:
            sys.stdout.write(harmless(text) + "\n")
        sys.stdout.flush()

    def verbatim(self, text: str) -> None:
        """Print text as it is, adding nothing."""
        sys.stdout.write(text)
        sys.stdout.flush()

    def say(self, text: str) -> None:
        """Tell the person something that is not a result."""
        if not self.quiet:
            self._clear()
            sys.stderr.write(harmless(text) + "\n")

    def warn(self, text: str) -> None:
        """Tell the person what went wrong; shown even when quiet."""
        self._clear()
        sys.stderr.write(f"muniment: {harmless(text)}\n")

    def bold(self, text: str, spans: Sequence[Span]) -> str:
        """Return `text` with its spans in bold, where a terminal shows it."""
        if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
            return text
        for span in reversed(spans):
            text = (
                f"{text[: span.start]}\x1b[1m{text[span.start : span.end]}\x1b[0m{text[span.end :]}"
            )
        return text

    def report(self, done: int, total: int, text: str = "") -> None:
        """Show progress on a terminal, and nowhere else."""
        if self.quiet or not sys.stderr.isatty():
            return
        import tqdm

        if self._bar is None:
            self._bar = tqdm.tqdm(total=total, leave=False, file=_stderr(), unit="")
        self._bar.total = total
        self._bar.n = done
        self._bar.set_description(text, refresh=False)
        self._bar.refresh()

    def close(self) -> None:
        """Take the progress bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def _clear(self) -> None:
        if self._bar is not None:
            self._bar.clear()


def _stderr() -> TextIO:
    return sys.stderr


def harmless(text: str) -> str:
    """Return text without what would steer a terminal or turn its lines around."""
    return _STEERING.sub("\ufffd", text)


def printed_page(label: str) -> str:
    """Return a page's label as a citation would name it."""
    return label if label.startswith("¶") else f"p. {label}"


def plural(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun: “1 page”, “2 pages”."""
    return f"{number} {noun}" if number == 1 else f"{number} {nouns or noun + 's'}"


def columns(*cells: tuple[str, int]) -> str:
    """Return cells padded to their widths; a width of 0 leaves a cell as it is."""
    return "  ".join(text.ljust(width) if width else text for text, width in cells).rstrip()
