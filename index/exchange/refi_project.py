"""REFI-QDA projects (.qdpx) read: sources, codes, codings and memos, in any child order."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from index.errors import BadInput
from index.exchange.hardened import Package, opened_zip, parse_xml, read_bytes
from index.exchange.incoming import (
    Incoming,
    IncomingDocument,
    IncomingEntity,
    IncomingPassage,
)
from index.model import ENTITY_KINDS

ALIASES = "Also: "
CONTEXT = 32


def read(path: Path) -> Incoming:
    """Return what a project holds; raise `BadInput` when it cannot be read."""
    with opened_zip(path) as package:
        names = [name for name in package.names() if name.lower().endswith(".qde")]
        if not names:
            raise BadInput(f"{path.name} holds no REFI-QDA project.")
        return _Project(package, parse_xml(package.read(names[0]), names[0])).incoming()


def read_codebook(path: Path) -> Incoming:
    """Return the codes of a codebook (.qdc) as entities."""
    root = parse_xml(read_bytes(path), path.name)
    return Incoming(entities=tuple(_Project(None, root).entities()))


class _Project:
    """One project being read."""

    def __init__(self, package: Package | None, root: etree._Element) -> None:
        self._package = package
        self._root = root
        self._problems: list[str] = []
        self._users = {one.get("guid", ""): one.get("name", "") for one in _all(root, "User")}
        self._memos = {note.get("guid", ""): self._note_text(note) for note in _all(root, "Note")}

    def incoming(self) -> Incoming:
        """Return everything."""
        documents: list[IncomingDocument] = []
        passages: list[IncomingPassage] = []
        for source in _all(self._root, "TextSource", "PDFSource"):
            document, text = self._document(source)
            documents.append(document)
            passages += self._passages(source, document.key, text)
        return Incoming(
            tuple(documents), tuple(self.entities()), tuple(passages), tuple(self._problems)
        )

    def _document(self, source: etree._Element) -> tuple[IncomingDocument, str]:
        guid, name = source.get("guid", ""), source.get("name", "") or "source"
        place = source
        if _local(source) == "PDFSource":
            place = next(_children(source, "Representation"), source)
        text = self._text(place)
        pdf = self._member(source.get("path", ""))
        data = pdf if pdf is not None else text.encode("utf-8", "surrogatepass")
        suffix = ".pdf" if pdf is not None else ".txt"
        return IncomingDocument(guid, name, name, data=data, suffix=suffix), text

    def _text(self, place: etree._Element) -> str:
        for content in _children(place, "PlainTextContent"):
            return content.text or ""
        data = self._member(place.get("plainTextPath", ""))
        return "" if data is None else data.decode("utf-8-sig", "replace")

    def _member(self, address: str) -> bytes | None:
        """Return the file that an “internal://” address names, or None."""
        if self._package is None or not address.startswith("internal://"):
            return None
        name = address.removeprefix("internal://")
        for folder in ("sources/", "Sources/", ""):
            if folder + name in self._package.names():
                return self._package.read(folder + name)
        self._problems.append(f"The project does not hold {name}.")
        return None

    def entities(self) -> Iterator[IncomingEntity]:
        """Yield the codes as entities; the set that a code is in is its kind."""
        kinds: dict[str, str] = {}
        for group in _all(self._root, "Set"):
            if group.get("name") in ENTITY_KINDS:
                for member in _children(group, "MemberCode"):
                    guid = member.get("targetGUID") or member.get("guid") or ""
                    kinds[guid] = group.get("name", "")
        for code in _all(self._root, "Code"):
            description = "".join(one.text or "" for one in _children(code, "Description"))
            lines = description.splitlines()
            aliases = [line for line in lines if line.startswith(ALIASES)]
            yield IncomingEntity(
                key=code.get("guid", ""),
                kind=kinds.get(code.get("guid", ""), "Theme"),
                name=code.get("name", ""),
                aliases=tuple(
                    name.strip()
                    for line in aliases
                    for name in line.removeprefix(ALIASES).split(";")
                    if name.strip()
                ),
                description="\n".join(line for line in lines if not line.startswith(ALIASES)),
                color=code.get("color", ""),
            )

    def _passages(
        self, source: etree._Element, document: str, text: str
    ) -> Iterator[IncomingPassage]:
        for selection in _all(source, "PlainTextSelection"):
            try:
                start = int(selection.get("startPosition", ""))
                end = int(selection.get("endPosition", ""))
            except ValueError:
                self._problems.append("A selection does not say where it stands.")
                continue
            if not 0 <= start < end <= len(text):
                self._problems.append(f"A selection from {start} to {end} is not in its text.")
                continue
            yield IncomingPassage(
                document=document,
                quote=text[start:end],
                prefix=text[max(0, start - CONTEXT) : start],
                suffix=text[end : end + CONTEXT],
                start=start,
                entities=tuple(
                    reference.get("targetGUID", "")
                    for coding in _children(selection, "Coding")
                    for reference in _children(coding, "CodeRef")
                ),
                note="\n".join(
                    self._memos.get(reference.get("targetGUID", ""), "")
                    for reference in _children(selection, "NoteRef")
                ),
                creator=self._users.get(selection.get("creatingUser", ""), ""),
                created=selection.get("creationDateTime", ""),
            )

    def _note_text(self, note: etree._Element) -> str:
        return self._text(note)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element if _local(child) == name)


def _all(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (one for one in element.iter() if _local(one) in names)
