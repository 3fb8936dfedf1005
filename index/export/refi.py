"""REFI-QDA: the project (.qdpx) and the codebook (.qdc), children in the schema's order.

Every passage is a selection in the text of its document, and every entity a code;
the entity's kind is the set that the code is in, its aliases stand in the code's
description. The same thing has the same GUID in every export.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any, cast

from lxml import etree

from index.export.content import KIND_COLORS, PLAIN_COLOR
from index.export.placing import ZIP_TIME
from index.export.prepared import Item, Prepared
from index.export.wording import xml_text
from index.model import Document, Entity

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
ALIASES = "Also: "


def write(prepared: Prepared) -> None:
    """Write `project.qdpx` and `codebook.qdc`."""
    prepared.bag.write("data/project.qdpx", _project_file(prepared))
    if prepared.content.entities:
        root = etree.Element(
            f"{{{CODEBOOK}}}CodeBook", nsmap=_namespace(CODEBOOK), origin="Muniment"
        )
        _codes(prepared, root, CODEBOOK)
        _sets(prepared, root, CODEBOOK)
        prepared.bag.write("data/codebook.qdc", _bytes(root))


def _project_file(prepared: Prepared) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        _member(archive, "project.qde", _bytes(_project(prepared)))
        for document in prepared.content.documents:
            text = (prepared.bag.folder / prepared.texts[document.id]).read_bytes()
            _member(archive, f"sources/{_guid(prepared, 'text', document.id)}.txt", text)
            if document.id in prepared.copies:
                data = (prepared.bag.folder / prepared.copies[document.id]).read_bytes()
                name = f"sources/{_guid(prepared, 'document', document.id)}.pdf"
                _member(archive, name, data, zipfile.ZIP_STORED)
    return out.getvalue()


def _member(
    archive: zipfile.ZipFile, name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED
) -> None:
    info = zipfile.ZipInfo(name, ZIP_TIME)
    info.compress_type = method
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)


def _project(prepared: Prepared) -> etree._Element:
    content = prepared.content
    root = etree.Element(
        f"{{{PROJECT}}}Project",
        _attributes(
            {
                "name": content.request.title or "Bundle",
                "origin": "Muniment",
                "creationDateTime": prepared.made,
            }
        ),
        nsmap=_namespace(PROJECT),
    )
    users = sorted({item.passage.creator for item in prepared.items if item.passage.creator})
    if users:
        parent = _child(root, "Users")
        for user in users:
            _child(parent, "User", {"guid": _guid(prepared, "user", user), "name": user})
    if content.entities:
        _codes(prepared, _child(root, "CodeBook"), PROJECT)
    sources = _child(root, "Sources")
    for document in content.documents:
        _source(prepared, sources, document)
    memos = [item for item in prepared.items if item.passage.note]
    if memos:
        notes = _child(root, "Notes")
        for item in memos:
            _note(prepared, notes, item)
    if content.entities:
        _sets(prepared, root, PROJECT)
    return root


def _codes(prepared: Prepared, parent: etree._Element, namespace: str) -> None:
    codes = _child(parent, "Codes", namespace=namespace)
    for entity in prepared.content.entities:
        code = _child(
            codes,
            "Code",
            {
                "guid": _guid(prepared, "entity", entity.id),
                "name": entity.name,
                "isCodable": "true",
                "color": entity.color or KIND_COLORS.get(entity.kind, PLAIN_COLOR),
            },
            namespace=namespace,
        )
        if description := _description(entity):
            _child(code, "Description", text=description, namespace=namespace)


def _description(entity: Entity) -> str:
    aliases = "; ".join(alias.name for alias in entity.aliases)
    parts = (entity.description, f"{ALIASES}{aliases}" if aliases else "")
    return "\n".join(part for part in parts if part)


def _sets(prepared: Prepared, parent: etree._Element, namespace: str) -> None:
    kinds: dict[str, list[Entity]] = {}
    for entity in prepared.content.entities:
        kinds.setdefault(entity.kind, []).append(entity)
    sets = _child(parent, "Sets", namespace=namespace)
    # A codebook names the members of a set by “guid”, a project by “targetGUID”.
    name = "guid" if namespace == CODEBOOK else "targetGUID"
    for kind, entities in sorted(kinds.items()):
        group = _child(
            sets, "Set", {"guid": _guid(prepared, "kind", kind), "name": kind}, namespace=namespace
        )
        for entity in entities:
            guid = _guid(prepared, "entity", entity.id)
            _child(group, "MemberCode", {name: guid}, namespace=namespace)


def _source(prepared: Prepared, sources: etree._Element, document: Document) -> None:
    guid, text = _guid(prepared, "document", document.id), _guid(prepared, "text", document.id)
    items = prepared.of_document(document.id)
    shared = {"name": document.title, "creationDateTime": document.imported}
    if document.id in prepared.copies:
        source = _child(
            sources, "PDFSource", {"guid": guid, "path": f"internal://{guid}.pdf", **shared}
        )
        place = _child(
            source,
            "Representation",
            {"guid": text, "plainTextPath": f"internal://{text}.txt", "name": document.title},
        )
    else:
        place = _child(
            sources,
            "TextSource",
            {"guid": guid, "plainTextPath": f"internal://{text}.txt", **shared},
        )
    for item in items:
        _selection(prepared, place, item)


def _selection(prepared: Prepared, place: etree._Element, item: Item) -> None:
    passage = item.passage
    who = {"creatingUser": _guid(prepared, "user", passage.creator)} if passage.creator else {}
    selection = _child(
        place,
        "PlainTextSelection",
        {
            "guid": _guid(prepared, "passage", passage.id),
            "name": " ".join(passage.quote.split())[:60],
            "startPosition": str(passage.anchor.start),
            "endPosition": str(passage.anchor.end),
            "creationDateTime": passage.created,
            "modifiedDateTime": passage.modified,
            **who,
        },
    )
    for entity in item.entities:
        coding = _child(
            selection,
            "Coding",
            {
                "guid": _guid(prepared, "coding", passage.id, entity.id),
                "creationDateTime": passage.created,
                **who,
            },
        )
        _child(coding, "CodeRef", {"targetGUID": _guid(prepared, "entity", entity.id)})
    if passage.note:
        _child(selection, "NoteRef", {"targetGUID": _guid(prepared, "memo", passage.id)})


def _note(prepared: Prepared, notes: etree._Element, item: Item) -> None:
    passage = item.passage
    note = _child(
        notes,
        "Note",
        {
            "guid": _guid(prepared, "memo", passage.id),
            "name": f"Memo on passage {item.number}",
            "creationDateTime": passage.created,
        },
    )
    _child(note, "PlainTextContent", text=passage.note)


def _namespace(address: str) -> dict[str, str]:
    return cast("dict[str, str]", {None: address})


def _guid(prepared: Prepared, *names: str) -> str:
    return str(prepared.content.uuid_of(*names))


def _attributes(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: xml_text(str(value)) for name, value in values.items()}


def _child(
    parent: etree._Element,
    name: str,
    attributes: Mapping[str, str] | Iterable[tuple[str, str]] = (),
    text: str = "",
    namespace: str = PROJECT,
) -> etree._Element:
    child = etree.SubElement(parent, f"{{{namespace}}}{name}", _attributes(dict(attributes)))
    if text:
        child.text = xml_text(text)
    return child


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
