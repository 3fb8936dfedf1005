"""The documents in a bundle: their canonical text, highlighted copies, originals."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from index.errors import MunimentError
from index.export.content import PLAIN_COLOR
from index.export.prepared import PDF, Item, Prepared, stem_of
from index.export.tools import Tools
from index.model import Document
from index.reading.result import Mark

WORKERS = 2


def write_texts(prepared: Prepared) -> None:
    """Write the canonical text of every document, in which every offset counts."""
    for document in prepared.content.documents:
        text = prepared.content.text(document.id)
        prepared.bag.write(prepared.texts[document.id], text.encode("utf-8", "surrogatepass"))


def write_copies(prepared: Prepared, readers: Tools) -> None:
    """Write a copy of every PDF with its passages as highlights; the original is not touched."""
    if not prepared.content.copies:
        return
    wanted = [document for document in prepared.content.documents if document.media_type == PDF]
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="copies") as pool:
        jobs = [(document, pool.submit(_copy, prepared, readers, document)) for document in wanted]
        try:
            for number, (document, job) in enumerate(jobs):
                prepared.progress.report(number, len(jobs), "Highlighting copies")
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
        finally:
            pool.shutdown(cancel_futures=True)


def _copy(prepared: Prepared, readers: Tools, document: Document) -> bytes:
    marks = [mark for item in prepared.of_document(document.id) for mark in _marks(prepared, item)]
    return readers.annotate(prepared.content.original(document.id), marks)


def _marks(prepared: Prepared, item: Item) -> Iterator[Mark]:
    passage = item.passage
    names = ", ".join(entity.name for entity in item.entities)
    contents = "\n".join(part for part in (names, passage.note) if part)
    identity = str(prepared.content.uuid_of("passage", passage.id))
    for page, rects in sorted(passage.anchor.rects.items()):
        yield Mark(
            id=identity if page == passage.anchor.page else f"{identity}-{page + 1}",
            page=page,
            rects=rects,
            color=item.color or PLAIN_COLOR,
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
