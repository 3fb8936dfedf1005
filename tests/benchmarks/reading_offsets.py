"""Measure whether stored offsets, rectangles and PDFium's own text agree on random spans.

python -m tests.benchmarks.reading_offsets [SPANS]
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium

from index.errors import UnreadableFile
from index.model import ImportOptions, PageState, Rect
from index.reading import Readers
from index.reading.pdf_file import sheet
from index.reading.pdf_text import char_box
from tests.conftest import shared_folder

SPANS = 2_000
LENGTHS = (3, 120)


def measure(
    readers: Readers, paths: Sequence[Path], chance: random.Random, spans: int = SPANS
) -> None:
    """Print on how many spans the text under the rectangles is the text of the span."""
    outcomes: Counter[str] = Counter()
    each = max(1, spans // len(paths)) + 4
    for path in paths:
        try:
            reading = readers.read(path, ImportOptions(ocr="never"))
            view = readers.open(path, reading.media_type)
        except UnreadableFile:
            continue
        pages = [n for n, page in enumerate(reading.pages) if page.state is PageState.TEXT]
        document = pdfium.PdfDocument(path)
        for _ in range(each if pages else 0):
            index = chance.choice(pages)
            text = reading.pages[index].text
            length = min(len(text), chance.randint(*LENGTHS))
            start = chance.randrange(len(text) - length + 1)
            span = text[start : start + length]
            lines = view.rects(index, start, start + length)
            under = _under(document[index], lines)
            outcome = _compare(span, under)
            outcomes[outcome] += 1
            if outcome.startswith("other"):
                print("  ", path.name[-40:], index, start, repr(span[:60]), repr(under[:60]))
        document.close()
        view.close()
    total = sum(outcomes.values())
    good = sum(n for name, n in outcomes.items() if name.startswith("equal"))
    print(f"offsets: {good} of {total} spans = {good / total:.4f} agree with their rectangles")
    for name, count in outcomes.most_common():
        print(f"  {count:5d} {name}")


def _under(page: pdfium.PdfPage, lines: Sequence[Rect]) -> str:
    """Return the characters whose middles lie in the rectangles, in PDFium's order."""
    on = sheet(page.raw)
    text_page = page.get_textpage()
    found = []
    for unit in range(text_page.count_chars()):
        box = char_box(text_page.raw, unit)
        if box is None:
            continue
        left, bottom, right, top = box
        x, y = on.seen((left + right) / 2, (bottom + top) / 2)
        if any(r.left <= x <= r.right and r.top <= y <= r.bottom for r in lines):
            found.append(chr(pdfium.raw.FPDFText_GetUnicode(text_page.raw, unit)))
    return "".join(found)


def _compare(span: str, under: str) -> str:
    wanted, found = _letters(span), _letters(under)
    if wanted == found:
        return "equal"
    if not wanted:
        return "equal: no letters"
    if Counter(wanted) == Counter(found):
        return "equal: the same letters in another order"
    missing, extra = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
    if not missing and sum(extra.values()):
        return "other letters lie under the rectangles too (overprint or touching lines)"
    return "other"


def _letters(text: str) -> str:
    surrogates = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return re.sub(r"[\s\W\ufffd]+", "", surrogates)


if __name__ == "__main__":
    _readers = Readers()
    measure(
        _readers,
        sorted((shared_folder() / "corpus" / "reports").glob("*.pdf")),
        random.Random(7),
        int(sys.argv[1]) if len(sys.argv) > 1 else SPANS,
    )
    _readers.close()
