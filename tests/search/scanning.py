"""Answering a query by reading every page: what the index is checked against."""

from index.search.analysis import tokens
from index.search.matching import Finder
from index.search.query import And, Everything, Node, Not, Or, Phrase, Word


def scan(pages: list[str], node: Node) -> set[int]:
    """Return the numbers of the pages that match a query without fields."""
    finder = Finder(())
    return {
        n
        for n, text in enumerate(pages)
        if matches(node, [token.form for token in tokens(text)], finder)
    }


def matches(node: Node, found: list[str], finder: Finder) -> bool:
    """Whether a page of these tokens matches."""
    match node:
        case And(parts):
            return all(matches(part, found, finder) for part in parts)
        case Or(parts):
            return any(matches(part, found, finder) for part in parts)
        case Not(part):
            return not matches(part, found, finder)
        case Everything():
            return True
        case Word():
            return bool(finder.places(node, found))
        case Phrase(slop=None):
            return bool(finder.runs(node, found))
        case Phrase():
            return bool(finder.windows(node, found))
        case _:
            return False
