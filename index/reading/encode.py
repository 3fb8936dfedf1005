"""Turning what was read into JSON headers and back, every value checked on the way back."""

from collections.abc import Mapping, Sequence
from typing import Any

from index.model import Note, Rect, Section, Span
from index.reading.frames import BrokenChannel
from index.reading.result import FoundHighlight, Mark, PageText, Reading


def reading_header(reading: Reading) -> dict[str, Any]:
    """Describe everything but the pages of a reading."""
    return {
        "done": {
            "media_type": reading.media_type,
            "extractor": reading.extractor,
            "paged": reading.paged,
            "csl": dict(reading.csl),
            "origins": {name: list(origin) for name, origin in reading.origins.items()},
            "notes": [_from_note(note) for note in reading.notes],
            "outline": [[part.level, part.title, part.page] for part in reading.outline],
            "highlights": [_from_highlight(found) for found in reading.highlights],
            "details": dict(reading.details),
            "warnings": list(reading.warnings),
        }
    }


def reading_of(header: Mapping[str, Any], pages: Sequence[PageText]) -> Reading:
    """Return the reading that a header and its pages make."""
    try:
        done = header["done"]
        return Reading(
            media_type=str(done["media_type"]),
            extractor=str(done["extractor"]),
            paged=bool(done["paged"]),
            pages=tuple(pages),
            csl=dict(done["csl"]),
            origins={
                str(name): (str(origin), float(sure))
                for name, (origin, sure) in done["origins"].items()
            },
            notes=tuple(_to_note(note) for note in done["notes"]),
            outline=tuple(
                Section(int(level), str(title), int(page)) for level, title, page in done["outline"]
            ),
            highlights=tuple(_to_highlight(found) for found in done["highlights"]),
            details=dict(done["details"]),
            warnings=tuple(str(warning) for warning in done["warnings"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BrokenChannel("a reading is not as it should be") from error


def _from_note(note: Note) -> list[Any]:
    references = [[span.start, span.end] for span in note.references]
    return [note.marker, note.start, note.end, note.text, list(note.urls), references]


def _to_note(values: Sequence[Any]) -> Note:
    marker, start, end, text, urls, references = values
    return Note(
        str(marker),
        int(start),
        int(end),
        str(text),
        tuple(str(url) for url in urls),
        tuple(Span(int(first), int(last)) for first, last in references),
    )


def from_rect(rect: Rect) -> list[float]:
    """Return a rectangle as four numbers."""
    return [rect.left, rect.top, rect.right, rect.bottom]


def to_rect(values: Sequence[Any]) -> Rect:
    """Return the rectangle of four numbers."""
    left, top, right, bottom = values
    return Rect(float(left), float(top), float(right), float(bottom))


def _from_highlight(found: FoundHighlight) -> list[Any]:
    return [
        [found.span.start, found.span.end],
        found.page,
        [from_rect(rect) for rect in found.rects],
        found.comment,
        found.author,
        found.color,
        found.created,
    ]


def _to_highlight(values: Sequence[Any]) -> FoundHighlight:
    (start, end), page, rects, comment, author, color, created = values
    return FoundHighlight(
        Span(int(start), int(end)),
        int(page),
        tuple(to_rect(rect) for rect in rects),
        str(comment),
        str(author),
        str(color),
        str(created),
    )


def from_mark(mark: Mark) -> dict[str, Any]:
    """Return a highlight to write as plain values."""
    return {
        "id": mark.id,
        "page": mark.page,
        "rects": [from_rect(rect) for rect in mark.rects],
        "color": mark.color,
        "title": mark.title,
        "contents": mark.contents,
    }


def to_mark(values: Mapping[str, Any]) -> Mark:
    """Return the highlight of plain values."""
    return Mark(
        str(values["id"]),
        int(values["page"]),
        tuple(to_rect(rect) for rect in values["rects"]),
        str(values["color"]),
        str(values["title"]),
        str(values["contents"]),
    )
