"""Printed page numbers: offered from running heads, made of rules, kept with the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from index import anchoring
from index.errors import BadInput
from index.methods.wording import short
from index.model import Changes
from index.reading import running_heads
from index.reading.result import Reading
from index.store.documents import LABELS_BY_HAND as BY_HAND

if TYPE_CHECKING:
    from index.library import Library

LONGEST = 64  # code points of a label
ROMAN_END = 400  # small roman digits are written below it


class Digits(StrEnum):
    """How a run of pages is numbered."""

    ARABIC = "1, 2, 3"
    ROMAN = "i, ii, iii"
    CAPITALS = "I, II, III"


def from_roman(text: str) -> int:
    """Return the number of roman digits, small or capital, 0 when they are none."""
    return running_heads.from_roman(text)


@dataclass(frozen=True, slots=True)
class Rule:
    """From page `first` (counted from 1) on, the numbers begin at `number`."""

    first: int
    number: int = 1
    digits: Digits = Digits.ARABIC

    def label(self, page: int) -> str:
        """Return what is printed on a page, counted from 1."""
        number = self.number + page - self.first
        if number < 1:
            return str(page)
        if self.digits is Digits.ARABIC or number >= ROMAN_END:
            return str(number)
        roman = running_heads.to_roman(number)
        return roman.upper() if self.digits is Digits.CAPITALS else roman


def of_rules(count: int, rules: Sequence[Rule]) -> list[str]:
    """Return the labels of `count` pages; pages before the first rule keep their place in the file.

    Raises `BadInput` when a rule begins outside the document or two on one page.
    """
    firsts = [rule.first for rule in rules]
    for first in firsts:
        if not 1 <= first <= count:
            raise BadInput(f"There is no page {first}; the document has {count}.")
        if firsts.count(first) > 1:
            raise BadInput(f"Two rules begin on page {first}.")
    labels = []
    for page in range(1, count + 1):
        over = [rule for rule in rules if rule.first <= page]
        rule = max(over, key=lambda each: each.first) if over else None
        labels.append(rule.label(page) if rule is not None else str(page))
    return labels


def rules_of(labels: Sequence[str]) -> list[Rule] | None:
    """Return the fewest rules that give these labels, or None when no rules do."""
    rules: list[Rule] = []
    for page, label in enumerate(labels, 1):
        if rules and rules[-1].label(page) == label:
            continue
        if not rules and label == str(page):
            continue
        rule = _rule_of(page, label)
        if rule is None:
            return None
        rules.append(rule)
    return rules


def _rule_of(page: int, label: str) -> Rule | None:
    if label.isascii() and label.isdecimal() and int(label) > 0 and str(int(label)) == label:
        return Rule(page, int(label))
    number = running_heads.from_roman(label)
    for digits in (Digits.ROMAN, Digits.CAPITALS):
        if number and Rule(page, number, digits).label(page) == label:
            return Rule(page, number, digits)
    return None


@dataclass(frozen=True, slots=True)
class Offered:
    """Labels that the numbers printed on the pages speak for, and on how many pages."""

    labels: tuple[str, ...]
    agreeing: int


def offered(library: Library, identity: str) -> Offered | None:
    """Return the labels the reader found printed on the pages, if they are not used already."""
    details = library.details(identity)
    labels = tuple(str(label) for label in details.get("guessed_labels", ()))
    now = tuple(page.label for page in library.pages(identity))
    if len(labels) != len(now) or labels == now or details.get(BY_HAND):
        return None
    return Offered(labels, int(details.get("guessed_labels_agreeing", 0)))


def keep(library: Library, identity: str, reading: Reading) -> Reading:
    """Return a new reading of a document with the labels that somebody gave its pages."""
    now = [page.label for page in library.pages(identity)]
    if not library.details(identity).get(BY_HAND) or len(now) != len(reading.pages):
        return reading
    pages = [replace(page, label=label) for page, label in zip(reading.pages, now, strict=True)]
    return replace(reading, pages=pages, details={**reading.details, BY_HAND: True})


def apply(library: Library, identity: str, labels: Sequence[str]) -> Changes:
    """Give the pages of a document these labels; passages follow, and it can be undone."""
    document = library.document(identity)
    clean = [" ".join(label.split()) for label in labels]
    if not document.paged or len(clean) != document.page_count:
        raise BadInput(f"“{document.title}” has {document.page_count} pages to label.")
    for page, label in enumerate(clean, 1):
        if not 0 < len(label) <= LONGEST:
            raise BadInput(f"Page {page} needs a label of at most {LONGEST} characters.")
    with library.history.action(f"Page labels of “{short(document.title)}”") as recording:
        library.documents_store.set_labels(identity, clean)
        pages = library.pages(identity)
        for passage in library.passages(document=identity):
            label = anchoring.label_of(pages, passage.anchor.start, passage.anchor.end)
            library.passages_store.set_label(passage.id, label)
    return recording.changes
