"""The bundle described as an RO-Crate 1.1: what each file is, and a page for people."""

import html
import json
from collections.abc import Mapping
from typing import Any

from index.citing.items import of_document
from index.export.prepared import Prepared
from index.model import Document

METADATA = "data/ro-crate-metadata.json"
PREVIEW = "data/ro-crate-preview.html"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
LICENSE = "#license"
RIGHTS = "The rights in each document stay with its owner; passages are quoted."
NAMES = {
    "report.html": ("Report", "text/html"),
    "report.docx": (
        "Report as a Word document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "report.md": ("Report as Markdown", "text/markdown"),
    "citations.csl.json": (
        "Cited documents as CSL-JSON",
        "application/vnd.citationstyles.csl+json",
    ),
    "references.bib": ("Cited documents as BibTeX", "application/x-bibtex"),
    "references.ris": ("Cited documents as RIS", "application/x-research-info-systems"),
    "annotations.jsonld": ("Passages as W3C Web Annotations", "application/ld+json"),
    "passages.csv": ("Passages as a table", "text/csv"),
    "entities.csv": ("Entities as a table", "text/csv"),
    "entities.ftm.jsonl": ("Entities as FollowTheMoney", "application/jsonl"),
    "project.qdpx": ("REFI-QDA project", "application/zip"),
    "codebook.qdc": ("REFI-QDA codebook", "application/xml"),
    "custody.jsonl": ("Custody record", "application/jsonl"),
}  # fmt: skip
SUFFIXES = {".txt": "text/plain", ".pdf": "application/pdf", ".png": "image/png"}


def write(prepared: Prepared) -> None:
    """Write `ro-crate-metadata.json` and its preview, after every other file."""
    files = [_file(prepared, path, size) for path, size in sorted(prepared.bag.payload.items())]
    graph = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        },
        _root(prepared, files),
        *files,
        *(_document(document) for document in prepared.content.documents),
        *_people(prepared),
        {"@id": LICENSE, "@type": "CreativeWork", "name": "Rights", "description": RIGHTS},
    ]
    metadata = {"@context": CONTEXT, "@graph": graph}
    prepared.bag.write(METADATA, json.dumps(metadata, ensure_ascii=False, indent=1) + "\n")
    prepared.bag.write(PREVIEW, _preview(prepared, files))


def _root(prepared: Prepared, files: list[dict[str, Any]]) -> dict[str, Any]:
    content = prepared.content
    count = len(content.passages)
    found: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": content.request.title or "Citation bundle",
        "description": f"{count} cited passages from {len(content.documents)} documents.",
        "datePublished": prepared.made[:10],
        "license": {"@id": LICENSE},
        "identifier": content.uuid_of("bundle", *(one.id for one in content.passages)).urn,
        "hasPart": [{"@id": one["@id"]} for one in files],
        "citation": [{"@id": _document_id(one)} for one in content.documents],
    }
    if taggers := _taggers(prepared):
        found["author"] = _one_or_more([{"@id": _person_id(name)} for name in taggers])
    return found


def _taggers(prepared: Prepared) -> list[str]:
    """Return who tagged the passages: the authors of the bundle, but not of its documents."""
    return sorted({item.passage.creator for item in prepared.items if item.passage.creator})


def _one_or_more(values: list[dict[str, str]]) -> dict[str, str] | list[dict[str, str]]:
    return values[0] if len(values) == 1 else values


def _person_id(name: str) -> str:
    return f"#{_quoted(name)}"


def _file(prepared: Prepared, path: str, size: int) -> dict[str, Any]:
    name = path.removeprefix("data/")
    title, kind = NAMES.get(name, (name.rpartition("/")[2], ""))
    found: dict[str, Any] = {
        "@id": _quoted(name),
        "@type": "File",
        "name": title,
        "contentSize": str(size),
    }
    kind = kind or SUFFIXES.get(name[name.rfind(".") :].lower(), "")
    if kind:
        found["encodingFormat"] = kind
    for document, there in (*prepared.copies.items(), *prepared.texts.items()):
        if there == path:
            found["isBasedOn"] = {"@id": _document_id(prepared.content.document_by_id[document])}
    return found


def _document_id(document: Document) -> str:
    return f"urn:sha256:{document.sha256}"


def _document(document: Document) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@id": _document_id(document),
        "@type": "CreativeWork",
        "name": document.title,
        "sha256": document.sha256,
    }
    if document.authors:
        found["creator"] = _one_or_more([{"@id": _person_id(name)} for name in document.authors])
    if document.issued:
        found["datePublished"] = document.issued
    if document.language:
        found["inLanguage"] = document.language
    if url := of_document(document).get("URL"):
        found["url"] = url
    return found


def _people(prepared: Prepared) -> list[dict[str, Any]]:
    kinds = dict.fromkeys(_taggers(prepared), "Person")
    for document in prepared.content.documents:
        bodies = {name.get("literal") for name in document.csl.get("author") or ()}
        for name in document.authors:
            kinds[name] = "Organization" if name in bodies else "Person"
    return [
        {"@id": _person_id(name), "@type": kind, "name": name}
        for name, kind in sorted(kinds.items())
    ]


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name, safe="/")


def _preview(prepared: Prepared, files: list[Mapping[str, Any]] | list[dict[str, Any]]) -> str:
    title = html.escape(prepared.content.request.title)
    order = list(NAMES)
    shown = sorted(
        (one for one in files if one["@id"] in NAMES), key=lambda one: order.index(one["@id"])
    )
    rows = "\n".join(
        f'<li><a href="{html.escape(one["@id"])}">{html.escape(one["name"])}</a> '
        f"{html.escape(one['@id'])}</li>"
        for one in shown
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>body {{ font: 15px/1.5 system-ui, sans-serif; max-width: 800px; margin: 48px auto;
padding: 0 24px; color: #1f2328; background: #f6f6f4 }} li {{ padding: 2px 0; color: #6a6f76 }}
a {{ color: #2457c5 }}</style>
</head>
<body>
<h1>{title}</h1>
<p>{len(prepared.items)} passages from {len(prepared.content.documents)} documents.
The machine-readable description is <a href="ro-crate-metadata.json">ro-crate-metadata.json</a>.</p>
<ul>
{rows}
</ul>
</body>
</html>
"""
