"""Codebooks of other programs: REFI-QDA (.qdc), Taguette, and INCEpTION's gazetteers."""

import csv
import io
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lxml import etree

from index.entities.entry import ListEntry, ListReading
from index.entities.tables import kind_of, quoted, rows_of, split_names, unquoted
from index.errors import BadInput
from index.model import ENTITY_KINDS, Alias, Entity

CODEBOOK = "urn:QDA-XML:codebook:1.0"
PROJECT = "urn:QDA-XML:project:1.0"
OWN = uuid.UUID("5f0c4a52-7c3b-5d0e-9a34-3a9b6f3f0b11")
ALIASES = "Aliases: "
DEEPEST = 50


def guid(name: str) -> str:
    """Return the same GUID for the same thing, whenever it is exported."""
    return str(uuid.uuid5(OWN, name))


def read_codebook(data: bytes) -> ListReading:
    """Read a REFI-QDA codebook or project; document types and entities are refused."""
    if b"<!DOCTYPE" in data[:4096].upper() or b"<!ENTITY" in data.upper():
        raise BadInput("The codebook holds a document type, which is not safe to read.")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BadInput(f"The codebook is not well-formed XML: {error.msg}.") from error
    kinds = _kinds(root)
    entries: list[ListEntry] = []
    problems: list[str] = []
    for element, above, depth in _codes(root):
        name = " ".join((element.get("name") or "").split())
        line = _line(element)
        if not name:
            problems.append(f"Line {line}: the code has no name.")
        elif depth > DEEPEST:
            problems.append(f"Line {line}: “{name}” stands too deep.")
        else:
            entries.append(_entry(element, name, above, kinds, line))
    return ListReading(tuple(entries), tuple(problems))


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _line(element: etree._Element) -> int:
    found = element.sourceline
    return found if isinstance(found, int) else 0


def _codes(root: etree._Element) -> Iterator[tuple[etree._Element, str, int]]:
    """Yield every code with the name of the code it stands under."""
    for element in root.iter():
        if _local(element) != "Code":
            continue
        parent = element.getparent()
        above = ""
        if parent is not None and _local(parent) == "Code":
            above = " ".join((parent.get("name") or "").split())
        yield element, above, sum(1 for _ in element.iterancestors())


def _kinds(root: etree._Element) -> dict[str, str]:
    """Return the kind of each code that is a member of a set named after one."""
    kinds: dict[str, str] = {}
    for element in root.iter():
        if _local(element) != "Set":
            continue
        kind = kind_of(element.get("name") or "")
        for member in element if kind else ():
            if _local(member) == "MemberCode":
                kinds[(member.get("targetGUID") or member.get("guid") or "").lower()] = kind
    return kinds


def _entry(
    element: etree._Element, name: str, above: str, kinds: dict[str, str], line: int
) -> ListEntry:
    description = ""
    for child in element:
        if _local(child) == "Description":
            description = (child.text or "").strip()
    kind = kinds.get((element.get("guid") or "").lower(), "Theme")
    lines = description.splitlines()
    aliases = [
        alias
        for each in lines
        if each.startswith(ALIASES)
        for alias in split_names(each.removeprefix(ALIASES))
    ]
    return ListEntry(
        kind=kind,
        name=name,
        aliases=tuple(map(Alias, aliases)),
        description="\n".join(each for each in lines if not each.startswith(ALIASES)),
        color=_color(element.get("color") or ""),
        parent=above if kind == "Theme" else "",
        external={"refi-qda": code} if (code := element.get("guid")) else {},
        line=line,
    )


def _color(text: str) -> str:
    digits = text.removeprefix("#").lower()
    return f"#{digits}" if len(digits) == 6 and set(digits) <= set("0123456789abcdef") else ""


def write_codebook(entities: Sequence[Entity]) -> bytes:
    """Return entities as a REFI-QDA codebook: themes nested, kinds as sets."""
    root = etree.fromstring(f'<CodeBook xmlns="{CODEBOOK}"/>')
    codes = etree.SubElement(root, f"{{{CODEBOOK}}}Codes")
    known = {entity.id for entity in entities}
    below: dict[str | None, list[Entity]] = {}
    for entity in entities:
        above = entity.parent if entity.parent in known else None
        below.setdefault(above, []).append(entity)
    _write_codes(codes, below, None)
    sets = etree.SubElement(root, f"{{{CODEBOOK}}}Sets")
    for kind in ENTITY_KINDS:
        members = [entity for entity in entities if entity.kind == kind]
        if members:
            group = etree.SubElement(
                sets, f"{{{CODEBOOK}}}Set", guid=guid(f"kind {kind}"), name=kind
            )
            for entity in members:
                etree.SubElement(group, f"{{{CODEBOOK}}}MemberCode", targetGUID=_guid_of(entity))
    if not len(sets):
        root.remove(sets)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def _guid_of(entity: Entity) -> str:
    return entity.external.get("refi-qda") or guid(entity.id)


def _write_codes(
    where: etree._Element, below: dict[str | None, list[Entity]], above: str | None
) -> None:
    for entity in below.get(above, ()):
        code = etree.SubElement(
            where,
            f"{{{CODEBOOK}}}Code",
            guid=_guid_of(entity),
            name=_xml_safe(entity.name),
            isCodable="true",
        )
        if entity.color:
            code.set("color", entity.color.upper())
        lines = [entity.description] if entity.description else []
        if entity.aliases:
            lines.append(ALIASES + "; ".join(alias.name for alias in entity.aliases))
        if lines:
            description = etree.SubElement(code, f"{{{CODEBOOK}}}Description")
            description.text = _xml_safe("\n".join(lines))
        _write_codes(code, below, entity.id)


def _xml_safe(text: str) -> str:
    return "".join(
        sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff")
    )


def read_taguette(text: str) -> ListReading:
    """Read a Taguette codebook (`tag` or `name` or `path`, `description`) as themes.

    A dot in a tag parts it from the tags above it.
    """
    rows = list(rows_of(text))
    headers = [cell.strip().casefold() for cell in rows[0][1]]
    at = next(headers.index(name) for name in ("path", "tag", "name") if name in headers)
    about = headers.index("description") if "description" in headers else -1
    entries: list[ListEntry] = []
    problems: list[str] = []
    for line, row in rows[1:]:
        name = unquoted(row[at]).strip() if at < len(row) else ""
        if not name:
            problems.append(f"Line {line} has no name.")
            continue
        above = name.rpartition(".")[0].strip()
        description = unquoted(row[about]).strip() if 0 <= about < len(row) else ""
        entries.append(
            ListEntry(
                kind="Theme",
                name=name,
                description=description,
                parent=above,
                line=line,
                bare=True,
                kindless=True,
            )
        )
    named = {entry.name for entry in entries}
    kept = [entry if entry.parent in named else replace(entry, parent="") for entry in entries]
    return ListReading(tuple(kept), tuple(problems))


def write_taguette(entities: Iterable[Entity]) -> str:
    """Return entities as a Taguette codebook."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("tag", "description"))
    for entity in entities:
        writer.writerow((quoted(entity.name), quoted(entity.description)))
    return out.getvalue()


def read_gazetteer(text: str) -> ListReading:
    """Read an INCEpTION gazetteer: a name, a tab, and its kind; `#` begins a remark."""
    entries: list[ListEntry] = []
    problems: list[str] = []
    for line, row in enumerate(text.splitlines(), start=1):
        if not row.strip() or row.startswith("#"):
            continue
        name, _, label = row.partition("\t")
        kind = kind_of(label) or ("" if label.strip() else "Theme")
        if not name.strip():
            problems.append(f"Line {line} has no name.")
        elif not kind:
            problems.append(f"Line {line}: “{label.strip()}” is no kind.")
        else:
            entries.append(ListEntry(kind, " ".join(name.split()), line=line, bare=True))
    return ListReading(tuple(entries), tuple(problems))


def write_gazetteer(entities: Iterable[Entity]) -> str:
    """Return every name and alias with its kind, a line each."""
    lines = ["# name and kind, parted by a tab"]
    for entity in entities:
        lines += [
            f"{name}\t{entity.kind}"
            for name in dict.fromkeys(
                (entity.name, *(alias.name for alias in entity.aliases if not alias.weak))
            )
        ]
    return "\n".join(lines) + "\n"
