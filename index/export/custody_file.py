"""The custody record of a bundle: what was imported when, its hashes, who tagged what."""

import json
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from index.export.prepared import Prepared

PATH = "data/custody.jsonl"


def write(prepared: Prepared) -> None:
    """Write `custody.jsonl`: a line for the program, each document, and each thing done."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in _lines(prepared))
    prepared.bag.write(PATH, text)


def _lines(prepared: Prepared) -> Iterator[dict[str, Any]]:
    content = prepared.content
    yield {
        "what": "bundle",
        "at": prepared.made,
        "archive": content.archive,
        "software": f"Muniment {version('muniment')}",
        "passages": len(content.passages),
    }
    for document in content.documents:
        yield {
            "what": "document",
            "subject": document.id,
            "title": document.title,
            "file_name": document.file_name,
            "imported": document.imported,
            "size": document.size,
            "sha256": document.sha256,
            "text_sha256": document.text_sha256,
            "extractor": document.extractor,
        }
    for passage in content.passages:
        yield {
            "what": "passage",
            "subject": passage.id,
            "document": passage.document,
            "created": passage.created,
            "modified": passage.modified,
            "creator": passage.creator,
            "origin": passage.origin,
            "anchor": passage.anchor.status.value,
        }
    for entry in content.custody:
        yield {"what": "history", **{key: value for key, value in entry.items() if key != "what"},
               "action": entry["what"]}  # fmt: skip
