"""The order of a bundle as plain values: sections with headings, passages under them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.model import BundleSection, ExportRequest

Sections = tuple[BundleSection, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the editor: a heading (`passage` empty), or a passage under it."""

    section: int
    passage: str = ""


def places(sections: Sections) -> list[Place]:
    """Return the rows of a bundle from top to bottom; a lone section without a name has no row."""
    found = []
    for number, section in enumerate(sections):
        if section.title or len(sections) > 1:
            found.append(Place(number))
        found += [Place(number, passage) for passage in section.passages]
    return found


def all_passages(sections: Sections) -> tuple[str, ...]:
    """Return the passages in their order."""
    return tuple(passage for section in sections for passage in section.passages)


def as_export(request: ExportRequest) -> ExportRequest:
    """Return the request that exports exactly the passages of its sections."""
    return replace(request, passages=all_passages(request.sections), entities=())


def with_passages(sections: Sections, added: Iterable[str], at: int = -1) -> Sections:
    """Return the sections with passages at the end of one, those already there left alone."""
    here = set(all_passages(sections))
    fresh = tuple(passage for passage in dict.fromkeys(added) if passage not in here)
    every = list(sections) or [BundleSection("")]
    every[at] = replace(every[at], passages=every[at].passages + fresh)
    return tuple(every)


def without(sections: Sections, gone: Iterable[str]) -> Sections:
    """Return the sections without some passages."""
    taken = set(gone)
    return tuple(
        replace(one, passages=tuple(p for p in one.passages if p not in taken)) for one in sections
    )


def with_section(sections: Sections, title: str, place: Place | None) -> Sections:
    """Return the sections with a new heading above a passage, or at the end."""
    every = list(sections) or [BundleSection("")]
    if place is None or not place.passage:
        at = len(every) if place is None else place.section + 1
        every.insert(at, BundleSection(title))
    else:
        old = every[place.section]
        cut = old.passages.index(place.passage)
        every[place.section] = replace(old, passages=old.passages[:cut])
        every.insert(place.section + 1, BundleSection(title, old.passages[cut:]))
    if not every[0].title and not every[0].passages:
        del every[0]
    return tuple(every)


def renamed(sections: Sections, number: int, title: str) -> Sections:
    """Return the sections with another heading for one."""
    return tuple(
        replace(one, title=title) if at == number else one for at, one in enumerate(sections)
    )


def without_section(sections: Sections, number: int) -> Sections:
    """Return the sections without a heading; its passages join those above."""
    every = list(sections)
    gone = every.pop(number)
    if not every:
        return (BundleSection("", gone.passages),)
    at = max(number - 1, 0)
    kept = every[at]
    joined = kept.passages + gone.passages if number else gone.passages + kept.passages
    every[at] = replace(kept, passages=joined)
    return tuple(every)


def moved(sections: Sections, place: Place, step: int) -> Sections:
    """Return the sections with a row one place further up (-1) or down (1)."""
    every = list(sections)
    if not place.passage:
        other = place.section + step
        if 0 <= other < len(every):
            every[place.section], every[other] = every[other], every[place.section]
        return tuple(every)
    old = list(every[place.section].passages)
    at = old.index(place.passage)
    if 0 <= at + step < len(old):
        old[at], old[at + step] = old[at + step], old[at]
        every[place.section] = replace(every[place.section], passages=tuple(old))
    elif 0 <= place.section + step < len(every):
        old.remove(place.passage)
        every[place.section] = replace(every[place.section], passages=tuple(old))
        other = place.section + step
        there = every[other].passages
        new = (*there, place.passage) if step < 0 else (place.passage, *there)
        every[other] = replace(every[other], passages=new)
    return tuple(every)


def grouped(passages: Sequence[tuple[str, str]]) -> Sections:
    """Return passages (id, heading) as sections in the order in which headings first occur."""
    found: dict[str, list[str]] = {}
    for passage, heading in passages:
        found.setdefault(heading, []).append(passage)
    return tuple(BundleSection(heading, tuple(ids)) for heading, ids in found.items())
