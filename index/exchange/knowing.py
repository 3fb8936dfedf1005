"""Which documents of an archive are those that another program's file brings."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from index.entities.words import folded_name
from index.exchange.incoming import IncomingDocument
from index.model import Document

PDF = "application/pdf"
Fits = Callable[[Document], bool]


def known(
    documents: Sequence[Document], incoming: Iterable[IncomingDocument]
) -> dict[str, Document]:
    """Return the documents that are there already, by the keys of the incoming ones.

    Two that come with their bytes are never one document: a report may come as a
    text and as a PDF of the same title. Those of the right kind are matched first.
    """
    found: dict[str, Document] = {}
    taken: set[str] = set()
    for right_kind in (True, False):
        for one in incoming:
            if one.key in found:
                continue
            free = [each for each in documents if not one.data or each.id not in taken]
            if right_kind and one.data:
                free = [each for each in free if (each.media_type == PDF) == (one.suffix == ".pdf")]
            document = _the_one(one, free)
            if document is not None:
                found[one.key] = document
                if one.data:
                    taken.add(document.id)
    return found


def _the_one(one: IncomingDocument, documents: Sequence[Document]) -> Document | None:
    for fits in _signs(one):
        matching = [document for document in documents if fits(document)]
        same_bytes = len(matching) == 1 and one.sha256 == matching[0].sha256
        if same_bytes or (len(matching) == 1 and not (one.data and one.sha256)):
            return matching[0]
    return None


def _signs(one: IncomingDocument) -> Iterator[Fits]:
    """Yield the signs by which a document is known, the surest first."""
    if one.sha256:
        yield lambda document: document.sha256 == one.sha256
    for key in ("DOI", "URL"):
        if one.csl.get(key):
            yield partial(_says, key, one.csl[key])
    if one.name:
        yield lambda document: document.file_name == one.name
    if one.title:
        title = folded_name(one.title)
        yield lambda document: folded_name(document.title) == title


def _says(key: str, value: object, document: Document) -> bool:
    return bool(document.csl.get(key) == value)
