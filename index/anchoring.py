"""Passage and text: describe a passage so that it can be found again, and find it.

A passage is moved only to a place that is both good enough and clearly better
than the runner-up; anything else is `uncertain` and waits for a person.
White space is ignored in every comparison: line ends differ between readings
of one page, words do not.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein, Opcode

from index.model import Anchor, AnchorStatus, Document, Note, Page
from index.reading import sections

CONTEXT = 32
WEIGHTS = {"quote": 50.0, "prefix": 20.0, "suffix": 20.0, "position": 2.0}
MIN_SCORE = 0.75
MIN_GAP = 0.08
MAX_ERRORS = 256
MAX_CANDIDATES = 200
SEEDS = (12, 8, 5)
"""Lengths of the pieces by which an altered quote is looked for, one after the other."""
NEARBY = 16


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a quote may stand, and how well it fits (0 to 1)."""

    start: int
    end: int
    score: float


def describe(text: str, start: int, end: int, document: Document, pages: Sequence[Page]) -> Anchor:
    """Return the anchor of `text[start:end]`, still without rectangles."""
    page = page_at(pages, start)
    return Anchor(
        source_sha256=document.sha256,
        text_sha256=document.text_sha256,
        extractor=document.extractor,
        start=start,
        end=end,
        page=page.index,
        label=label_of(pages, start, end, text),
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def page_at(pages: Sequence[Page], offset: int) -> Page:
    """Return the page that holds `offset`; a page break belongs to the page before it."""
    starts = [page.start for page in pages]
    return pages[max(0, bisect_left(starts, offset + 1) - 1)]


def pages_of(pages: Sequence[Page], start: int, end: int) -> list[Page]:
    """Return every page that `start:end` touches."""
    first = page_at(pages, start).index
    return [page for page in pages[first:] if page.start < end]


def label_of(pages: Sequence[Page], start: int, end: int, text: str = "") -> str:
    """Return the printed label of a range: “7”, or “7–8” where it runs over a page.

    In the sections of a text, “¶ 12” or “¶ 12–13”; without the text, that of the sections.
    """
    touched = pages_of(pages, start, end)
    if text and touched[0].label.startswith("¶"):
        numbers = [
            sections.paragraph_at(page.label, text[page.start : page.end], offset - page.start)
            for page, offset in ((touched[0], start), (touched[-1], max(start, end - 1)))
        ]
        if None not in numbers:
            return "¶ " + "–".join(map(str, dict.fromkeys(numbers)))
    first, last = touched[0].label, touched[-1].label
    if first == last:
        return first
    if first.startswith("¶") and last.startswith("¶"):
        return f"{first.split('–')[0]}–{last.split('–')[-1].removeprefix('¶').strip()}"
    return f"{first}–{last}"


def find_quote(text: str, quote: str) -> list[tuple[int, int]]:
    """Return every place where `quote` stands, white space and line-end hyphens aside."""
    wanted = squeeze(quote).letters
    if not wanted:
        return []
    packed = squeeze(text)
    return [
        (packed.offsets[at], packed.offsets[at + len(wanted) - 1] + 1)
        for at in _occurrences(packed.letters, wanted)
    ]


def find_again(text: str, anchor: Anchor, *, same_text: bool) -> Anchor:
    """Return `anchor` with its place in `text` and how sure that place is.

    `same_text` says that the text has the hash the anchor was made from. The
    offsets of an uncertain anchor are the best guess, those of a lost one are
    as they were.
    """
    if text[anchor.start : anchor.end] == anchor.exact and (
        same_text or _context(text, anchor.start, anchor.end, anchor) > 0.9
    ):
        return replace(anchor, status=AnchorStatus.EXACT, score=1.0)
    candidates = rank(text, anchor)
    if not candidates:
        return replace(anchor, status=AnchorStatus.LOST, score=0.0)
    best = candidates[0]
    gap = best.score - candidates[1].score if len(candidates) > 1 else 1.0
    sure = best.score >= MIN_SCORE and gap >= MIN_GAP
    return replace(
        anchor,
        start=best.start,
        end=best.end,
        status=AnchorStatus.MOVED if sure else AnchorStatus.UNCERTAIN,
        score=round(best.score, 4),
    )


def rank(text: str, anchor: Anchor) -> list[Candidate]:
    """Return the places where the anchor's quote may stand, best first, overlaps dropped."""
    places: Iterable[tuple[int, int]] = find_quote(text, anchor.exact)[:MAX_CANDIDATES]
    if not places:
        places = _near(text, anchor)
    scored = [Candidate(start, end, score(text, start, end, anchor)) for start, end in set(places)]
    scored.sort(key=lambda found: (-found.score, abs(found.start - anchor.start)))
    kept: list[Candidate] = []
    for found in scored:
        if all(found.end <= other.start or found.start >= other.end for other in kept):
            kept.append(found)
    return kept


def score(text: str, start: int, end: int, anchor: Anchor) -> float:
    """Return how well `text[start:end]` fits the anchor, 0 to 1."""
    quote = _alike(text[start:end], anchor.exact)
    distance = abs(start - anchor.start) / max(1, len(text))
    total = WEIGHTS["quote"] * quote + WEIGHTS["position"] * (1 - distance)
    weight = WEIGHTS["quote"] + WEIGHTS["position"]
    for name, there, wanted in (
        ("prefix", text[max(0, start - 2 * CONTEXT) : start], anchor.prefix),
        ("suffix", text[end : end + 2 * CONTEXT], anchor.suffix),
    ):
        if squeeze(wanted).letters:
            total += WEIGHTS[name] * _side(there, wanted, tail=name == "prefix")
            weight += WEIGHTS[name]
    return total / weight


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text without white space and line-end hyphens, and where each letter was."""

    letters: str
    offsets: Sequence[int]


def squeeze(text: str) -> Squeezed:
    """Return `text` without what a new line end may add or take away."""
    offsets = [
        n for n, sign in enumerate(text) if not (sign.isspace() or sign in "\ufffe\u0002\u00ad")
    ]
    return Squeezed("".join(text[n] for n in offsets), offsets)


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _alike(left: str, right: str) -> float:
    a, b = squeeze(left).letters, squeeze(right).letters
    return float(Levenshtein.normalized_similarity(a, b))


def _side(there: str, wanted: str, *, tail: bool) -> float:
    a, b = squeeze(there).letters, squeeze(wanted).letters
    a = a[-len(b) :] if tail else a[: len(b)]
    return float(Levenshtein.normalized_similarity(a, b))


def _context(text: str, start: int, end: int, anchor: Anchor) -> float:
    return score(text, start, end, anchor)


def _near(text: str, anchor: Anchor) -> list[tuple[int, int]]:
    """Return places that hold most of the quote's letters, found by pieces of it."""
    packed, wanted = squeeze(text), squeeze(anchor.exact).letters
    before, after = squeeze(anchor.prefix).letters, squeeze(anchor.suffix).letters
    allowed = min(MAX_ERRORS, len(wanted) // 2)
    for size in SEEDS:
        found = []
        for begin in _seeded(packed.letters, wanted, size):
            low = max(0, begin - allowed - len(before))
            high = begin + len(wanted) + allowed + len(after)
            place = _aligned(before, wanted, after, packed.letters[low:high])
            if place is None or place[0] >= place[1]:
                continue
            first, last = low + place[0], low + place[1] - 1
            if Levenshtein.distance(wanted, packed.letters[first : last + 1]) <= allowed:
                found.append((packed.offsets[first], packed.offsets[last] + 1))
        if found:
            return found
    return []


def _aligned(before: str, wanted: str, after: str, window: str) -> tuple[int, int] | None:
    """Return where `wanted` lies in `window`; its neighbours say where it begins and ends."""
    whole = before + wanted + after
    rough = fuzz.partial_ratio_alignment(whole, window, score_cutoff=50)
    if rough is None:
        return None
    steps = Levenshtein.opcodes(whole, window[rough.dest_start : rough.dest_end])
    begin, end = len(before), len(before) + len(wanted)
    first = max((_mapped(step, begin) for step in steps if step.src_start <= begin), default=0)
    last = min(
        (_mapped(step, end) for step in steps if step.src_end >= end),
        default=rough.dest_end - rough.dest_start,
    )
    return rough.dest_start + first, rough.dest_start + last


def _mapped(step: Opcode, position: int) -> int:
    """Return where a position before, in or after one step of an alignment falls."""
    into = position - step.src_start
    if position >= step.src_end:
        return int(step.dest_end)
    return int(step.dest_start + max(0, min(into, step.dest_end - step.dest_start)))


def _seeded(text: str, wanted: str, size: int) -> list[int]:
    """Return where the quote may begin: the places that most of its pieces point to."""
    votes: Counter[int] = Counter()
    begins: dict[int, int] = {}
    for at in range(0, len(wanted) - size + 1, max(1, size // 2)):
        for place in islice(_occurrences(text, wanted[at : at + size]), MAX_CANDIDATES):
            begin = max(0, place - at)
            votes[begin // NEARBY] += 1
            begins[begin // NEARBY] = begin
    return [begins[bucket] for bucket, _ in votes.most_common(MAX_CANDIDATES)]


def notes_within(notes: Sequence[Note], anchor: Anchor) -> list[Note]:
    """Return the notes that a passage refers to, or whose mark follows its last word."""
    # A raised mark is a line of its own in the text of many PDFs.
    gap = len(anchor.suffix) - len(anchor.suffix.lstrip())
    return [
        note
        for note in notes
        if any(
            span.start <= anchor.end + gap and span.end > anchor.start for span in note.references
        )
    ]
