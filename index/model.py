"""The values that cross the library's borders, all of them frozen.

Offsets are Unicode code points into a document's canonical text, start
inclusive, end exclusive. Rectangles are PDF points with the origin at the top
left of the page as it is seen (rotation applied). Pages are counted from 0 in
`index` and from 1 in `number`; `label` is what is printed on the page. The
values stand in one file, though it is long, because readers of any room look
for them here; none has more than a line or two of logic.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

PAGE_BREAK = "\f"
"""What parts the pages of a paged document in its canonical text."""


class PageState(StrEnum):
    """Whether a page can be searched."""

    TEXT = "text"
    OCR = "ocr"
    EMPTY = "empty"  # nothing on the page, nothing lost
    NO_TEXT = "no_text"  # there is something to see and no text to search
    FAILED = "failed"  # the page could not be read

    @property
    def searchable(self) -> bool:
        """Whether everything that is on the page can be found."""
        return self in (PageState.TEXT, PageState.OCR, PageState.EMPTY)


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in PDF points, origin top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document, or one section of a text report."""

    document: str
    index: int
    label: str
    start: int
    end: int
    state: PageState
    width: float = 0.0  # points as seen; 0 for a section of a text
    height: float = 0.0

    @property
    def number(self) -> int:
        """The page counted from 1."""
        return self.index + 1


@dataclass(frozen=True, slots=True)
class Span:
    """A range of code points, `start` inclusive, `end` exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote, and every place in the text that refers to it."""

    marker: str
    start: int
    end: int
    text: str
    urls: tuple[str, ...] = ()
    references: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of a document's outline."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Document:
    """One imported file with its citation data."""

    id: str
    title: str
    authors: tuple[str, ...]
    issued: str | None  # YYYY, YYYY-MM or YYYY-MM-DD
    publisher: str | None
    language: str | None  # ISO 639-1
    media_type: str
    file_name: str
    size: int  # bytes of the original
    sha256: str  # of the original
    text_sha256: str  # of the canonical text as UTF-8
    extractor: str  # name and version of what read it
    page_count: int
    characters: int
    paged: bool  # pages as printed (PDF), or sections of one text
    collection: str | None
    imported: str  # ISO 8601, UTC
    passage_count: int
    note_count: int
    unsearchable_pages: tuple[int, ...]  # counted from 1
    csl: Mapping[str, Any]  # one CSL-JSON item; its id is the document's
    replaces: str | None = None  # id of the version before this one


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of an entity; a weak one is searched and never tagged on its own."""

    name: str
    weak: bool = False
    language: str | None = None
    source: str = ""  # where the name was taken from


ENTITY_KINDS = ("Person", "Organization", "Law", "Place", "Event", "Theme")


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something on the entity list."""

    id: str
    kind: str  # one of ENTITY_KINDS
    name: str
    aliases: tuple[Alias, ...] = ()
    description: str = ""
    color: str = ""  # #rrggbb
    parent: str | None = None  # a theme's broader theme
    external: Mapping[str, str] = field(default_factory=dict)  # {"wikidata": "Q42"}
    passage_count: int = 0
    notes: str = ""  # the researcher's own, never exported unasked

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias, weak ones too."""
        return (self.name, *(alias.name for alias in self.aliases))


class How(StrEnum):
    """Why a mention is offered."""

    NAME = "name"
    ALIAS = "alias"
    VARIANT = "variant"
    SURNAME = "surname"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text where an entity seems to be named."""

    entity: str
    document: str
    start: int
    end: int
    text: str
    how: How
    score: float  # 0 to 1
    reason: str = ""  # "one letter from Karim Massimov"
    others: tuple[str, ...] = ()  # other entities that fit as well


class AnchorStatus(StrEnum):
    """How well a passage fits its text."""

    EXACT = "exact"
    MOVED = "moved"
    UNCERTAIN = "uncertain"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a passage stands, in enough ways to find it again.

    `rects` holds the rectangles of the passage for each page index it touches.
    """

    source_sha256: str
    text_sha256: str
    extractor: str
    start: int
    end: int
    page: int  # index of the page where it begins
    label: str
    exact: str
    prefix: str
    suffix: str
    rects: Mapping[int, tuple[Rect, ...]] = field(default_factory=dict)
    status: AnchorStatus = AnchorStatus.EXACT
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted range of a document, tagged with entities."""

    id: str
    document: str
    anchor: Anchor
    entities: tuple[str, ...]  # entity ids
    note: str  # the researcher's memo
    created: str
    modified: str
    creator: str
    origin: str = "tag"  # tag, review, annotation (found in the file), import

    @property
    def quote(self) -> str:
        """The words of the passage."""
        return self.anchor.exact


@dataclass(frozen=True, slots=True)
class Hit:
    """One page that matches a query; `matches` are offsets into the document's text."""

    document: str
    title: str
    page: int  # counted from 1
    label: str
    score: float
    snippet: str
    snippet_matches: tuple[Span, ...]  # offsets into `snippet`
    matches: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """Other words that stand for a word or an entity of a query.

    `switch` is what to put into `SearchRequest.without` to search without them.
    """

    word: str
    kind: str  # stem, fold, script, alias
    forms: tuple[str, ...]
    switch: str


@dataclass(frozen=True, slots=True)
class Results:
    """What a query found, with what could not be searched."""

    query: str
    hits: tuple[Hit, ...]
    pages: int  # matching pages in all
    documents: int
    unsearchable_documents: int  # in scope, with pages that cannot be searched
    unsearchable_pages: int
    seconds: float
    expansions: tuple[str, ...] = ()  # what the query was widened to, each fit to show
    widened: tuple[Expansion, ...] = ()  # the same, each with what switches it off
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    suggestion: str | None = None  # another query, when nothing is found


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query with its filters; `limit` 0 means every hit."""

    query: str
    limit: int = 20
    offset: int = 0
    entity: str | None = None  # id: pages of passages or names of this entity
    collection: str | None = None
    language: str | None = None
    since: str | None = None
    until: str | None = None
    tagged: bool | None = None
    sort: str = "score"  # score, date, title
    document: str | None = None  # id: only inside this document
    as_you_type: bool = False  # the last word is unfinished; what is open counts as closed
    without: tuple[str, ...] = ()  # switched off: stem, fold, script, alias, alias:NAME
    facets: bool = False  # count the result by collection, language, year …
    publisher: str | None = None
    kind: str | None = None  # media type
    year: str | None = None
    noted: bool | None = None  # documents with footnotes, or without
    unsearchable: bool | None = None  # documents with pages that cannot be searched
    newer_than: int = 0  # only documents with a greater number in the record


@dataclass(frozen=True, slots=True)
class PastChange:
    """A change that was made and not taken back: when (ISO 8601, UTC) and what."""

    at: str
    label: str


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on typing a query: `text` in the place of `start:end` of it."""

    text: str
    start: int
    end: int
    kind: str  # field, word, entity, tag, collection, language, title
    count: int = 0  # pages with the word, where it is a word


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query worth asking again."""

    id: str
    name: str
    request: SearchRequest
    created: str
    seen: int  # number of the newest document when its result was last looked at


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """The answer to one query of a list; `error` is a sentence when it is a bad one."""

    query: str
    pages: int = 0
    documents: int = 0
    unsearchable_documents: int = 0
    seconds: float = 0.0
    hits: tuple[Hit, ...] = ()
    error: str | None = None


class ImportStatus(StrEnum):
    """What became of one file."""

    ADDED = "added"
    KNOWN = "known"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How files are to be read; `jobs` 0 means one a core."""

    collection: str | None = None
    jobs: int = 0
    ocr: str = "auto"  # auto, never, always
    languages: tuple[str, ...] = ()
    encoding: str | None = None
    passwords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of one file of an import."""

    path: Path
    status: ImportStatus
    document: str | None = None
    pages: int = 0
    characters: int = 0
    unsearchable_pages: tuple[int, ...] = ()
    seconds: float = 0.0
    reason: str = ""
    password_needed: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What a write touched, by id; views decide from it whether to read again."""

    documents: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    passages: frozenset[str] = frozenset()
    everything: bool = False
    label: str = ""  # what was done, as a menu would name it
    bundles: frozenset[str] = frozenset()  # drafts of bundles
    texts: frozenset[str] = frozenset()  # documents that have another text now

    def __bool__(self) -> bool:
        return bool(
            self.everything or self.documents or self.entities or self.passages or self.bundles
        )


@dataclass(frozen=True, slots=True)
class EntityImport:
    """What became of an imported entity list; every problem is a sentence."""

    entities: tuple[Entity, ...]
    added: int
    updated: int
    problems: tuple[str, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A drawn page: 32-bit BGRX rows of `stride` bytes, top row first."""

    width: int
    height: int
    stride: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class PaintedPage:
    """A drawn page in few colours: a byte a pixel, top row first, and red, green, blue a colour."""

    width: int
    height: int
    palette: bytes
    pixels: bytes


@dataclass(frozen=True, slots=True)
class CharBoxes:
    """The box of every code point of one page; a code point with no place has an empty box."""

    page: int
    start: int  # offset of the page in the canonical text
    boxes: Sequence[Rect]


@dataclass(frozen=True, slots=True)
class ArchiveInfo:
    """What an archive holds, in numbers."""

    folder: Path
    documents: int
    pages: int
    unsearchable_pages: int
    entities: int
    passages: int
    index_current: bool


@dataclass(frozen=True, slots=True)
class BundleSection:
    """Passages (ids) under a heading of a bundle, in the order in which they are to stand."""

    title: str
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What goes into a bundle; empty `entities` and `passages` mean every passage."""

    title: str = "Citation bundle"
    entities: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    style: str = "chicago-notes-bibliography"
    zip: bool = False
    originals: bool = False
    pictures: bool = True
    memos: bool = True
    pseudonyms: Mapping[str, str] = field(default_factory=dict)  # entity id -> shown name
    authors: bool = True  # who made each passage
    file_names: bool = True  # what the originals are called
    recipients: tuple[str, ...] = ()  # age public keys the bundle is encrypted for
    passphrase: str = field(default="", repr=False)  # or the words it is encrypted with
    signing_key: Path | None = None  # an OpenSSH private key to sign the tag manifest with
    signing_passphrase: str = field(default="", repr=False)
    sections: tuple[BundleSection, ...] = ()  # headings and order; `passages` says which
    replace: bool = False  # a bundle that is in the place already may be replaced


@dataclass(frozen=True, slots=True)
class BundleDraft:
    """A bundle that is being put together in an archive; secrets are never kept in it."""

    id: str
    request: ExportRequest
    created: str


@dataclass(frozen=True, slots=True)
class BundleSummary:
    """What was written: the bundle's path and its size in numbers."""

    bundle: Path
    passages: int
    documents: int
    files: int
    bytes: int
    notices: tuple[str, ...] = ()  # what was left out or is missing, each a sentence


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a check: every problem is one sentence."""

    ok: bool
    problems: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()  # what is good to know: who signed a bundle
