"""Footnotes and endnotes: which marker begins a note, and which ones refer to it.

Markers come in families that look alike (raised, in brackets, bare digits);
`notes_text` and `notes_pdf` find them, this module decides. A note is taken for
one only as part of a run that counts upward and that the text refers to; a
reference is linked only to a note with its own number. What fits nothing is
left alone: a marker without a note is never given one.
"""

import bisect
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from index.model import Note, Span
from index.reading.urls import find_urls

RAISED, BRACKET, BARE = "raised", "bracket", "bare"
MAX_MARKERS = 100_000
MAX_RUNS = 300
"""How many times a text may begin to count anew."""

MAX_BAD_RUNS = 8
MAX_WORK = 400_000
"""How many runs that are no notes are passed over, and how many markers are looked at in all."""

SKIPPED, RESTARTED = 1.0, 2.9
"""What a run of notes loses where it leaves a number out, and where it passes a number 1."""

WIDEST_GAP = 5
"""How many numbers may be missing where a list of notes goes on."""

LEAST_APART, SHARE_APART = 3, 0.8
"""How many notes, and what part of them, show that a text sets their numbers apart."""

SHARE_REFERRED = 0.5
"""What part of a run of notes the text must refer to."""

_URL_PARAGRAPH = re.compile(r"\s*[<(\[]*\s*(?:https?://|www\.)", re.IGNORECASE)


class Marker(NamedTuple):
    """A number that may begin a note, or refer to one, or both."""

    number: int
    start: int
    end: int
    family: str
    defines: bool  # stands where a note may begin
    refers: bool
    weak: bool = False  # begins a line like any numbered list does
    shown: str = ""


def shifted(marker: Marker, by: int) -> Marker:
    """Return a marker of a page as one of the whole text."""
    number, start, end, family, defines, refers, weak, shown = marker
    return Marker(number, start + by, end + by, family, defines, refers, weak, shown)


def resolve(text: str, markers: Iterable[Marker], breaks: Sequence[int]) -> list[Note]:
    """Return the notes of a text; `breaks` are the sorted offsets at which paragraphs end."""
    ordered = sorted(markers, key=lambda marker: (marker.start, -marker.end))
    if not ordered or len(ordered) > MAX_MARKERS:
        return []
    notes: list[Note] = []
    taken: list[Span] = []
    for family in (RAISED, BRACKET, BARE):
        own = [marker for marker in ordered if marker.family == family]
        if not any(marker.refers for marker in own):
            continue
        taken.sort(key=lambda span: span.start)
        weak = [marker for marker in ordered if marker.weak and not _within(taken, marker.start)]
        found = _Family(text, sorted({*own, *weak}, key=lambda m: m.start), breaks, family).notes()
        notes += found
        taken += [Span(note.start, note.end) for note in found]
    return sorted(notes, key=lambda note: note.start)


def _within(spans: Sequence[Span], at: int) -> bool:
    """Say whether a place lies in one of some sorted spans."""
    position = bisect.bisect_right(spans, at, key=lambda span: span.start) - 1
    return position >= 0 and at < spans[position].end


class _Family:
    """The markers of one look, resolved together."""

    def __init__(
        self, text: str, markers: Sequence[Marker], breaks: Sequence[int], family: str
    ) -> None:
        self._text, self._breaks, self._family = text, breaks, family
        self._referring: dict[int, list[int]] = defaultdict(list)
        for marker in markers:
            if marker.refers and marker.family == family:
                self._referring[marker.number].append(marker.start)
        self._markers = markers
        self._places: list[int] = []
        self._begun: dict[int, list[int]] = defaultdict(list)
        self._accepted: list[Marker] = []

    def notes(self) -> list[Note]:
        """Return the family's notes with their references."""
        definitions = self._definitions()
        if not definitions:
            return []
        references = self._references(definitions)
        return self._bounded(definitions, references)

    # Which markers begin a note

    def _definitions(self) -> list[Marker]:
        """Take the best run of upward counting markers, then the best of the rest, and so on.

        A number that nothing refers to may fill a gap of a run, since references are missed
        more easily than a list's own numbers; it neither begins nor ends one.
        """
        numbers = self._referring.keys()
        highest = max(numbers, default=0)
        rest = [m for m in self._markers if m.defines and (m.number <= highest or not m.weak)]
        accepted = self._accepted
        bad = work = 0
        for _ in range(MAX_RUNS):
            work += len(rest)
            if not rest or bad > MAX_BAD_RUNS or work > MAX_WORK:
                break
            chain = self._trimmed(_best_chain(rest, self._weight))
            if not self._is_good(chain):
                bad += 1
                inside = {marker.start for marker in chain} or {m.start for m in rest}
                rest = [marker for marker in rest if marker.start not in inside]
                continue
            accepted += chain
            accepted.sort(key=lambda marker: marker.start)
            for marker in chain:
                bisect.insort(self._begun[marker.number], marker.start)
            rest = self._left(rest, chain)
        return accepted

    def _left(self, rest: Sequence[Marker], chain: Sequence[Marker]) -> list[Marker]:
        """Return the markers that may still begin a note after a run has been taken."""
        begin, end = chain[0].start, chain[-1].start
        numbers = {marker.number for marker in chain}
        inside = {marker.start for marker in chain}
        strong = sum(not marker.weak for marker in chain)
        # Who sets the numbers of notes apart does so with all of them.
        apart = len(chain) >= LEAST_APART and strong >= SHARE_APART * len(chain)
        return [
            marker
            for marker in rest
            if marker.start not in inside
            and not (begin <= marker.start <= end and marker.number in numbers)
            and not (marker.weak and (apart or begin <= marker.start <= end))
        ]

    def _trimmed(self, chain: list[Marker]) -> list[Marker]:
        """Return a run without the numbers at its ends that nothing refers to.

        They belong to another list, or refer to a note themselves from a line's beginning;
        only in brackets a number that begins a line can be nothing else.
        """

        def is_doubtful(marker: Marker) -> bool:
            return marker.family != BRACKET and not self._is_referred(marker)

        while chain and is_doubtful(chain[-1]):
            chain = chain[:-1]
        # A list of some length that lacks a reference to its first note still begins with 1.
        while chain and is_doubtful(chain[0]) and not (chain[0].number == 1 and len(chain) > 2):
            chain = chain[1:]
        return chain

    def _weight(self, marker: Marker) -> float:
        if not self._is_referred(marker):
            return 0.3 if marker.weak else 0.4
        if marker.refers and marker.family == RAISED and self._goes_on_small(marker.end):
            return 1.5  # more likely a reference in the midst of a sentence
        return 2.0 if marker.weak else 3.0

    def _goes_on_small(self, at: int) -> bool:
        """Say whether the next word begins with a small letter."""
        while at < len(self._text) and self._text[at].isspace():
            at += 1
        return self._text[at : at + 1].islower()

    def _is_referred(self, marker: Marker) -> bool:
        """Say whether a place refers to a marker: one after the last note of its number.

        The next note of the number keeps a place of its own.
        """
        places = self._referring.get(marker.number, [])
        begun = self._begun.get(marker.number, ())
        before = bisect.bisect_left(begun, marker.start)
        first = bisect.bisect_right(places, begun[before - 1]) if before else 0
        after = bisect.bisect_left(places, marker.start)
        if before == len(begun):
            return after > first
        between = bisect.bisect_left(places, begun[before]) > bisect.bisect_right(
            places, marker.start
        )
        return after - first >= (1 if between else 2)

    def _is_good(self, chain: Sequence[Marker]) -> bool:
        if not chain:
            return False
        referred = sum(self._is_referred(marker) for marker in chain)
        if referred < SHARE_REFERRED * len(chain) or not referred:
            return False
        if self._family == BARE:
            return len(chain) >= 3 and chain[0].number == 1
        if all(marker.weak for marker in chain):
            return chain[0].number == 1 or (len(chain) >= 2 and self._goes_on(chain[0]))
        if self._family == RAISED and not self._begins_paragraph(chain[0]):
            small = sum(m.refers and self._goes_on_small(m.end) for m in chain)
            if 2 * small > len(chain):
                return False  # references that a line's end cut off their words
        return len(chain) >= 2 or chain[0].number == 1 or not chain[0].weak

    def _begins_paragraph(self, marker: Marker) -> bool:
        at = bisect.bisect_left(self._breaks, marker.start - 2)
        return marker.start < 2 or (at < len(self._breaks) and self._breaks[at] <= marker.end + 3)

    def _goes_on(self, marker: Marker) -> bool:
        """Say whether a number goes on with a list of notes after a gap."""
        before = [m for m in self._accepted if m.start < marker.start]
        return bool(before) and 0 < marker.number - before[-1].number <= WIDEST_GAP

    # Which markers refer to which note

    def _references(self, definitions: Sequence[Marker]) -> dict[int, list[Span]]:
        """Return for the start of every note the places that refer to it."""
        begins = {marker.start for marker in definitions}
        by_number: dict[int, list[int]] = defaultdict(list)
        restarts = []
        previous = 0
        for marker in definitions:
            by_number[marker.number].append(marker.start)
            if marker.number <= previous:
                restarts.append(marker.start)
            previous = marker.number
        found: dict[int, list[Span]] = defaultdict(list)
        for marker in self._markers:
            if not marker.refers or marker.family != self._family or marker.start in begins:
                continue
            target = _target(marker, by_number.get(marker.number, []), restarts)
            if target is not None:
                found[target].append(Span(marker.start, marker.end))
        for notes in by_number.values():
            _pair(notes, found)
        return found

    # Where a note ends

    def _bounded(
        self, definitions: Sequence[Marker], references: dict[int, list[Span]]
    ) -> list[Note]:
        notes = []
        self._places = sorted(span.start for spans in references.values() for span in spans)
        for position, marker in enumerate(definitions):
            following = definitions[position + 1] if position + 1 < len(definitions) else None
            end = self._end(marker, following, references)
            spans = [span for span in references[marker.start] if not _inside(span, marker, end)]
            body = self._text[marker.end : end]
            notes.append(
                Note(
                    marker=marker.shown or str(marker.number),
                    start=marker.start,
                    end=end,
                    text=" ".join(body.lstrip(" \t.):,").split()),
                    urls=find_urls(body),
                    references=tuple(spans),
                )
            )
        return notes

    def _end(
        self, marker: Marker, following: Marker | None, references: dict[int, list[Span]]
    ) -> int:
        """Return where a note ends: at the next one of its block, else where its paragraph does."""
        if following is not None and self._same_block(marker, following, references):
            return marker.end + len(self._text[marker.end : following.start].rstrip())
        limit = len(self._text) if following is None else following.start
        end = self._break_after(marker.end, limit)
        while end < limit and _URL_PARAGRAPH.match(self._text, end):
            end = self._break_after(end + 1, limit)
        return marker.end + len(self._text[marker.end : end].rstrip())

    def _same_block(
        self, marker: Marker, following: Marker, references: dict[int, list[Span]]
    ) -> bool:
        """Say whether the text between two notes is all the first one's.

        It is when the place that refers to the second stands before the first,
        as at the foot of a page and at the end of a text, and when nothing in
        between refers to any note, as the body of a text does.
        """
        places = references.get(following.start, [])
        if places and min(span.start for span in places) > marker.start:
            return False
        at = bisect.bisect_left(self._places, marker.end)
        return at == len(self._places) or self._places[at] >= following.start

    def _break_after(self, at: int, limit: int) -> int:
        """Return the first paragraph end after some text."""
        while at < limit and self._text[at].isspace():
            at += 1
        position = bisect.bisect_right(self._breaks, at)
        return min(self._breaks[position], limit) if position < len(self._breaks) else limit


Link = tuple[float, int]
"""How much a run weighs that ends with a marker, and where that marker stands among all."""

_NONE: Link = (0.0, -1)


def _best_chain(markers: Sequence[Marker], weight: Callable[[Marker], float]) -> list[Marker]:
    """Return the run of upward counting markers with the greatest weight; late ones win ties.

    A run does not lightly go on behind a number 1, where another may have begun.
    """
    recent: dict[int, Link] = {}
    older: dict[int, Link] = {}
    links: list[Link] = []
    for position, marker in enumerate(markers):
        if marker.number == 1:
            for number, link in recent.items():
                older[number] = max(older.get(number, _NONE), link)
            recent = {}
        before = max(
            _NONE,
            recent.get(marker.number - 1, _NONE),
            _less(recent.get(marker.number - 2, _NONE), SKIPPED),
            _less(older.get(marker.number - 1, _NONE), RESTARTED),
            _less(older.get(marker.number - 2, _NONE), SKIPPED + RESTARTED),
        )
        score = before[0] + weight(marker)
        links.append((score, before[1]))
        recent[marker.number] = max(recent.get(marker.number, _NONE), (score, position))
    position = max(range(len(links)), key=lambda at: (links[at][0], at))
    chain = []
    while position >= 0:
        chain.append(markers[position])
        position = links[position][1]
    return chain[::-1]


def _less(link: Link, by: float) -> Link:
    return link[0] - by, link[1]


def _target(marker: Marker, notes: Sequence[int], restarts: Sequence[int]) -> int | None:
    """Return the note that a marker refers to: the next of its number, else the only one."""
    at = bisect.bisect_right(notes, marker.start)
    if at < len(notes):
        between = bisect.bisect_right(restarts, notes[at]) - bisect.bisect_right(
            restarts, marker.start
        )
        if len(notes) == 1 or between <= 1:
            return notes[at]
    return notes[0] if len(notes) == 1 else None


def _pair(notes: Sequence[int], references: dict[int, list[Span]]) -> None:
    """Share references out in order where one of several notes of a number has got them all.

    So stand notes that begin to count anew on every page when a converter has
    gathered them at the end.
    """
    places = [span for note in notes for span in references.get(note, [])]
    places.sort(key=lambda span: span.start)
    if len(notes) < 2 or len(places) != len(notes) or places[-1].start > notes[0]:
        return
    for note, span in zip(notes, places, strict=True):
        references[note] = [span]


def _inside(span: Span, marker: Marker, end: int) -> bool:
    return marker.start <= span.start < end
