"""Notes of many chapters that stand together at the end and count anew for each.

References tell the same story in order: where they begin to count anew, so does the
list. The two are laid side by side, as far as their lengths agree.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.model import Span
from index.reading.note_markers import Marker

FAR = 4_000
"""How many characters lie at most between two notes of the list."""

JUMP = 5
"""How many references in a row may be missed."""

LEAST_NOTES, LEAST_CHAPTERS = 4, 2
SHARE_BEFORE, SHARE_MATCHED = 0.9, 0.6
"""What part of the references stands before the list, and of these and the notes is matched."""

Run = list[Marker]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The notes of the list, and for the start of each the places that refer to it."""

    definitions: Sequence[Marker]
    references: dict[int, list[Span]]


def gathered(markers: Sequence[Marker], family: str) -> Gathered | None:
    """Return the notes of chapters that stand together behind the text, None when none do."""
    referring = [m for m in markers if m.refers and m.family == family and not m.defines]
    chapters = _chapters(referring)
    if len(chapters) < LEAST_CHAPTERS:
        return None
    behind = referring[int(SHARE_BEFORE * (len(referring) - 1))].start
    for runs in _groups(_runs([m for m in markers if m.defines and m.start > behind])):
        pairs = _aligned([_length(chapter) for chapter in chapters], list(map(_length, runs)))
        if len(pairs) < LEAST_CHAPTERS or not (
            _is_most([chapter for chapter, _ in pairs], chapters)
            and _is_most([run for _, run in pairs], runs)
        ):
            continue
        references: dict[int, list[Span]] = defaultdict(list)
        for chapter, run in pairs:
            notes = {marker.number: marker.start for marker in runs[run]}
            for marker in chapters[chapter]:
                if marker.number in notes:
                    references[notes[marker.number]].append(Span(marker.start, marker.end))
        listed = runs[pairs[0][1] : pairs[-1][1] + 1]
        return Gathered([marker for run in listed for marker in run], references)
    return None


def _is_most(matched: Sequence[int], runs: Sequence[Run]) -> bool:
    """Say whether enough of all markers are in the runs that have found their counterpart."""
    return sum(len(runs[run]) for run in matched) >= SHARE_MATCHED * sum(map(len, runs))


def _length(run: Run) -> int:
    return max(marker.number for marker in run)


def _chapters(referring: Sequence[Marker]) -> list[Run]:
    """Part references where they begin to count anew; what fits nowhere is left out."""
    chapters: list[Run] = []
    last = 0
    for marker in referring:
        if marker.number == 1:
            chapters.append([marker])
            last = 1
        elif chapters and marker.number <= last + JUMP:
            chapters[-1].append(marker)
            last = max(last, marker.number)
    return chapters


def _runs(defining: Sequence[Marker]) -> list[Run]:
    """Return the lists that count up from 1 without a gap of more than one number."""
    runs: list[Run] = []
    for marker in defining:
        # A line of a note may begin with a 1 by chance: the list before it may go on.
        for back, run in enumerate(reversed(runs[-2:])):
            step = marker.number - run[-1].number
            if 0 < step <= 2 and marker.start - run[-1].end <= FAR:
                del runs[len(runs) - back :]
                run.append(marker)
                break
        else:
            if marker.number == 1:
                runs.append([marker])
    return runs


def _groups(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Yield the lists that follow each other closely, the last group first."""
    groups: list[list[Run]] = []
    for run in runs:
        if groups and run[0].start - groups[-1][-1][-1].end <= FAR:
            groups[-1].append(run)
        else:
            groups.append([run])
    for group in reversed(groups):
        if len(group) >= LEAST_CHAPTERS and sum(map(len, group)) >= LEAST_NOTES:
            yield group


def _aligned(chapters: Sequence[int], runs: Sequence[int]) -> list[tuple[int, int]]:
    """Pair chapters with lists of about their length, in order, so that most notes are paired."""
    best = [[0] * (len(runs) + 1) for _ in range(len(chapters) + 1)]
    for chapter in reversed(range(len(chapters))):
        for run in reversed(range(len(runs))):
            paired = best[chapter + 1][run + 1] + _agreement(chapters[chapter], runs[run])
            best[chapter][run] = max(best[chapter + 1][run], best[chapter][run + 1], paired)
    pairs = []
    chapter = run = 0
    while chapter < len(chapters) and run < len(runs):
        agreement = _agreement(chapters[chapter], runs[run])
        if agreement and best[chapter][run] == best[chapter + 1][run + 1] + agreement:
            pairs.append((chapter, run))
            chapter, run = chapter + 1, run + 1
        elif best[chapter][run] == best[chapter + 1][run]:
            chapter += 1
        else:
            run += 1
    return pairs


def _agreement(chapter: int, run: int) -> int:
    """Return how many notes a chapter and a list share, 0 when their lengths differ too much."""
    apart = abs(chapter - run)
    return 2 * min(chapter, run) - apart if apart <= max(1, 0.2 * max(chapter, run)) else 0
