"""What Zotero exports: citation data (CSL-JSON, BibTeX, RIS) and its annotations as JSON."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from index.citing import items
from index.citing.bibtex import FIELDS, LANGUAGES, TYPES
from index.citing.ris import TYPES as RIS_TYPES
from index.errors import BadInput
from index.exchange.hardened import read_text
from index.exchange.incoming import (
    Incoming,
    IncomingDocument,
    IncomingEntity,
    IncomingPassage,
)

_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?")
_LATEX = re.compile(r"\\([{}$&%#_])")
_WORDS = {r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^"}


def read_csl(value: Any) -> Incoming:
    """Return the documents of a CSL-JSON list."""
    found = [one for one in value if isinstance(one, Mapping) and "type" in one]
    return _documents(items.clean(one, str(one.get("id", n))) for n, one in enumerate(found))


def read_bibtex(path: Path) -> Incoming:
    """Return the documents of a `.bib` file."""
    from bibtexparser.entrypoint import parse_string

    library = parse_string(read_text(path))
    if not library.entries:
        raise BadInput(f"{path.name} holds no references.")
    found = _documents(_from_bibtex(entry) for entry in library.entries)
    failed = len(library.failed_blocks)
    count = "1 reference" if failed == 1 else f"{failed} references"
    problems = (f"{count} of {path.name} could not be read.",) if failed else ()
    return Incoming(found.documents, problems=problems)


def read_ris(path: Path) -> Incoming:
    """Return the documents of a `.ris` file."""
    import rispy

    try:
        entries = rispy.loads(read_text(path))
    except (ValueError, OSError, KeyError, IndexError) as error:
        raise BadInput(f"{path.name} is not RIS that can be read.") from error
    if not entries:
        raise BadInput(f"{path.name} holds no references.")
    return _documents(_from_ris(entry, n) for n, entry in enumerate(entries))


def is_annotation(value: Any) -> bool:
    """Say whether a JSON object is an annotation as Zotero writes it."""
    return isinstance(value, Mapping) and (
        "annotationText" in _data(value) or ("position" in value and "sortIndex" in value)
    )


def read_annotations(values: list[Any]) -> Incoming:
    """Return the highlights of an annotation export; their documents must be in the archive."""
    passages, tags, documents = [], {}, {}
    for value in values:
        one = _data(value)
        quote = str(one.get("annotationText") or one.get("text") or "")
        if not quote.strip():
            continue
        names = [str(tag.get("tag") or tag.get("name") or "") for tag in one.get("tags") or ()]
        tags.update(dict.fromkeys(name for name in names if name))
        key = str(one.get("attachmentTitle") or one.get("parentItem") or one.get("source") or "")
        documents[key] = IncomingDocument(key, key, key)
        position = one.get("position")
        page = position.get("pageIndex") if isinstance(position, Mapping) else None
        passages.append(
            IncomingPassage(
                document=key,
                quote=quote,
                entities=tuple(name for name in names if name),
                note=str(one.get("annotationComment") or one.get("comment") or ""),
                page=page + 1 if isinstance(page, int) else None,
                creator=str(one.get("annotationAuthorName") or one.get("authorName") or ""),
                created=str(one.get("dateAdded") or one.get("dateModified") or ""),
            )
        )
    entities = tuple(IncomingEntity(tag, "Theme", tag) for tag in tags)
    return Incoming(tuple(documents.values()), entities, tuple(passages))


def _data(value: Any) -> Mapping[str, Any]:
    data = value.get("data", value) if isinstance(value, Mapping) else {}
    return data if isinstance(data, Mapping) else {}


def _documents(found: Iterator[dict[str, Any]]) -> Incoming:
    return Incoming(
        tuple(
            IncomingDocument(
                key=item["id"],
                title=str(item.get("title", "")),
                sha256=str((item.get("custom") or {}).get("sha256", "")),
                csl=item,
            )
            for item in found
        )
    )


def _from_bibtex(entry: Any) -> dict[str, Any]:
    kinds = {name: kind for kind, name in reversed(TYPES.items())}
    fields = {name.lower(): str(field.value) for name, field in entry.fields_dict.items()}
    item: dict[str, Any] = {"type": kinds.get(entry.entry_type.lower(), "document")}
    names = {name: key for key, name in FIELDS.items()} | {
        "institution": "publisher",
        "journaltitle": "container-title",
        "journal": "container-title",
        "address": "publisher-place",
    }
    languages = {name: code for code, name in LANGUAGES.items()}
    for name, value in fields.items():
        if name in ("author", "editor", "translator"):
            item[name] = [_name(part) for part in _split_names(value)]
        elif name in ("date", "year", "urldate"):
            item.setdefault("accessed" if name == "urldate" else "issued", _date(value))
        elif name in names:
            text = _plain(value)
            item[names[name]] = languages.get(text, text) if name == "langid" else text
    return items.clean({key: value for key, value in item.items() if value}, entry.key)


def _split_names(value: str) -> list[str]:
    """Return the names of a field, “and” inside braces left alone."""
    parts, depth, current = [], 0, ""
    for word in re.split(r"(\s+)", value):
        depth += word.count("{") - word.count("}")
        if word == "and" and depth <= 0:
            parts.append(current)
            current = ""
        else:
            current += word
    return [part.strip() for part in (*parts, current) if part.strip()]


def _name(text: str) -> dict[str, str]:
    if text.startswith("{") and text.endswith("}"):
        return {"literal": _plain(text)}
    parts = [_plain(part.strip()) for part in text.split(",")]
    if len(parts) == 1:
        given, _, family = parts[0].rpartition(" ")
        return {"family": family, "given": given} if given else {"literal": family}
    name = {"family": parts[0], "given": parts[-1]}
    return {**name, "suffix": parts[1]} if len(parts) > 2 else name


def _plain(text: str) -> str:
    for code, sign in _WORDS.items():
        text = text.replace(code, sign)
    text = re.sub(r"(?<!\\)[{}]", "", text)
    return " ".join(_LATEX.sub(r"\1", text).split())


def _date(text: str) -> dict[str, Any] | None:
    match = _DATE.match(text.strip())
    if match is None:
        return {"literal": text.strip()} if text.strip() else None
    return {"date-parts": [[int(part) for part in match.groups() if part]]}


def _from_ris(entry: Mapping[str, Any], number: int) -> dict[str, Any]:
    kinds = {name: kind for kind, name in reversed(RIS_TYPES.items())}
    item: dict[str, Any] = {
        "type": kinds.get(str(entry.get("type_of_reference")), "document"),
        "title": entry.get("title") or entry.get("primary_title"),
        "container-title": entry.get("secondary_title") or entry.get("journal_name"),
        "collection-title": entry.get("tertiary_title"),
        "publisher": entry.get("publisher"),
        "publisher-place": entry.get("place_published"),
        "volume": entry.get("volume"),
        "number": entry.get("number"),
        "DOI": entry.get("doi"),
        "language": entry.get("language"),
        "genre": entry.get("type_of_work"),
        "URL": next(iter(entry.get("urls") or ()), None),
        "issued": _date(str(entry.get("date") or entry.get("year") or "")),
        "author": [_ris_name(name) for name in entry.get("authors") or ()],
        "editor": [_ris_name(name) for name in entry.get("secondary_authors") or ()],
    }
    known = {key: value for key, value in item.items() if value}
    return items.clean(known, str(entry.get("id") or number))


def _ris_name(text: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in text.partition(","))
    return {"family": family, "given": given} if comma and given else {"literal": family}
