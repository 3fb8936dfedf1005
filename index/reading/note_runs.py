"""Which markers begin notes: runs that count upward and that the text refers to.

Numbers begin lines for many reasons: lists, tables, years, pages. A run is taken
for notes by what refers to it, and the best one first.
"""

import bisect
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from index.reading.note_markers import BARE, BRACKET, RAISED, Marker

MAX_RUNS = 300
"""How many times a text may begin to count anew."""

MAX_BAD_RUNS = 8
MAX_WORK = 400_000
"""How many runs that are no notes are passed over, and how many markers are looked at in all."""

SKIPPED, RESTARTED = 1.0, 2.9
"""What a run of notes loses where it leaves a number out, and where it passes a number 1."""

WIDEST_GAP = 5
"""How many numbers may be missing where a list of notes goes on."""

NEAR = 600
"""How far apart the items of a list begin at most."""

FAR = 4_000
"""How many characters lie at most between a note and the next one that nothing announces."""

LONG_LIST = 12
"""How far the numbered lists go that reports have beside their notes."""

LEAST_APART, SHARE_APART = 3, 0.8
"""How many notes, and what part of them, show that a text sets their numbers apart."""

SHARE_REFERRED = 0.5
"""What part of a run of notes the text must refer to."""

Referring = dict[int, list[int]]
"""Where the text refers to each number, in order."""


class Runs:
    """Finds the runs of markers that begin notes among those of one family."""

    def __init__(
        self,
        text: str,
        markers: Sequence[Marker],
        referring: Referring,
        breaks: Sequence[int],
        family: str,
    ) -> None:
        self._text, self._markers, self._breaks = text, markers, breaks
        self._referring, self._family = referring, family
        self._begun: dict[int, list[int]] = defaultdict(list)
        self._accepted: list[Marker] = []
        self._seen: dict[int, tuple[int, float]] = {}
        self._small: dict[int, bool] = {}

    def found(self) -> list[list[Marker]]:
        """Take the best run of upward counting markers, then the best of the rest, and so on.

        A number that nothing refers to may fill a gap of a run, since references are missed
        more easily than a list's own numbers; it neither begins nor ends one.
        """
        numbers = self._referring.keys()
        highest = max(numbers, default=0)
        rest = [m for m in self._markers if m.defines and (m.number <= highest or not m.weak)]
        accepted = self._accepted
        runs: list[list[Marker]] = []
        bad = work = 0
        for _ in range(MAX_RUNS):
            work += len(rest)
            if not rest or bad > MAX_BAD_RUNS or work > MAX_WORK:
                break
            best = _best_chain(rest, [self._weight(marker) for marker in rest])
            whole = self._heaviest(best)
            chain = self._trimmed(whole)
            if not self._is_good(chain) or self._begins_list(chain, whole):
                bad += 1
                inside = {marker.start for marker in chain} or {m.start for m in rest}
                rest = [marker for marker in rest if marker.start not in inside]
                continue
            runs.append(chain)
            accepted += chain
            accepted.sort(key=lambda marker: marker.start)
            for marker in chain:
                bisect.insort(self._begun[marker.number], marker.start)
            rest = self._left(rest, chain)
        return runs

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

    def _heaviest(self, chain: list[Marker]) -> list[Marker]:
        """Return the heaviest part of a run that is cut where it goes on in something else."""
        parts: list[list[Marker]] = [[]]
        for marker in chain:
            if parts[-1] and not self._may_follow(parts[-1][-1], marker):
                parts.append([])
            parts[-1].append(marker)
        return max(parts, key=lambda part: sum(map(self._weight, part)))

    def _may_follow(self, marker: Marker, following: Marker) -> bool:
        """Say whether a number that is not set apart may go on with notes whose numbers are.

        It may near by, or behind a place that refers to it; rows of a table may stand anywhere.
        """
        if not following.weak or marker.weak or following.start - marker.end < FAR:
            return True
        places = self._referring.get(following.number, [])
        at = bisect.bisect_right(places, marker.start)
        return at < len(places) and places[at] < following.start

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
        known = self._small.get(at)
        if known is None:
            letter = at
            while letter < len(self._text) and self._text[letter].isspace():
                letter += 1
            known = self._small[at] = self._text[letter : letter + 1].islower()
        return known

    def _is_referred(self, marker: Marker) -> bool:
        """Say whether a place refers to a marker: one after the last note of its number.

        The next note of the number keeps a place of its own.
        """
        earlier, later = self._around(marker)
        begun = self._begun.get(marker.number)
        if not begun or not earlier:
            return earlier > 0
        before = bisect.bisect_left(begun, marker.start)
        if before:
            earlier -= bisect.bisect_right(self._referring[marker.number], begun[before - 1])
        if before == len(begun) or later < begun[before]:
            return earlier >= 1
        return earlier >= 2

    def _around(self, marker: Marker) -> tuple[int, float]:
        """Return how many places before a marker refer to its number, and the first behind it."""
        found = self._seen.get(marker.start)
        if found is None:
            places = self._referring.get(marker.number, [])
            at = bisect.bisect_right(places, marker.start)
            later = places[at] if at < len(places) else math.inf
            found = self._seen[marker.start] = bisect.bisect_left(places, marker.start), later
        return found

    def _is_good(self, chain: Sequence[Marker]) -> bool:
        if not chain:
            return False
        referred = sum(self._is_referred(marker) for marker in chain)
        if referred < SHARE_REFERRED * len(chain) or not referred:
            return False
        if self._family == BARE:
            return len(chain) >= 3 and chain[0].number == 1
        if all(marker.weak for marker in chain):
            if chain[0].number == 1 or (len(chain) >= 2 and self._goes_on(chain[0])):
                return True
            # An excerpt begins in the midst of the count, farther than lists of a text go.
            return self._family == RAISED and chain[0].number > LONG_LIST and len(chain) >= 2
        if self._family == RAISED and not self._begins_paragraph(chain[0]):
            small = sum(m.refers and self._goes_on_small(m.end) for m in chain)
            if 2 * small > len(chain):
                return False  # references that a line's end cut off their words
        return len(chain) >= 2 or chain[0].number == 1 or not chain[0].weak

    def _begins_list(self, chain: Sequence[Marker], whole: Sequence[Marker]) -> bool:
        """Say whether plain numbers begin a list most of which nothing refers to."""
        if not all(marker.weak for marker in chain):
            return False
        last, more = chain[-1], 0
        for marker in whole[whole.index(last) + 1 :]:
            if marker.number != last.number + 1 or marker.start - last.end > NEAR:
                break
            last, more = marker, more + 1
        referred = sum(self._is_referred(marker) for marker in chain)
        return referred < SHARE_REFERRED * (len(chain) + more)

    def _begins_paragraph(self, marker: Marker) -> bool:
        at = bisect.bisect_left(self._breaks, marker.start - 2)
        return marker.start < 2 or (at < len(self._breaks) and self._breaks[at] <= marker.end + 3)

    def _goes_on(self, marker: Marker) -> bool:
        """Say whether a number goes on with a list of notes after a gap."""
        before = [m for m in self._accepted if m.start < marker.start]
        if not before or not 0 < marker.number - before[-1].number <= WIDEST_GAP:
            return False
        return self._may_follow(before[-1], marker)


Link = tuple[float, int]
"""How much a run weighs that ends with a marker, and where that marker stands among all."""

_NONE: Link = (0.0, -1)


def _best_chain(markers: Sequence[Marker], weights: Sequence[float]) -> list[Marker]:
    """Return the run of upward counting markers with the greatest weight; late ones win ties.

    A run does not lightly go on behind a number 1, where another may have begun.
    """
    recent: dict[int, Link] = {}
    older: dict[int, Link] = {}
    before_each: list[int] = []
    best = _NONE
    for position, marker in enumerate(markers):
        number = marker.number
        if number == 1:
            for each, link in recent.items():
                older[each] = max(older.get(each, _NONE), link)
            recent = {}
            before = _NONE
        else:
            before = _before(number, recent, older)
        before_each.append(before[1])
        link = before[0] + weights[position], position
        recent[number] = max(recent.get(number, _NONE), link)
        best = max(best, link)
    chain = []
    position = best[1]
    while position >= 0:
        chain.append(markers[position])
        position = before_each[position]
    return chain[::-1]


def _before(number: int, recent: Mapping[int, Link], older: Mapping[int, Link]) -> Link:
    """Return the best run that a number may go on with: one behind the last, or two."""
    best = max(_NONE, recent.get(number - 1, _NONE))
    if (link := recent.get(number - 2)) is not None:
        best = max(best, (link[0] - SKIPPED, link[1]))
    if older:
        for step, cost in ((1, RESTARTED), (2, SKIPPED + RESTARTED)):
            if (link := older.get(number - step)) is not None:
                best = max(best, (link[0] - cost, link[1]))
    return best
