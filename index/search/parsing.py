"""From the text of a query to its tree, with errors that say where and why."""

import re
from dataclasses import dataclass
from typing import NoReturn

from index.describing import is_date
from index.errors import BadQuery
from index.search.analysis import SPACES, TOKEN, form_of
from index.search.query import And, Field, Kind, Node, Not, Nothing, Or, Word
from index.search.query_words import SHORTEST_BEGINNING, beginning_of, phrase_of, word_of

FIELDS = ("title", "entity", "tag", "note", "language", "collection", "date")
LONGEST = 20_000
DEEPEST = 60
QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“"}

_RUN = rf"(?:[^\s()\"“”«»„]|(?<=\d)[{SPACES}](?=\d{{3}}))+"
_LEX = re.compile(
    r"(?P<space>\s+)|(?P<open>\()|(?P<close>\))"
    r"|(?P<field>[a-z]+):(?=[^\s/)])"
    rf"|(?P<empty>{'|'.join(FIELDS)}):(?=[\s)]|$)"
    r"|(?P<quote>[\"“«„])"
    rf"|(?P<word>{_RUN})"
    r"|(?P<stray>.)",
    re.IGNORECASE | re.DOTALL,
)
_AFTER = re.compile(r"(?:~(?P<slop>\d{1,4})?)?(?:\^(?P<boost>\d+(?:\.\d+)?))?")
_OPERATORS = {"AND", "OR", "NOT"}


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str  # open, close, operator, atom
    start: int
    end: int
    value: str = ""
    node: Node | None = None


def parse(query: str, *, as_you_type: bool = False) -> Node:
    """Return the tree of a query; raise `BadQuery`.

    With `as_you_type` the query is taken as unfinished: its last word is the
    beginning of a word, and what is still open counts as closed.
    """
    if len(query) > LONGEST:
        raise BadQuery(f"The query is longer than {LONGEST} characters.", LONGEST)
    parser = _Parser(query, as_you_type)
    return parser.whole()


class _Parser:
    def __init__(self, query: str, lenient: bool) -> None:
        self._query = query
        self._lenient = lenient
        self._lexemes = _lexemes(query, lenient)
        self._next = 0
        self._depth = 0

    def whole(self) -> Node:
        if not self._lexemes:
            return Nothing()
        parts = [self._either()]
        while (stray := self._peek()) is not None:
            if not self._lenient:
                self._refuse("There is nothing for this “)” to close", stray)
            self._next += 1
            if self._peek() is not None:
                parts.append(self._either())
        return _joined(And, parts)

    def _peek(self) -> _Lexeme | None:
        return self._lexemes[self._next] if self._next < len(self._lexemes) else None

    def _operator(self, *names: str) -> _Lexeme | None:
        found = self._peek()
        if found is not None and found.kind == "operator" and found.value in names:
            self._next += 1
            return found
        return None

    def _either(self) -> Node:
        parts = [self._all()]
        while self._operator("OR"):
            parts.append(self._all())
        return _joined(Or, parts)

    def _all(self) -> Node:
        parts = [self._one()]
        while True:
            joined = self._operator("AND")
            following = self._peek()
            if (
                following is None
                or following.kind == "close"
                or (following.kind, following.value) == ("operator", "OR")
            ):
                if joined is not None:
                    parts.append(self._missing(joined))
                break
            parts.append(self._one())
        return _joined(And, parts)

    def _one(self) -> Node:
        found = self._peek()
        if found is None:
            return self._missing(self._lexemes[-1])
        if found.kind == "operator" and found.value != "NOT":
            return self._missing(found)
        if found.kind == "close":
            if self._depth or self._lenient:
                return self._missing(self._lexemes[max(0, self._next - 1)])
            self._refuse("There is nothing for this “)” to close", found)
        self._next += 1
        if found.kind == "atom":
            return found.node or Nothing()
        return self._nested(found)

    def _nested(self, opening: _Lexeme) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            self._refuse("The query is nested too deeply", opening)
        if opening.kind == "operator":
            inner = self._one()
            self._depth -= 1
            return Nothing() if isinstance(inner, Nothing) else Not(inner)
        inner = self._either()
        closing = self._peek()
        if closing is None and not self._lenient:
            self._refuse("This “(” is never closed", opening)
        if closing is not None:
            self._next += 1
        self._depth -= 1
        return inner

    def _missing(self, near: _Lexeme) -> Node:
        """Refuse a query that lacks something beside `near`, or go on without it."""
        if self._lenient:
            if self._peek() is near and near.kind == "operator":
                self._next += 1
                return self._one() if self._peek() is not None else Nothing()
            return Nothing()
        why = f"There is a word missing beside “{near.value}”"
        if near.kind == "open":
            why = "There is nothing between these parentheses"
        return self._refuse(why, near)

    def _refuse(self, why: str, where: _Lexeme) -> NoReturn:
        raise BadQuery(f"{why} (character {where.start + 1}).", where.start)


def _joined(node: type[And] | type[Or], parts: list[Node]) -> Node:
    kept = tuple(dict.fromkeys(part for part in parts if not isinstance(part, Nothing)))
    if not kept:
        return Nothing()
    return kept[0] if len(kept) == 1 else node(kept)


def _lexemes(query: str, lenient: bool) -> list[_Lexeme]:
    found: list[_Lexeme] = []
    at = 0
    while at < len(query):
        match = _LEX.match(query, at)
        if match is None or match.lastgroup in ("space", "stray"):
            at = match.end() if match else at + 1
        elif match.lastgroup in ("open", "close"):
            found.append(_Lexeme(match.lastgroup, at, match.end(), match[0]))
            at = match.end()
        elif match.lastgroup == "field" and (field := _field(query, match, lenient)):
            found.append(field)
            at = field.end
        elif match.lastgroup == "empty" and not lenient and match[0].islower():
            _refuse_empty(match["empty"], match.end())
        elif match.lastgroup == "quote":
            found.append(_quoted(query, at, lenient))
            at = found[-1].end
        else:
            run = re.compile(_RUN).match(query, at)
            end = run.end() if run else at + 1
            found.append(_plain_lexeme(query, at, end, lenient))
            at = end
    return found


def _plain_lexeme(query: str, start: int, end: int, lenient: bool) -> _Lexeme:
    text = query[start:end]
    if text in _OPERATORS:
        return _Lexeme("operator", start, end, text)
    prefix = lenient and end == len(query)
    return _Lexeme("atom", start, end, text, word_of(text, start, prefix=prefix, lenient=lenient))


def _closing(query: str, start: int, lenient: bool) -> int:
    """Return where the quotation mark at `start` is closed."""
    end = query.find(QUOTES[query[start]], start + 1)
    if end < 0 and query[start] != '"':
        end = query.find('"', start + 1)
    if end < 0 and not lenient:
        raise BadQuery(f"This quotation mark is never closed (character {start + 1}).", start)
    return len(query) if end < 0 else end


def _quoted(query: str, start: int, lenient: bool) -> _Lexeme:
    close = _closing(query, start, lenient)
    after = _AFTER.match(query, min(close + 1, len(query)))
    end = after.end() if after else close + 1
    boost = float(after["boost"]) if after and after["boost"] else 1.0
    near = after is not None and "~" in after[0]
    slop = (int(after["slop"]) if after["slop"] else 1) if after and near else None
    text = query[start + 1 : close]
    words = tuple(
        Word(
            form, Kind.STEM if slop is not None else Kind.EXACT, position=start + 1 + match.start()
        )
        for match in TOKEN.finditer(text)
        if (form := form_of(match[0]))
    )
    unfinished = lenient and close >= len(query) and text[-1:].isalnum()
    if unfinished and words and len(words[-1].text) >= SHORTEST_BEGINNING:
        words = (*words[:-1], beginning_of(words[-1]))
    return _Lexeme("atom", start, max(end, close), text, phrase_of(words, slop, boost))


def _field(query: str, match: re.Match[str], lenient: bool) -> _Lexeme | None:
    name = match["field"].lower()
    start, at = match.start(), match.end()
    if name not in FIELDS:
        if query[at].isdigit() or lenient or query[at : at + 1] == "-":
            return None
        known = ", ".join(f"{field}:" for field in FIELDS)
        raise BadQuery(
            f"There is no field “{match['field']}:” (character {start + 1}); there are {known}.",
            start,
        )
    if query[at] in QUOTES:
        close = _closing(query, at, lenient)
        value, end = query[at + 1 : close], min(close + 1, len(query))
    else:
        run = re.compile(r"[^\s()]+").match(query, at)
        end = run.end() if run else at
        value = query[at:end]
    if not value.strip():
        if lenient:
            return _Lexeme("atom", start, end, name, Nothing())
        _refuse_empty(name, at)
    if name == "date" and not lenient:
        _check_date(value.strip(), at)
    return _Lexeme("atom", start, end, name, Field(name, value.strip(), start))


def _refuse_empty(name: str, at: int) -> NoReturn:
    raise BadQuery(f"There is nothing after “{name}:” (character {at}).", at)


def _check_date(value: str, at: int) -> None:
    since, _, until = value.partition("..")
    if until and since[: len(until)] > until[: len(since)]:
        raise BadQuery(f"“{value}” (character {at + 1}) ends before it begins.", at)
    for part in (since, until):
        if part and not is_date(part):
            raise BadQuery(
                f"“{part}” (character {at + 1}) is not a date such as 2016, 2016-05 or"
                " 2016-05-21, or a time such as 2016..2021.",
                at,
            )
