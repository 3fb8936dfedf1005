"""The documents in a bundle: their canonical text, highlighted copies, originals."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from index.errors import MunimentError
from index.export.content import BundleContent
from index.export.prepared import PDF, Prepared, stem_of
from index.export.tools import Tools
from index.model import Document, Passage
from index.reading.result import Mark


def write_texts(prepared: Prepared) -> None:
    """Write the canonical text of every document, in which every offset counts."""
    for document in prepared.content.documents:
        text = prepared.content.text(document.id)
        prepared.bag.write(prepared.texts[document.id], text.encode("utf-8", "surrogatepass"))


Copies = list[tuple[Document, "Future[bytes]"]]


def begin_copies(content: BundleContent, tools: Tools, pool: ThreadPoolExecutor) -> Copies:
    """Let the reader processes begin on a highlighted copy of every PDF."""
    if not content.copies:
        return []
    return [
        (document, pool.submit(_copy, content, tools, document))
        for document in content.documents
        if document.media_type == PDF
    ]


def finish_copies(prepared: Prepared, copies: Copies) -> None:
    """Write the highlighted copies as they come; the originals are not touched."""
    for number, (document, job) in enumerate(copies):
        prepared.progress.report(number, len(copies), "Highlighting copies")
        path = prepared.bag.name("data/documents", stem_of(document), ".pdf")
        try:
            data = job.result()
        except MunimentError as error:
            prepared.notices.append(
                f"“{document.title}” is there without a highlighted copy: {error}"
            )
            continue
        prepared.bag.write(path, data)
        prepared.copies[document.id] = path


def _copy(content: BundleContent, tools: Tools, document: Document) -> bytes:
    passages = content.of_document(document.id)
    marks = [mark for passage in passages for mark in _marks(content, passage)]
    return tools.annotate(content.original(document.id), marks)


def _marks(content: BundleContent, passage: Passage) -> Iterator[Mark]:
    names = ", ".join(entity.name for entity in content.entities_of(passage))
    contents = "\n".join(part for part in (names, passage.note) if part)
    identity = str(content.uuid_of("passage", passage.id))
    for page, rects in sorted(passage.anchor.rects.items()):
        yield Mark(
            id=identity if page == passage.anchor.page else f"{identity}-{page + 1}",
            page=page,
            rects=rects,
            color=content.color_of(passage),
            title=passage.creator,
            contents=contents,
        )


def write_originals(prepared: Prepared) -> None:
    """Write the untouched originals, if they were asked for."""
    if not prepared.content.request.originals or not prepared.content.copies:
        return
    for number, document in enumerate(prepared.content.documents):
        prepared.progress.report(number, len(prepared.content.documents), "Copying originals")
        extension = Path(document.file_name).suffix
        path = prepared.bag.name("data/originals", stem_of(document), extension)
        prepared.bag.copy(path, prepared.content.original(document.id))
        prepared.originals[document.id] = path
