"""A whole archive for a team's server or other programs.

`entities.ftm.jsonl` goes into OpenAleph (`ftm` tools, `alephclient write-entities`).
`pages.bulk.ndjson` is the body of a `POST _bulk` to any OpenSearch cluster, after
`index.json` was put there as the index's settings; files are cut so that no
request is larger than a cluster takes by default. `taguette` holds the tables of
highlights and tags, `qualcoder` a project that QualCoder opens. `README.txt` says
how each is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from index.errors import BadInput
from index.exchange import qualcoder_writing, taguette
from index.export import follow_the_money
from index.export.placing import place, require_outside, workplace
from index.progress import Progress

if TYPE_CHECKING:
    from index.library import Library

INDEX = "muniment"
LARGEST_BULK = 80 << 20  # bytes; clusters refuse more than 100 MB in one request
HOW_TO = """\
What is here, and how it is loaded

OpenSearch or Elasticsearch (every page is one record; SERVER is the address of yours):
  curl -X PUT SERVER/muniment -H "Content-Type: application/json" --data-binary @index.json
{bulk}
OpenAleph or Aleph (documents, entities and where they are mentioned, as FollowTheMoney):
  alephclient write-entities -f muniment -i entities.ftm.jsonl

Taguette: in a project, open Codebook, Import, and choose taguette/codebook.csv.
taguette/highlights.csv has the columns of the highlights that Taguette exports.

QualCoder: open the project folder inside qualcoder.

All text is UTF-8. Offsets count code points of a document's whole text.
"""
BULK = '  curl -X POST SERVER/_bulk -H "Content-Type: application/x-ndjson" --data-binary @{name}\n'
MAPPING: dict[str, Any] = {
    "settings": {"index": {"number_of_shards": 1}},
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "document": {"type": "keyword"},
            "title": {"type": "text", "fields": {"raw": {"type": "keyword", "ignore_above": 512}}},
            "authors": {"type": "keyword"},
            "issued": {
                "type": "date",
                "format": "strict_year||strict_year_month||strict_date",
            },
            "publisher": {"type": "keyword"},
            "language": {"type": "keyword"},
            "collection": {"type": "keyword"},
            "file_name": {"type": "keyword"},
            "media_type": {"type": "keyword"},
            "sha256": {"type": "keyword"},
            "page": {"type": "integer"},
            "label": {"type": "keyword"},
            "start": {"type": "integer"},
            "end": {"type": "integer"},
            "text": {"type": "text"},
            "entities": {"type": "keyword"},
            "passages": {
                "type": "nested",
                "properties": {
                    "passage": {"type": "keyword"},
                    "quote": {"type": "text"},
                    "start": {"type": "integer"},
                    "end": {"type": "integer"},
                    "entities": {"type": "keyword"},
                    "note": {"type": "text"},
                },
            },
        },
    },
}


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was written."""

    folder: Path
    documents: int
    pages: int
    entities: int
    files: int


def hand_over(library: Library, out: Path, progress: Progress) -> HandedOver:
    """Write the archive's documents, pages and entities for other servers into a new folder."""
    out = out.expanduser().absolute()
    require_outside(out, library.folder)
    if out.exists():
        raise BadInput(f"{out} is there already. Choose another name.")
    with workplace(out) as work:
        folder = work / out.name
        folder.mkdir()
        documents = _write_ftm(library, folder, progress)
        (folder / "index.json").write_text(json.dumps(MAPPING, indent=1) + "\n", encoding="utf-8")
        pages = _write_bulk(library, folder, progress)
        _write_projects(library, folder, progress)
        bulk = "".join(BULK.format(name=path.name) for path in sorted(folder.glob("*.ndjson")))
        (folder / "README.txt").write_text(HOW_TO.format(bulk=bulk), encoding="utf-8")
        files = sum(path.is_file() for path in folder.rglob("*"))
        place(folder, out)
    return HandedOver(out, documents, pages, len(library.entities()), files)


def _write_projects(library: Library, folder: Path, progress: Progress) -> None:
    documents, entities, passages = library.documents(), library.entities(), library.passages()
    progress.report(0, 2, "Writing Taguette tables")
    (folder / "taguette").mkdir()
    taguette.write(folder / "taguette", documents, entities, passages)
    progress.report(1, 2, "Writing a QualCoder project")
    project = folder / "qualcoder" / f"{folder.name}.qda"
    qualcoder_writing.write(project, documents, entities, passages, library.text)


def _write_ftm(library: Library, folder: Path, progress: Progress) -> int:
    documents, entities = library.documents(), library.entities()
    with (folder / "entities.ftm.jsonl").open("w", encoding="utf-8", newline="\n") as writer:
        for number, document in enumerate(documents):
            progress.report(number, len(documents), "Writing FollowTheMoney")
            found = follow_the_money.of_document(document, library.text(document.id))
            writer.write(_line(found))
        for entity in entities:
            writer.write(_line(follow_the_money.of_entity(entity)))
        by_id = {entity.id: entity for entity in entities}
        for tie in follow_the_money.ties(library.passages(), by_id):
            writer.write(_line(tie))
    return len(documents)


def _write_bulk(library: Library, folder: Path, progress: Progress) -> int:
    pages = number = size = 0
    writer: IO[bytes] | None = None
    try:
        for identity, page in _pages(library, progress):
            action = {"index": {"_index": INDEX, "_id": identity}}
            data = (_line(action) + _line(page)).encode("utf-8", "replace")
            if writer is None or size + len(data) > LARGEST_BULK:
                if writer is not None:
                    writer.close()
                number, size = number + 1, 0
                name = "pages.bulk.ndjson" if number == 1 else f"pages-{number}.bulk.ndjson"
                writer = (folder / name).open("wb")
            writer.write(data)
            size += len(data)
            pages += 1
    finally:
        if writer is not None:
            writer.close()
    return pages


def _pages(library: Library, progress: Progress) -> Iterator[tuple[str, dict[str, Any]]]:
    names = {entity.id: entity.name for entity in library.entities()}
    documents = library.documents()
    for number, document in enumerate(documents):
        progress.report(number, len(documents), "Writing pages")
        text = library.text(document.id)
        passages = library.passages(document=document.id)
        shared = {
            "document": document.id,
            "title": document.title,
            "authors": list(document.authors),
            "issued": document.issued,
            "publisher": document.publisher,
            "language": document.language,
            "collection": document.collection,
            "file_name": document.file_name,
            "media_type": document.media_type,
            "sha256": document.sha256,
        }
        for page in library.pages(document.id):
            here = [one for one in passages if page.start <= one.anchor.start <= page.end
                    and one.anchor.page == page.index]  # fmt: skip
            yield (
                f"{document.id}-{page.number}",
                {
                    **{key: value for key, value in shared.items() if value not in (None, [])},
                    "page": page.number,
                    "label": page.label,
                    "start": page.start,
                    "end": page.end,
                    "text": text[page.start : page.end],
                    "entities": sorted({names[e] for one in here for e in one.entities}),
                    "passages": [
                        {
                            "passage": one.id,
                            "quote": one.quote,
                            "start": one.anchor.start,
                            "end": one.anchor.end,
                            "entities": [names[entity] for entity in one.entities],
                            "note": one.note,
                        }
                        for one in here
                    ],
                },
            )


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
