"""What is missing or wrong in citation data, said before anything is printed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.model import AnchorStatus, Document, Passage


@dataclass(frozen=True, slots=True)
class Issue:
    """Something to settle: a sentence, and the documents or passages it is about (ids)."""

    sentence: str
    documents: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()


def issues(documents: Iterable[Document], passages: Iterable[Passage] = ()) -> list[Issue]:
    """Return what is still to settle, the most telling first."""
    documents, passages = list(documents), list(passages)
    found = []
    for test, one, many in _DOCUMENT_TESTS:
        ids = tuple(document.id for document in documents if test(document))
        if ids:
            found.append(Issue(_sentence(ids, one, many, "document"), documents=ids))
    for status, one, many in _PASSAGE_TESTS:
        ids = tuple(passage.id for passage in passages if passage.anchor.status is status)
        if ids:
            found.append(Issue(_sentence(ids, one, many, "passage"), passages=ids))
    untagged = tuple(passage.id for passage in passages if not passage.entities)
    if untagged:
        found.append(
            Issue(_sentence(untagged, "has no entity", "have no entity", "passage"), (), untagged)
        )
    return found


def _sentence(ids: Sequence[str], one: str, many: str, noun: str) -> str:
    if len(ids) == 1:
        return f"1 {noun} {one}."
    return f"{len(ids):,} {noun}s {many}."


def _is_file_name(document: Document) -> bool:
    title = document.title.strip()
    return title == document.file_name or title == document.file_name.rpartition(".")[0]


def _nobody(document: Document) -> bool:
    csl = document.csl
    return not (document.authors or document.publisher or csl.get("editor"))


def _future(document: Document) -> bool:
    return bool(document.issued and document.issued[:10] > document.imported[:10])


_DOCUMENT_TESTS: tuple[tuple[Callable[[Document], bool], str, str], ...] = (
    (lambda one: not one.title.strip(), "has no title", "have no title"),
    (
        _is_file_name,
        "is titled with the name of its file",
        "are titled with the names of their files",
    ),
    (lambda one: not one.issued, "has no date", "have no date"),
    (_future, "has a date after its import", "have a date after their import"),
    (_nobody, "has neither author nor publisher", "have neither author nor publisher"),
    (lambda one: not one.language, "has no language", "have no language"),
)
_PASSAGE_TESTS: tuple[tuple[AnchorStatus, str, str], ...] = (
    (AnchorStatus.LOST, "is lost in its text", "are lost in their texts"),
    (AnchorStatus.UNCERTAIN, "is not certain of its place", "are not certain of their places"),
    (AnchorStatus.MOVED, "moved when its text changed", "moved when their texts changed"),
)
