"""What the REFI-QDA 1.0 schemas require, as tables: child order, attributes, references."""

import re
from collections.abc import Iterable

from lxml import etree

GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
COLOR = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
TEXT_CHILDREN = (
    "Description PlainTextContent PlainTextSelection Coding NoteRef VariableValue".split()
)
CHILDREN = {
    "Project": "Users CodeBook Variables Cases Sources Notes Links Sets Graphs Description NoteRef"
    .split(),
    "Users": ["User"],
    "CodeBook": ["Codes", "Sets"],
    "Codes": ["Code"],
    "Code": ["Description", "NoteRef", "Code"],
    "Sets": ["Set"],
    "Set": ["Description", "MemberCode", "MemberSource", "MemberNote"],
    "Sources": ["TextSource", "PDFSource"],
    "TextSource": TEXT_CHILDREN,
    "Representation": TEXT_CHILDREN,
    "Note": TEXT_CHILDREN,
    "Notes": ["Note"],
    "PDFSource": "Description PDFSelection Representation Coding NoteRef VariableValue".split(),
    "PlainTextSelection": ["Description", "Coding", "NoteRef"],
    "Coding": ["CodeRef", "NoteRef"],
}  # fmt: skip
STAMPS = {"creatingUser", "creationDateTime", "modifyingUser", "modifiedDateTime"}
REQUIRED = {
    "Project": {"name"},
    "User": {"guid"},
    "Code": {"guid", "name", "isCodable"},
    "Set": {"guid", "name"},
    "TextSource": {"guid"},
    "Representation": {"guid"},
    "Note": {"guid"},
    "PDFSource": {"guid"},
    "PlainTextSelection": {"guid", "startPosition", "endPosition"},
    "Coding": {"guid"},
    "CodeRef": {"targetGUID"},
    "NoteRef": {"targetGUID"},
}
ALLOWED = {
    "Project": {"origin", "creatingUserGUID", "creationDateTime", "modifyingUserGUID",
                "modifiedDateTime", "basePath"},
    "User": {"name", "id"},
    "Code": {"color"},
    "CodeBook": {"origin"},
    "TextSource": {"name", "richTextPath", "plainTextPath", *STAMPS},
    "Representation": {"name", "richTextPath", "plainTextPath", *STAMPS},
    "Note": {"name", "richTextPath", "plainTextPath", *STAMPS},
    "PDFSource": {"name", "path", "currentPath", *STAMPS},
    "PlainTextSelection": {"name", *STAMPS},
    "Coding": {"creatingUser", "creationDateTime"},
    "MemberCode": {"guid", "targetGUID"},
}  # fmt: skip


def problems(root: etree._Element) -> Iterable[str]:
    """Yield where a project or a codebook is not as its schema wants it."""
    guids = [one.get("guid") for one in root.iter() if one.get("guid")]
    codebook = etree.QName(root).localname == "CodeBook"
    if not codebook and len(guids) != len(set(guids)):
        yield "a GUID is used twice"
    for element in root.iter():
        name = etree.QName(element).localname
        yield from _children(element, name)
        yield from _attributes(element, name)
        target = element.get("targetGUID")
        if target and target not in guids:
            yield f"{name} points to nothing"
        if name in ("TextSource", "Representation", "Note"):
            content = [one for one in element if etree.QName(one).localname == "PlainTextContent"]
            if bool(content) == bool(element.get("plainTextPath")):
                yield f"{name} has both or neither of content and path"


def _children(element: etree._Element, name: str) -> Iterable[str]:
    order = CHILDREN.get(name, [])
    places = []
    for child in element:
        local = etree.QName(child).localname
        if local not in order:
            yield f"{local} may not stand in {name}"
        else:
            places.append(order.index(local))
    if name != "Sources" and places != sorted(places):
        yield f"the children of {name} are out of order"
    if name == "Coding" and sum(place == 0 for place in places) != 1:
        yield "a Coding has one CodeRef"


def _attributes(element: etree._Element, name: str) -> Iterable[str]:
    have = set(map(str, element.attrib))
    required, allowed = REQUIRED.get(name, set()), ALLOWED.get(name, set())
    for missing in required - have:
        yield f"{name} lacks {missing}"
    for extra in have - required - allowed:
        yield f"{name} has {extra}"
    for attribute, value in element.attrib.items():
        text, key = str(value), str(attribute)
        if key.lower().endswith("guid") and not GUID.fullmatch(text):
            yield f"{key} of {name} is no GUID"
        if key == "color" and not COLOR.fullmatch(text):
            yield f"{text} is no colour"
        if key.endswith("DateTime") and not MOMENT.fullmatch(text):
            yield f"{text} is no moment"
        if key.endswith("Position") and not text.isdigit():
            yield f"{text} is no position"
