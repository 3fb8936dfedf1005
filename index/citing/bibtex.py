"""BibTeX as biblatex reads it: CSL items written, and read back."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from index.citing.rich import without_marks

TYPES = {
    "report": "report",
    "book": "book",
    "chapter": "incollection",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "article": "article",
    "webpage": "online",
    "post": "online",
    "post-weblog": "online",
    "thesis": "thesis",
    "legislation": "legislation",
    "bill": "legislation",
    "regulation": "legislation",
    "treaty": "legislation",
    "legal_case": "jurisdiction",
    "manuscript": "unpublished",
    "paper-conference": "inproceedings",
    "dataset": "dataset",
    "interview": "misc",
    "document": "misc",
}
FIELDS = {
    "title": "title",
    "publisher": "publisher",
    "publisher-place": "location",
    "collection-title": "series",
    "container-title": "booktitle",
    "number": "number",
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "page": "pages",
    "genre": "type",
    "URL": "url",
    "DOI": "doi",
    "ISBN": "isbn",
    "ISSN": "issn",
    "language": "langid",
    "abstract": "abstract",
    "note": "note",
    "keyword": "keywords",
}
LANGUAGES = {"en": "english", "ru": "russian", "de": "german", "fr": "french", "kk": "kazakh",
             "uk": "ukrainian", "tr": "turkish", "es": "spanish"}  # fmt: skip
VERBATIM = frozenset(("url", "doi"))
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def write(items: Iterable[Mapping[str, Any]]) -> str:
    """Return a `.bib` file of CSL items, its keys unique."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    library = Library()
    taken: set[str] = set()
    for item in items:
        kind = TYPES.get(str(item.get("type")), "misc")
        fields = [Field(name, f"{{{value}}}") for name, value in _fields(item, kind)]
        library.add(Entry(kind, key_of(item, taken), fields))
    return str(write_string(library, unparse_stack=[]))


def key_of(item: Mapping[str, Any], taken: set[str]) -> str:
    """Return a citation key of Latin letters that is not taken yet, and take it."""
    from anyascii import anyascii

    names = item.get("author") or item.get("editor") or [{}]
    first = names[0].get("family") or names[0].get("literal") or ""
    words = re.findall("[a-z0-9]+", anyascii(first).lower())[:1]
    words += [str(part) for part in _date_parts(item)[:1]]
    title = re.findall("[a-z0-9]+", anyascii(str(item.get("title", ""))).lower())
    words += [word for word in title if len(word) > 3][:1]
    key = base = "".join(words) or "document"
    number = 0
    while key in taken:
        number += 1
        key = f"{base}{_letters(number)}"
    taken.add(key)
    return key


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(97 + rest) + text
    return text


def _fields(item: Mapping[str, Any], kind: str) -> Iterable[tuple[str, str]]:
    for role in ("author", "editor", "translator"):
        if item.get(role):
            yield role, " and ".join(_name(name) for name in item[role])
    for key, name in FIELDS.items():
        value = item.get(key)
        if value in (None, ""):
            continue
        text = one_line(str(value))
        if key == "language":
            text = LANGUAGES.get(text.split("-")[0].lower(), text)
        if key == "publisher" and kind in ("report", "thesis"):
            name = "institution"
        if key == "container-title" and kind == "article":
            name = "journaltitle"
        yield name, _verbatim(text) if name in VERBATIM else escape(text)
    if date := "-".join(f"{part:02d}" for part in _date_parts(item)):
        yield "date", date
    if accessed := "-".join(f"{part:02d}" for part in _date_parts(item, "accessed")):
        yield "urldate", accessed


def _date_parts(item: Mapping[str, Any], key: str = "issued") -> list[int]:
    parts = (item.get(key) or {}).get("date-parts") or [[]]
    return [int(part) for part in parts[0]]


def _name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return f"{{{escape(one_line(name['literal']))}}}"
    particle = name.get("non-dropping-particle") or name.get("dropping-particle") or ""
    family = " ".join(part for part in (particle, name.get("family", "")) if part)
    parts = [family, name.get("suffix", ""), name.get("given", "")]
    text = ", ".join(escape(one_line(part)) for part in parts if part)
    return f"{{{text}}}" if " and " in text else text


def one_line(text: str) -> str:
    """Return text on one line without controls."""
    text = "".join(
        " " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign
        for sign in without_marks(text)
    )
    return " ".join(text.split())


def escape(text: str) -> str:
    """Return text in which LaTeX runs nothing."""
    return "".join(_SPECIAL.get(sign, sign) for sign in text)


def _verbatim(text: str) -> str:
    """Return an address, which biblatex takes as it is but for braces and back slashes."""
    return text.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D").replace(" ", "%20")
