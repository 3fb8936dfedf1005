"""Correcting a document's citation data: FIELD=VALUE as people write it, CSL as it is kept."""

import re
from collections.abc import Mapping
from typing import Any

from index.errors import BadInput

NAMES = {"author": "author", "authors": "author", "editor": "editor", "translator": "translator"}
DATES = {"issued": "issued", "date": "issued", "accessed": "accessed"}
ALIASES = {
    "url": "URL",
    "address": "URL",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "place": "publisher-place",
    "series": "collection-title",
}
PLAIN = frozenset(
    (
        "title title-short publisher publisher-place genre number collection-title "
        "collection-number container-title URL DOI ISBN ISSN language archive archive_location "
        "archive-place volume issue edition page authority jurisdiction section event-title "
        "abstract keyword note version medium source status references"
    ).split()
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
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def corrected(csl: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    """Return citation data with `fields` set; an empty value takes a field away.

    Names are parted by `;`, each “Family, Given” or, for an organisation, as it
    is. Dates are YYYY, YYYY-MM or YYYY-MM-DD. Raises `BadInput` for an unknown
    field or a value that does not fit.
    """
    item = dict(csl)
    for field, value in fields.items():
        key, kept = _field(field.strip(), value.strip())
        if kept:
            item[key] = kept
        else:
            item.pop(key, None)
    item.setdefault("type", "document")
    if not item.get("title"):
        raise BadInput("A document needs a title.")
    return item


def _field(field: str, value: str) -> tuple[str, Any]:
    lower = field.lower()
    if lower in NAMES:
        return NAMES[lower], [_name(part) for part in value.split(";") if part.strip()]
    if lower in DATES:
        return DATES[lower], {"date-parts": [_date(value)]} if value else None
    if lower == "type":
        if value and value not in TYPES:
            raise BadInput(f"“{value}” is not a type of document that citations know.")
        return "type", value
    if lower == "language" and value and not LANGUAGE.fullmatch(value):
        raise BadInput(f"“{value}” is not a language code such as en, ru or kk.")
    key = ALIASES.get(lower, field if field in PLAIN else lower)
    if key not in PLAIN:
        raise BadInput(f"Documents have no field “{field}”.")
    return key, value


def _name(text: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in text.partition(","))
    if not comma:
        return {"literal": family}
    return {"family": family, "given": given} if given else {"family": family}


def is_date(text: str) -> bool:
    """Tell whether a text is YYYY, YYYY-MM or YYYY-MM-DD."""
    match = DATE.fullmatch(text)
    return match is not None and _possible([int(part) for part in match.groups() if part])


def _date(text: str) -> list[int]:
    match = DATE.fullmatch(text)
    parts = [int(part) for part in match.groups() if part] if match else []
    if not parts or not _possible(parts):
        raise BadInput(f"“{text}” is not a date such as 2016, 2016-05 or 2016-05-21.")
    return parts


def _possible(parts: list[int]) -> bool:
    month = parts[1] if len(parts) > 1 else 1
    day = parts[2] if len(parts) > 2 else 1
    return 1 <= month <= 12 and 1 <= day <= DAYS[month - 1]
