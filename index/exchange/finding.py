"""Finding the passages that another program's file brings: where each quote stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from index import anchoring, tagging
from index.errors import BadInput, UnreadableFile
from index.exchange.incoming import IncomingPassage
from index.model import Anchor, AnchorStatus, Document

if TYPE_CHECKING:
    from index.library import Library


class Finder:
    """Finds quotes in the documents of an archive, each where it stands once and clearly."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._texts: dict[str, str] = {}

    def place(
        self, one: IncomingPassage, document: Document | None
    ) -> tuple[Document, Anchor] | None:
        """Return where a passage stands; without a document, the only one that has it exactly."""
        candidates = [document] if document is not None else self._library.documents()
        found = [(each, self._find(one, each)) for each in candidates]
        good = [(each, anchor) for each, anchor in found if anchor is not None]
        if document is None:
            good = [(each, anchor) for each, anchor in good if anchor.status is AnchorStatus.EXACT]
            return good[0] if len(good) == 1 else None
        return good[0] if good else None

    def _find(self, one: IncomingPassage, document: Document) -> Anchor | None:
        """Return the anchor of a quote in a document, or None when it is not there."""
        text = self._texts.get(document.id)
        if text is None:
            text = self._texts[document.id] = self._library.text(document.id)
        wanted = Anchor(
            document.sha256, document.text_sha256, document.extractor, one.start,
            one.start + len(one.quote), 0, "", one.quote, one.prefix, one.suffix,
        )  # fmt: skip
        found = anchoring.find_again(text, self._hinted(wanted, one, document), same_text=False)
        if found.status is AnchorStatus.LOST:
            return None
        try:
            anchor = self._anchor(document, found.start, found.end)
        except BadInput:
            return None
        same = anchoring.squeeze(anchor.exact).letters == anchoring.squeeze(one.quote).letters
        sure = same and found.status is not AnchorStatus.UNCERTAIN
        status = AnchorStatus.EXACT if sure else AnchorStatus.UNCERTAIN
        return replace(anchor, status=status, score=found.score)

    def _anchor(self, document: Document, start: int, end: int) -> Anchor:
        """Return the anchor of a range, without rectangles where they cannot be measured now."""
        text, pages = self._texts[document.id], self._library.pages(document.id)
        measure = self._library.measure(document)
        try:
            return tagging.anchor_of(text, start, end, document, pages, measure)
        except UnreadableFile:
            return tagging.anchor_of(text, start, end, document, pages, None)

    def _hinted(self, anchor: Anchor, one: IncomingPassage, document: Document) -> Anchor:
        """Return the anchor with its page as a hint where the file says only that."""
        if one.page is None or one.start:
            return anchor
        pages = [page for page in self._library.pages(document.id) if page.number == one.page]
        if not pages:
            return anchor
        text = self._texts[document.id][pages[0].start : pages[0].end]
        places = anchoring.find_quote(text, one.quote)
        if len(places) != 1:
            return anchor
        start, end = (pages[0].start + offset for offset in places[0])
        whole = self._texts[document.id]
        return replace(
            anchor, start=start, end=end, exact=whole[start:end],
            prefix=whole[max(0, start - anchoring.CONTEXT) : start],
            suffix=whole[end : end + anchoring.CONTEXT],
        )  # fmt: skip
