"""Everything that is known about a passage or a document, as the inspector shows it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.model import Document, Note, Passage

if TYPE_CHECKING:
    from index.citing import Citation
    from index.library import Library


@dataclass(frozen=True, slots=True)
class Known:
    """Everything the inspector shows, read in one go."""

    document: Document
    citation: "Citation"
    passage: Passage | None = None
    notes: tuple[Note, ...] = ()
    passages_about: int = 0  # of the first entity
    documents_about: int = 0


def read(library: "Library", document: str, passage: str, style: str) -> Known:
    """Read what is shown about a passage or, without one, a document; called on a worker."""
    found = library.document(document)
    if not passage:
        return Known(found, library.cite(document, style=style))
    tagged = library.passage(passage)
    about = library.passages(entity=tagged.entities[0]) if tagged.entities else []
    return Known(
        found,
        library.cite_passage(passage, style),
        tagged,
        tuple(library.notes_of(tagged)),
        len(about),
        len({other.document for other in about}),
    )
