"""Proposals as rows: found as, in context, why."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from app.models.passages_model import on_one_line
from app.models.rows import RowsModel
from index.model import How, Mention

BEFORE, AFTER = 70, 110  # characters of context
EXACT = (How.NAME, How.ALIAS)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mention with what stands around it, fit to read; `others` are names that fit as well."""

    mention: Mention
    before: str
    words: str
    after: str
    title: str  # of the document
    place: str  # "p. 6" or "¶ 12–15"
    page: int  # counted from 1
    others: tuple[str, ...] = ()
    entity: str = ""  # whom it means, where the rows are of several entities

    @property
    def second(self) -> str:
        """What stands under the words: whom they mean, or the document."""
        return f"→ {self.entity}" if self.entity else self.title

    @property
    def exact(self) -> bool:
        """Whether the words are a name of the entity as it is listed, and of nobody else."""
        return self.mention.how in EXACT and not self.mention.others

    @property
    def why(self) -> str:
        """Why it is proposed, in words."""
        reason = self.mention.reason or {
            How.NAME: "exact",
            How.ALIAS: "an alias on the list",
            How.VARIANT: "another spelling",
            How.SURNAME: "surname alone; the full name stands in this document",
        }.get(self.mention.how, "")
        if self.others:
            return f"may be {' or '.join(self.others)} as well (2)"
        return reason


class ProposalColumn(IntEnum):
    """The columns, in order."""

    FOUND = 0
    CONTEXT = 1
    WHY = 2


class ProposalsModel(RowsModel[Proposal]):
    """Holds the proposals for one entity."""

    columns = ProposalColumn
    titles = ("Found as", "In context", "Why")

    def key(self, row: Proposal) -> str:
        """Return what identifies a mention."""
        mention = row.mention
        return f"{mention.document} {mention.start} {mention.end} {mention.entity}"

    def value(self, row: Proposal, column: int) -> Any:
        """Return the native value of a cell."""
        match column:
            case ProposalColumn.FOUND:
                return row.words.casefold()
            case ProposalColumn.CONTEXT:
                return (row.title.casefold(), row.mention.start)
        return -row.mention.score

    def text(self, row: Proposal, column: int) -> str:
        """Return a cell as it is read."""
        match column:
            case ProposalColumn.FOUND:
                return f"{row.words}, {row.second}, {row.place}"
            case ProposalColumn.CONTEXT:
                return f"{row.before}{row.words}{row.after}"
        return row.why

    def tip(self, row: Proposal) -> str:
        """Return document, place and context."""
        meant = f"{row.second}\n" if row.entity else ""
        return f"{meant}{row.title}, {row.place}\n\n{row.before}{row.words}{row.after}\n\n{row.why}"


def around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return what stands before, in and after a range, cut at words and on one line."""
    low, high = max(0, start - BEFORE), min(len(text), end + AFTER)
    before, after = text[low:start], text[end:high]
    if low:
        before = before.partition(" ")[2] or before
    if high < len(text):
        after = after.rpartition(" ")[0] or after
    left = on_one_line(f"|{before}|")[1:-1]
    right = on_one_line(f"|{after}|")[1:-1]
    return (
        f"{'…' if low else ''}{left}",
        on_one_line(text[start:end]),
        f"{right}{'…' if high < len(text) else ''}",
    )
