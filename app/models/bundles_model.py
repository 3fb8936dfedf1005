"""Bundles as rows, and the rows of one bundle: headings, and passages with their citations."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from app.models.bundle_plan import Place, all_passages, as_export, places
from app.models.faces import Face, plural
from app.models.passages_model import NOTICES, on_one_line
from app.models.rows import RowsModel
from app.theme import UNTAGGED_COLOR, entity_color
from index.model import BundleDraft, Entity, ExportRequest, Passage

if TYPE_CHECKING:
    from index.export import Preview
    from index.library import Library


class BundleColumn(IntEnum):
    """The columns, in order."""

    TITLE = 0
    PASSAGES = 1
    CREATED = 2


class BundlesModel(RowsModel[BundleDraft]):
    """Holds the drafts of an archive."""

    columns = BundleColumn
    titles = ("Title", "Passages", "Begun")

    def key(self, row: BundleDraft) -> str:
        """Return the draft's id."""
        return row.id

    def value(self, row: BundleDraft, column: int) -> Any:
        """Return the native value of a cell."""
        if column == BundleColumn.PASSAGES:
            return len(all_passages(row.request.sections))
        return row.created if column == BundleColumn.CREATED else row.request.title.casefold()

    def text(self, row: BundleDraft, column: int) -> str:
        """Return a cell as it is read."""
        if column == BundleColumn.TITLE:
            return row.request.title
        return str(self.value(row, column))

    def face(self, row: BundleDraft) -> Face:
        """Return how the list shows a bundle."""
        count = len(all_passages(row.request.sections))
        sections = len([one for one in row.request.sections if one.title])
        parts = [plural(count, "passage")] + ([plural(sections, "section")] if sections else [])
        return Face(title=row.request.title, detail=" · ".join(parts), strong=True)


@dataclass(frozen=True, slots=True)
class BundleRow:
    """A heading or a passage as it stands in a bundle."""

    place: Place
    title: str = ""  # of a section, with its number
    quote: str = ""
    citation: str = ""
    note: str = ""
    notice: str = ""
    color: str = ""

    @property
    def is_section(self) -> bool:
        """Whether the row is a heading."""
        return not self.place.passage


@dataclass(frozen=True, slots=True)
class Laid:
    """A bundle as it will read, and what is known about it before it is made."""

    rows: tuple[BundleRow, ...]
    preview: "Preview | None"  # None: there is nothing in it


def lay_out(library: "Library", request: ExportRequest) -> Laid:
    """Read the passages of a bundle and cite them in order; called on a worker."""
    from index.citing import Citer, of_passage

    passages = {passage.id: passage for passage in library.passages()}
    documents = {document.id: document for document in library.documents()}
    entities = {entity.id: entity for entity in library.entities()}
    every = places(request.sections)
    here = [
        (passages[p.passage], documents[passages[p.passage].document])
        for p in every
        if p.passage in passages
    ]
    citer = Citer(request.style, list({document.id: document for _, document in here}.values()))
    cited = {
        passage.id: citer.cite(document, of_passage(passage, document)).citation
        for passage, document in here
    }
    rows = [
        _section(place, request)
        if not place.passage
        else _passage(place, passages[place.passage], entities, cited, memos=request.memos)
        for place in every
        if not place.passage or place.passage in passages
    ]
    return Laid(tuple(rows), library.preview(as_export(request)) if here else None)


def _section(place: Place, request: ExportRequest) -> BundleRow:
    title = request.sections[place.section].title or "Without a heading"
    return BundleRow(place, title=f"{place.section + 1}  {title}")


def _passage(
    place: Place,
    passage: Passage,
    entities: Mapping[str, Entity],
    cited: Mapping[str, str],
    *,
    memos: bool,
) -> BundleRow:
    first = next((entities[e] for e in passage.entities if e in entities), None)
    return BundleRow(
        place,
        quote=f"“{on_one_line(passage.quote)}”",
        citation=cited[passage.id],
        note=on_one_line(passage.note) if memos else "",
        notice=NOTICES.get(passage.anchor.status, ""),
        color=entity_color(first) if first is not None else UNTAGGED_COLOR,
    )


class BundleRowColumn(IntEnum):
    """The one column of a bundle as it reads."""

    ROW = 0


class BundleRowsModel(RowsModel[BundleRow]):
    """Holds the rows of one bundle in their order."""

    columns = BundleRowColumn
    titles = ("Bundle",)

    def key(self, row: BundleRow) -> str:
        """Return the passage's id, or which section it is."""
        return row.place.passage or f"section {row.title.partition('  ')[2]}"

    def value(self, row: BundleRow, column: int) -> Any:
        """Return what is written in the row."""
        return row.title or row.quote

    def text(self, row: BundleRow, column: int) -> str:
        """Return the row as it is read aloud."""
        return row.title or f"{row.quote} {row.citation} {row.note}".strip()

    def tip(self, row: BundleRow) -> str:
        """Return what is in doubt."""
        return row.notice
