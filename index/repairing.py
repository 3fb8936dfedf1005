"""Passages that wait for a place: where they may stand, putting them there, giving them up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index import anchoring, graphemes, tagging
from index.methods.wording import short
from index.model import Anchor, AnchorStatus, Changes, Document, Passage

if TYPE_CHECKING:
    from index.library import Library

AROUND = 120  # code points shown before and after a place
MOST = 9  # as many as there are digits to choose with
NEARBY = 0.3  # what a place is worth that only its neighbours point to


@dataclass(frozen=True, slots=True)
class Place:
    """A range where a passage may stand, with the words around it; `score` is 0 to 1."""

    document: str
    start: int
    end: int
    score: float
    label: str
    before: str
    words: str
    after: str
    earlier: bool = False  # in a version that has been replaced
    guessed: bool = False  # the words differ; only what stood around them is there


def newest(library: Library, identity: str) -> Document:
    """Return the last version of a document, which may be the document itself."""
    following = {each.replaces: each for each in library.documents() if each.replaces}
    found = library.document(identity)
    while (after := following.get(found.id)) is not None:
        found = after
    return found


def candidates(library: Library, passage: Passage, most: int = MOST) -> list[Place]:
    """Return the places where a passage may stand, best first, those of earlier versions last."""
    last = newest(library, passage.document)
    found = list(_within(library, passage.anchor, last, earlier=False))
    if last.id != passage.document:
        own = library.document(passage.document)
        found += _within(library, passage.anchor, own, earlier=True)
    found.sort(key=lambda place: (place.earlier, -place.score))
    return found[:most]


def _within(
    library: Library, anchor: Anchor, document: Document, *, earlier: bool
) -> Iterator[Place]:
    text = library.text(document.id)
    pages = library.pages(document.id)
    ranked = anchoring.rank(text, anchor)
    guessed = not ranked
    for found in ranked[:MOST] or _by_neighbours(text, anchor):
        start = graphemes.snap_back(text, found.start)
        end = graphemes.snap_forward(text, found.end)
        if not text[start:end].strip():
            continue
        yield Place(
            document=document.id,
            start=start,
            end=end,
            score=round(found.score, 4),
            label=anchoring.label_of(pages, start, end, text),
            before=text[max(0, start - AROUND) : start],
            words=text[start:end],
            after=text[end : end + AROUND],
            earlier=earlier,
            guessed=guessed,
        )


def _by_neighbours(text: str, anchor: Anchor) -> list[anchoring.Candidate]:
    """Return what stands where the passage would, after the words that came before it."""
    if len(anchor.prefix.strip()) < anchoring.CONTEXT // 2:
        return []
    bare = replace(anchor, exact=anchor.prefix, prefix="", suffix="")
    found = anchoring.rank(text, bare)[:1]
    return [
        anchoring.Candidate(each.end, _word_end(text, each.end, len(anchor.exact)), NEARBY)
        for each in found
        if each.end < len(text)
    ]


def _word_end(text: str, start: int, length: int) -> int:
    """Return the end of the paragraph or of the word that lies `length` after `start`."""
    end = min(len(text), start + length)
    gap = text.find("\n\n", start + 1, end)
    if gap > start and text[start:gap].strip():
        return gap
    while end < len(text) and text[end].isalnum():
        end += 1
    return end


def place(library: Library, identity: str, document: str, start: int, end: int) -> Changes:
    """Put a passage on a range of its document or of another version of it; it can be undone."""
    passage = library.passage(identity)
    target = library.document(document)
    anchor = tagging.anchor_of(
        library.text(target.id),
        start,
        end,
        target,
        library.pages(target.id),
        library.measure(target),
    )
    with library.history.action(f"Place “{short(passage.quote)}”") as recording:
        if target.id == passage.document:
            library.passages_store.update(passage.id, anchor=anchor)
        else:
            library.passages_store.move(passage.id, target.id, anchor)
    both = recording.changes.documents | {passage.document, target.id}
    return replace(recording.changes, documents=both)


def give_up(library: Library, identity: str) -> Changes:
    """Say that the words of a passage are nowhere in its document; it can be undone."""
    passage = library.passage(identity)
    anchor = replace(passage.anchor, status=AnchorStatus.LOST, score=0.0)
    with library.history.action(f"Give up “{short(passage.quote)}”") as recording:
        library.passages_store.update(passage.id, anchor=anchor)
    return recording.changes
