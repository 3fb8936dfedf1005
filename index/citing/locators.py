"""Where in a document a citation points: a printed page, or a paragraph of a text."""

from dataclasses import dataclass

from index.model import Document, Passage


@dataclass(frozen=True, slots=True)
class Place:
    """A CSL locator: its label (`page`, `paragraph`) and its value."""

    label: str
    value: str


def of_label(label: str, page: int, *, paged: bool) -> Place:
    """Return the place that a page or section label names; `page` (from 0) serves without one."""
    text = label.strip()
    if text.startswith("¶"):
        return Place("paragraph", text.lstrip("¶").strip() or str(page + 1))
    if paged:
        return Place("page", text or str(page + 1))
    return Place("paragraph" if text else "section", text or str(page + 1))


def of_passage(passage: Passage, document: Document) -> Place:
    """Return the place of a passage as it is cited."""
    return of_label(passage.anchor.label, passage.anchor.page, paged=document.paged)
