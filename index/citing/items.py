"""CSL items: what the processor can take, and what a CSL-JSON file may hold."""

from collections.abc import Mapping
from typing import Any

from index.citing.rich import without_marks
from index.model import Document

NAMES = frozenset(
    (
        "author chair collection-editor compiler composer container-author contributor curator "
        "director editor editorial-director executive-producer guest host illustrator interviewer "
        "narrator organizer original-author performer producer recipient reviewed-author "
        "script-writer series-creator translator"
    ).split()
)
DATES = frozenset("accessed available-date event-date issued original-date submitted".split())
STRINGS = frozenset(
    (
        "abstract annote archive archive_collection archive_location archive-place authority "
        "call-number chapter-number citation-key citation-label citation-number collection-number "
        "collection-title container-title container-title-short dimensions division DOI edition "
        "event event-title event-place first-reference-note-number genre ISBN ISSN issue "
        "jurisdiction journalAbbreviation keyword language locator medium note number "
        "number-of-pages number-of-volumes original-publisher original-publisher-place "
        "original-title page page-first part part-title PMCID PMID printing publisher "
        "publisher-place references reviewed-genre reviewed-title scale section shortTitle source "
        "status supplement title title-short URL version volume volume-title "
        "volume-title-short year-suffix"
    ).split()
)
NAME_PARTS = (
    "family",
    "given",
    "dropping-particle",
    "non-dropping-particle",
    "suffix",
    "literal",
)
TYPES = frozenset(
    (
        "article article-journal article-magazine article-newspaper bill book broadcast chapter "
        "classic collection dataset document entry entry-dictionary entry-encyclopedia event "
        "figure graphic hearing interview legal_case legislation manuscript map motion_picture "
        "musical_score pamphlet paper-conference patent performance periodical "
        "personal_communication post post-weblog regulation report review review-book software "
        "song speech standard thesis treaty webpage"
    ).split()
)
# What the processor calls an unknown variable would end in a warning for each citation.
_UNKNOWN_TO_PROCESSOR = frozenset(
    (
        "archive_collection chapter-number citation-key division event-title journalAbbreviation "
        "part part-title printing reviewed-genre reviewed-title scale supplement volume-title "
        "volume-title-short"
    ).split()
)
_PROCESSOR_NAMES = frozenset(
    (
        "author collection-editor composer container-author editor editorial-director illustrator "
        "interviewer original-author recipient translator"
    ).split()
)
_PROCESSOR_DATES = frozenset("accessed event-date issued original-date submitted".split())


def clean(csl: Mapping[str, Any], identity: str) -> dict[str, Any]:
    """Return an item with only what the CSL-JSON schema knows; the rest goes into `custom`."""
    item: dict[str, Any] = {"id": identity, "type": _type(csl)}
    given = csl.get("custom")
    custom: dict[str, Any] = dict(given) if isinstance(given, Mapping) else {}
    for key, value in csl.items():
        if key in ("id", "type", "custom"):
            continue
        kept = _value(key, value)
        if kept is None:
            if value not in (None, "", [], {}) and not _known(key):
                custom[key] = value
        else:
            item[key] = kept
    if custom:
        item["custom"] = custom
    return item


def of_document(document: Document) -> dict[str, Any]:
    """Return the CSL-JSON item of a document, its original's hash in `custom`."""
    item = clean(document.csl, document.id)
    item.setdefault("title", document.title)
    item["custom"] = {**item.get("custom", {}), "sha256": document.sha256}
    return item


def for_processor(csl: Mapping[str, Any], identity: str) -> dict[str, Any]:
    """Return an item that the citation processor takes without complaint."""
    item: dict[str, Any] = {}
    for key, value in clean(csl, identity).items():
        if key in NAMES:
            if key in _PROCESSOR_NAMES:
                item[key] = [_processor_name(name) for name in value]
        elif key in DATES:
            date = _processor_date(value) if key in _PROCESSOR_DATES else None
            if date:
                item[key] = date
        elif key in STRINGS and key not in _UNKNOWN_TO_PROCESSOR:
            item["title-short" if key == "shortTitle" else key] = without_marks(str(value))
    item["id"] = identity
    item["type"] = _type(csl)
    return item


def _known(key: str) -> bool:
    return key in NAMES or key in DATES or key in STRINGS


def _type(csl: Mapping[str, Any]) -> str:
    kind = str(csl.get("type", ""))
    return kind if kind in TYPES else "document"


def _value(key: str, value: Any) -> Any:
    if key in NAMES:
        return _names(value) or None
    if key in DATES:
        return _date(value)
    if key in STRINGS and isinstance(value, str | int | float) and str(value).strip():
        return value if isinstance(value, str) else str(value)
    return None


def _names(value: Any) -> list[dict[str, str]]:
    if not isinstance(value, list | tuple):
        return []
    found = []
    for name in value:
        parts = (
            {part: str(name[part]) for part in NAME_PARTS if name.get(part)}
            if isinstance(name, Mapping)
            else {"literal": str(name)}
        )
        if "literal" in parts:
            parts = {"literal": parts["literal"]}
        if "family" in parts or "literal" in parts or "given" in parts:
            found.append(parts)
    return found


def _date(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        return None
    ranges = [
        [int(part) for part in parts if str(part).lstrip("-").isdecimal()][:3]
        for parts in value.get("date-parts") or []
        if isinstance(parts, list | tuple)
    ]
    ranges = [parts for parts in ranges if parts]
    if ranges:
        date: dict[str, Any] = {"date-parts": ranges[:2]}
        if value.get("circa"):
            date["circa"] = True
        return date
    for key in ("literal", "raw"):
        if isinstance(value.get(key), str) and value[key].strip():
            return {key: value[key]}
    return None


def _processor_name(name: Mapping[str, str]) -> dict[str, str]:
    if "family" not in name and "given" in name:
        return {"literal": without_marks(name["given"])}
    return {part: without_marks(text) for part, text in name.items()}


def _processor_date(date: Mapping[str, Any]) -> dict[str, Any]:
    if "raw" in date:
        return {"literal": without_marks(date["raw"])}
    if "literal" in date:
        return {"literal": without_marks(date["literal"])}
    return dict(date)
