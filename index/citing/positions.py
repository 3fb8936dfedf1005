"""Where citations stand among one another: first, again, right after; and same years told apart."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from index.citing.locators import Place
from index.model import Document

NEAR = 5


class Position(StrEnum):
    """Where a citation stands among those before it."""

    FIRST = "first"
    SUBSEQUENT = "subsequent"
    NEAR = "near"
    IBID = "ibid"
    IBID_ELSEWHERE = "ibid-with-locator"


def position_of(
    cites: Sequence[tuple[Document, Place | None]], n: int, last: Mapping[str, int]
) -> Position:
    """Return how citation `n` stands; `last` is where each document was cited before."""
    document, place = cites[n]
    if document.id not in last:
        return Position.FIRST
    if last[document.id] == n - 1:
        if place == cites[n - 1][1]:
            return Position.IBID
        if place is not None:
            return Position.IBID_ELSEWHERE
    return Position.NEAR if n - last[document.id] <= NEAR else Position.SUBSEQUENT


def year_suffixes(documents: Sequence[Document]) -> dict[str, str]:
    """Return the letter of each document that shares its authors and year with another."""
    groups: dict[tuple[tuple[str, ...], str], list[Document]] = {}
    for document in documents:
        if document.issued and document.authors:
            groups.setdefault((document.authors, document.issued[:4]), []).append(document)
    return {
        document.id: _letters(number)
        for group in groups.values()
        if len(group) > 1
        for number, document in enumerate(
            sorted(group, key=lambda one: (one.title.casefold(), one.id))
        )
    }


def sharing_authors(documents: Sequence[Document]) -> frozenset[str]:
    """Return the documents whose authors have others too: a short citation confuses them."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for document in documents:
        if document.authors:
            groups.setdefault(document.authors, []).append(document.id)
    return frozenset(one for group in groups.values() if len(group) > 1 for one in group)


def _letters(number: int) -> str:
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(97 + rest) + text
    return text
