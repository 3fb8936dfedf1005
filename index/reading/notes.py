"""Footnotes and endnotes: which marker begins a note, and which ones refer to it.

Markers come in families that look alike (raised, in brackets, bare digits);
`notes_text` and `notes_pdf` find them; `note_runs`, `note_chapters` and this module
decide. A note is taken for one only as part of a run that counts upward and that the
text refers to; a reference is linked only to a note with its own number. What fits nothing is
left alone: a marker without a note is never given one.
"""

import bisect
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from index.model import Note, Span
from index.reading.note_chapters import gathered
from index.reading.note_markers import BARE, BRACKET, RAISED, Marker
from index.reading.note_runs import SHARE_REFERRED, Runs
from index.reading.urls import find_urls

MAX_MARKERS = 100_000

LEAST_INSIDE = 0.3
"""What part of the references in brackets stands inside lines at least."""

_URL_PARAGRAPH = re.compile(r"\s*[<(\[]*\s*(?:https?://|www\.)", re.IGNORECASE)


def resolve(text: str, markers: Iterable[Marker], breaks: Sequence[int]) -> list[Note]:
    """Return the notes of a text; `breaks` are the sorted offsets at which paragraphs end."""
    ordered = sorted(markers, key=lambda marker: (marker.start, -marker.end))
    if not ordered or len(ordered) > MAX_MARKERS:
        return []
    notes: list[Note] = []
    taken: list[Span] = []
    for family in _families(ordered):
        own = [marker for marker in ordered if marker.family == family]
        taken.sort(key=lambda span: span.start)
        weak = [marker for marker in ordered if marker.weak and not _within(taken, marker.start)]
        found = _Family(text, sorted({*own, *weak}, key=lambda m: m.start), breaks, family).notes()
        notes += found
        taken += [Span(note.start, note.end) for note in found]
    return sorted(notes, key=lambda note: note.start)


def _families(markers: Sequence[Marker]) -> list[str]:
    """Return the looks that refer to something, first the one with the most numbers.

    A plain numbered list may be the notes of any of them; bare digits, which may be
    anything, come last.
    """
    numbers: dict[str, set[int]] = {family: set() for family in (RAISED, BRACKET, BARE)}
    for marker in markers:
        if marker.refers:
            numbers[marker.family].add(marker.number)
    apart = sorted((RAISED, BRACKET), key=lambda family: -len(numbers[family]))
    return [family for family in (*apart, BARE) if numbers[family]]


def _referring(markers: Sequence[Marker]) -> Sequence[Marker]:
    """Leave out the entries of a list in brackets to which the text does not refer.

    What begins a line may be a reference, too; but where hardly any stands inside a line,
    none of them is one: so look the works of which a text gives author and year.
    """
    inside = [marker for marker in markers if not marker.defines]
    if not markers or markers[0].family != BRACKET or len(inside) >= LEAST_INSIDE * len(markers):
        return markers
    return inside


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
        for marker in _referring([m for m in markers if m.refers and m.family == family]):
            self._referring[marker.number].append(marker.start)
        self._markers = markers
        self._places: list[int] = []

    def notes(self) -> list[Note]:
        """Return the family's notes with their references."""
        if (together := gathered(self._markers, self._family)) is not None:
            return self._bounded(together.definitions, together.references)
        runs = Runs(self._text, self._markers, self._referring, self._breaks, self._family).found()
        while runs:
            definitions = sorted(itertools.chain(*runs), key=lambda marker: marker.start)
            references = self._references(definitions)
            kept = _linked_runs(runs, references)
            if len(kept) == len(runs):
                return self._bounded(definitions, references)
            runs = kept
        return []

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
        if following.number <= marker.number:
            return False  # a count that begins anew, on another page or for another chapter
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


def _linked_runs(
    runs: Sequence[list[Marker]], references: Mapping[int, Sequence[Span]]
) -> list[list[Marker]]:
    """Leave out the plain numbered lists of which too few are referred to, the least so first.

    Numbers that begin anew in every chapter or on every page make any list seem referred to
    until each reference has found its note.
    """

    def share(run: Sequence[Marker]) -> float:
        if not all(marker.weak for marker in run):
            return 1.0
        return sum(bool(references.get(marker.start)) for marker in run) / len(run)

    shares = [share(run) for run in runs]
    worst = min(shares)
    if worst >= SHARE_REFERRED:
        return list(runs)
    return [run for run, each in zip(runs, shares, strict=True) if each > worst]


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
