"""Passage and text: describe a passage so that it can be found again, and find it.

A passage is moved only to a place that is both good enough and clearly better
than the runner-up; anything else is `uncertain` and waits for a person.
White space is ignored in every comparison: line ends differ between readings
of one page, words do not.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from index.model import Anchor, AnchorStatus, Document, Note, Page

CONTEXT = 32
WEIGHTS = {"quote": 50.0, "prefix": 20.0, "suffix": 20.0, "position": 2.0}
MIN_SCORE = 0.75
MIN_GAP = 0.08
MAX_ERRORS = 256
MAX_CANDIDATES = 200
SEED = 12


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
        label=label_of(pages, start, end),
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


def label_of(pages: Sequence[Page], start: int, end: int) -> str:
    """Return the printed label of a range: “7”, or “7–8” where it runs over a page."""
    touched = pages_of(pages, start, end)
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
        places = _near(text, anchor.exact)
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


def _near(text: str, quote: str) -> list[tuple[int, int]]:
    """Return places that hold most of the quote's letters, found by pieces of it."""
    packed, wanted = squeeze(text), squeeze(quote).letters
    allowed = min(MAX_ERRORS, len(wanted) // 2)
    found = []
    for begin in _seeded(packed.letters, wanted):
        low = max(0, begin - allowed)
        window = packed.letters[low : begin + len(wanted) + allowed]
        aligned = fuzz.partial_ratio_alignment(wanted, window, score_cutoff=60)
        if aligned is None or aligned.dest_end <= aligned.dest_start:
            continue
        first, last = low + aligned.dest_start, low + aligned.dest_end - 1
        errors = Levenshtein.distance(wanted, packed.letters[first : last + 1])
        if errors <= allowed:
            found.append((packed.offsets[first], packed.offsets[last] + 1))
    return found


def _seeded(text: str, wanted: str) -> list[int]:
    """Return where the quote may begin: every place that one of its pieces points to."""
    size = min(SEED, max(3, len(wanted) // 3))
    begins: dict[int, int] = {}
    for at in range(0, max(1, len(wanted) - size + 1), size):
        for n, place in enumerate(_occurrences(text, wanted[at : at + size])):
            if n >= MAX_CANDIDATES:
                break
            begin = max(0, place - at)
            begins[begin // 8] = begin
    return list(begins.values())[:MAX_CANDIDATES]


def notes_within(notes: Sequence[Note], start: int, end: int) -> list[Note]:
    """Return the notes that `start:end` refers to, or that stand right after its last word."""
    return [
        note
        for note in notes
        if any(span.start < end + 1 and span.end > start for span in note.references)
    ]
