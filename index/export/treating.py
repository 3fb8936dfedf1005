"""A content made safe to share: names replaced, memos, authors and file names left out.

It is done once, on the content, before any file is written, so it holds in every
file and every member of a file. What cannot be treated (a PDF, a picture of a
page, an original) is left out and named.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from index.anchoring import CONTEXT
from index.errors import BadInput
from index.export.content import BundleContent
from index.export.hiding import Found, Hider
from index.export.values import CSL_CODES, CUSTODY_CODES, changed, strings, with_whole_names
from index.model import Anchor, Document, Entity, Note, Page, Passage


def treated(content: BundleContent) -> tuple[BundleContent, Hider | None]:
    """Return the content as the request wants it shared, and the hider to search it with."""
    content = _without(content)
    if not content.request.pseudonyms:
        return content, None
    hider = Hider(content.all_entities or content.entities, content.request.pseudonyms)
    _require_other_names(content.request.pseudonyms.values(), hider)
    return _Treatment(content, hider).content(), hider


def _require_other_names(shown: Iterable[str], hider: Hider) -> None:
    for name in shown:
        if (spelling := hider.left_in(name)) is not None:
            raise BadInput(
                f"The pseudonym “{name}” holds “{spelling}”, a name that is to be hidden. "
                "Choose another pseudonym."
            )


def _without(content: BundleContent) -> BundleContent:
    request = content.request
    passages = content.passages
    if not request.memos:
        passages = [replace(passage, note="") for passage in passages]
    if not request.authors:
        passages = [replace(passage, creator="") for passage in passages]
    documents, custody = content.documents, content.custody
    if not request.file_names:
        documents = [
            replace(document, file_name=f"document {number}{_suffix(document.file_name)}")
            for number, document in enumerate(documents, 1)
        ]
        custody = [{key: line[key] for key in line if key != "file_name"} for line in custody]
    return replace(content, passages=passages, documents=documents, custody=custody)


def _suffix(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return f".{suffix}" if dot and stem and suffix.isalnum() and len(suffix) < 6 else ""


class _Treatment:
    """One content being treated."""

    def __init__(self, content: BundleContent, hider: Hider) -> None:
        self._content = content
        self._hider = hider
        self._shifts: dict[str, _Shift] = {}
        self._text = lru_cache(maxsize=4)(self._new_text)
        self._claimed: dict[str, list[Found]] = {}

    def content(self) -> BundleContent:
        """Return the treated content, without the documents that cannot be treated."""
        for document in self._content.documents:
            self._claimed[document.id] = self._hider.met(self._content.text(document.id))
        whole = self._content
        self._content = content = self._treatable(whole)
        hide = self._hider.hide
        request = replace(
            content.request,
            title=hide(content.request.title),
            originals=False,
            sections=tuple(
                replace(section, title=hide(section.title)) for section in content.request.sections
            ),
        )
        return replace(
            content,
            request=request,
            documents=[self._document(document) for document in content.documents],
            passages=[self._passage(passage) for passage in content.passages],
            entities=[self._entity(entity) for entity in content.entities],
            notes={
                passage: [self._note(note) for note in notes]
                for passage, notes in content.notes.items()
            },
            text=self._text,
            pages=self._pages,
            custody=[changed(line, hide, CUSTODY_CODES) for line in content.custody],
            notices=[*map(hide, content.notices), *self._text_only(), *self._gone(whole)],
            copies=False,
            treated=True,
            all_entities=(),
        )

    def _treatable(self, content: BundleContent) -> BundleContent:
        """Return the content without documents whose treated text still shows a name.

        Pseudonyms can do that: with the words around them they may make a name.
        """
        kept = {document.id for document in content.documents if not self._shows_a_name(document)}
        passages = [passage for passage in content.passages if passage.document in kept]
        if not passages:
            raise BadInput(
                "No document can be shared without the names to be hidden. "
                "Choose other pseudonyms, or other passages."
            )
        gone = {one.id for one in content.documents} - kept
        gone |= {passage.id for passage in content.passages} - {one.id for one in passages}
        tagged = {entity for passage in passages for entity in passage.entities}
        return replace(
            content,
            documents=[document for document in content.documents if document.id in kept],
            passages=passages,
            entities=[entity for entity in content.entities if entity.id in tagged],
            custody=[line for line in content.custody if line.get("subject") not in gone],
        )

    def _shows_a_name(self, document: Document) -> bool:
        """Say whether a name can be read in a document although it was treated."""
        shown = self._document(document)
        memos = [self._hider.hide(one.note) for one in self._content.of_document(document.id)]
        parts = (
            self._text(document.id),
            shown.title,
            shown.file_name,
            *strings(shown.csl, CSL_CODES),
            *memos,
        )
        return any(map(self._hider.names_in, parts))

    def _title(self, document: Document) -> str:
        title = self._hider.hide(document.title)
        return "A document" if self._hider.names_in(title) else f"“{title}”"

    def _gone(self, whole: BundleContent) -> list[str]:
        kept = {document.id for document in self._content.documents}
        return [
            f"{self._title(document)} was left out with its passages, because "
            "a hidden name could still be read in it."
            for document in whole.documents
            if document.id not in kept
        ]

    def _text_only(self) -> list[str]:
        return [
            f"{self._title(document)} is there as text only, because names in its "
            "file cannot be replaced."
            for document in self._content.documents
            if not document.media_type.startswith("text/plain")
        ]

    def _new_text(self, document: str) -> str:
        return self._shift(document).apply(self._content.text(document))

    def _shift(self, document: str) -> "_Shift":
        if document not in self._shifts:
            text = self._content.text(document)
            found = self._hider.find(text, self._claimed[document])
            self._shifts[document] = _Shift(found, self._hider)
        return self._shifts[document]

    def _pages(self, document: str) -> Sequence[Page]:
        shift = self._shift(document)
        return [
            replace(page, start=shift.moved(page.start), end=shift.moved(page.end))
            for page in self._content.pages(document)
        ]

    def _document(self, document: Document) -> Document:
        hide = self._hider.hide
        name = hide(document.file_name.replace("_", " ").replace("-", " "))
        csl = changed(with_whole_names(document.csl, self._hider), hide, CSL_CODES)
        if self._hider.names_in(str(document.csl.get("URL", ""))):
            del csl["URL"]
        return replace(
            document,
            title=hide(document.title),
            authors=tuple(map(hide, document.authors)),
            publisher=hide(document.publisher) if document.publisher else None,
            file_name=name if name != document.file_name.replace("_", " ").replace("-", " ")
            else document.file_name,
            collection=hide(document.collection) if document.collection else None,
            csl=csl,
        )  # fmt: skip

    def _passage(self, passage: Passage) -> Passage:
        return replace(
            passage,
            anchor=self._anchor(passage),
            note=self._hider.hide(passage.note),
            creator=self._hider.hide(passage.creator),
        )

    def _anchor(self, passage: Passage) -> Anchor:
        anchor = passage.anchor
        shift, text = self._shift(passage.document), self._text(passage.document)
        start, end = shift.start_of(anchor.start), shift.end_of(anchor.end)
        return replace(
            anchor,
            source_sha256="",
            text_sha256="",
            start=start,
            end=end,
            exact=text[start:end],
            prefix=text[max(0, start - CONTEXT) : start],
            suffix=text[end : end + CONTEXT],
            rects={},
        )

    def _entity(self, entity: Entity) -> Entity:
        hide = self._hider.hide
        if entity.id in self._content.request.pseudonyms:
            shown = self._hider.shown(entity.id)
            return Entity(id=entity.id, kind=entity.kind, name=shown, color=entity.color)
        return replace(
            entity,
            name=hide(entity.name),
            aliases=tuple(replace(alias, name=hide(alias.name)) for alias in entity.aliases),
            description=hide(entity.description),
            notes=hide(entity.notes),
        )

    def _note(self, note: Note) -> Note:
        kept = tuple(url for url in note.urls if not self._hider.names_in(url))
        return replace(note, text=self._hider.hide(note.text), urls=kept)


class _Shift:
    """Where offsets go when names are replaced by others of another length."""

    def __init__(self, found: Sequence[Found], hider: Hider) -> None:
        self._found = found
        self._shown = [hider.shown(one.entity) for one in found]
        self._starts = [one.start for one in found]
        self._gains = [0]
        for one, shown in zip(found, self._shown, strict=True):
            self._gains.append(self._gains[-1] + len(shown) - (one.end - one.start))

    def apply(self, text: str) -> str:
        """Return the text with the names replaced."""
        parts, last = [], 0
        for one, shown in zip(self._found, self._shown, strict=True):
            parts += [text[last : one.start], shown]
            last = one.end
        return "".join((*parts, text[last:]))

    def moved(self, offset: int) -> int:
        """Return where an offset goes; one inside a name goes to its beginning."""
        return self.start_of(offset)

    def start_of(self, offset: int) -> int:
        """Return where a beginning goes: before the name that it is inside of."""
        n = bisect_right(self._starts, offset)
        if n and offset < self._found[n - 1].end:
            return self._starts[n - 1] + self._gains[n - 1]
        return offset + self._gains[n]

    def end_of(self, offset: int) -> int:
        """Return where an end goes: behind the name that it is inside of."""
        n = bisect_right(self._starts, max(0, offset - 1))
        if n and offset <= self._found[n - 1].end:
            return self._found[n - 1].end + self._gains[n]
        return offset + self._gains[n]
