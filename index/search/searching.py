"""Answering one request from one snapshot of the index and one view of the record."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import BadQuery
from index.model import Expansion, Hit, Results, SearchRequest, Span
from index.progress import Cancelled
from index.search import faceting, suggesting
from index.search import facts as record
from index.search.analysis import printed
from index.search.executor import Compiler, ShouldStop
from index.search.facts import Facts
from index.search.folder import Snapshot
from index.search.lexicon import Lexicon
from index.search.matchers import Matcher
from index.search.matching import Finder
from index.search.parsing import parse
from index.search.query import Everything, Kind, Node, Nothing, Word, leaves
from index.search.resolving import Resolver, named, over, switches, table_of
from index.search.snippets import snippet

Numbers = NDArray[np.int64]
PageFilter = Callable[[NDArray[np.int64]], NDArray[np.bool_]]

_SHOWN_FORMS = 12


@dataclass(slots=True)
class Found:
    """Every page that matches: its id, its document, and the score where scores are wanted."""

    pages: Numbers
    documents: Numbers
    scores: NDArray[np.float32]


class Searcher:
    """Answers requests; made anew for each snapshot and each view of the record."""

    def __init__(self, snapshot: Snapshot, connection: sqlite3.Connection, facts: Facts) -> None:
        self._snapshot = snapshot
        self._connection = connection
        self._facts = facts

    def search(self, request: SearchRequest, should_stop: ShouldStop | None = None) -> Results:
        """Answer a request; raise `BadQuery` or `Cancelled`."""
        began = time.perf_counter()
        resolver = Resolver(
            self._connection, self._facts, request.without, lenient=request.as_you_type
        )
        parsed = parse(request.query, as_you_type=request.as_you_type)
        tree = resolver.tree(_whole(parsed, request))
        lexicon = Lexicon(
            self._snapshot.segments, switches(request.without), _checking(should_stop)
        )
        compiler = Compiler(
            self._snapshot.segments, self._snapshot.tokens, lexicon, resolver.table, should_stop
        )
        found = self._matches(request, compiler, compiler.compile(tree), resolver)
        order = self._order(request, found)
        finder = Finder(leaves(tree), lexicon.known)
        shown = tuple(self._hits(found, order, finder, compiler.check))
        scope = record.scope(self._facts, request)
        counts = self._facts.unsearchable if scope is None else self._facts.unsearchable[scope]
        widened = (*resolver.widened, *self._widened(tree, lexicon))
        return Results(
            query=request.query,
            hits=shown,
            pages=len(found.pages),
            documents=int(np.count_nonzero(np.bincount(found.documents))),
            unsearchable_documents=int(np.count_nonzero(counts)),
            unsearchable_pages=int(counts.sum()),
            seconds=time.perf_counter() - began,
            expansions=tuple(_sentence(expansion) for expansion in widened),
            widened=widened,
            facets=faceting.count(self._connection, self._facts, found.documents, found.pages)
            if request.facets
            else {},
            suggestion=None
            if len(found.pages) or request.as_you_type
            else suggesting.suggest(self._snapshot, request.query, tree),
        )

    def rank(
        self, request: SearchRequest, should_stop: ShouldStop | None = None
    ) -> tuple[int, list[int]]:
        """Return how many pages match and the ids of those wanted, in order, and nothing else."""
        resolver = Resolver(
            self._connection, self._facts, request.without, lenient=request.as_you_type
        )
        parsed = parse(request.query, as_you_type=request.as_you_type)
        tree = resolver.tree(_whole(parsed, request))
        lexicon = Lexicon(
            self._snapshot.segments, switches(request.without), _checking(should_stop)
        )
        compiler = Compiler(
            self._snapshot.segments, self._snapshot.tokens, lexicon, resolver.table, should_stop
        )
        found = self._matches(request, compiler, compiler.compile(tree), resolver)
        return len(found.pages), found.pages[self._order(request, found)].tolist()

    def _matches(
        self, request: SearchRequest, compiler: Compiler, matcher: Matcher, resolver: Resolver
    ) -> Found:
        filters = self._filters(request, compiler, resolver)
        pages, documents, scores = [], [], []
        for number, segment in enumerate(self._snapshot.segments):
            compiler.check()
            ids = matcher.ids(number)
            whole = ids
            keep = over(self._facts.present, segment.documents[ids])
            if segment.alive is not None:
                keep &= segment.alive[ids]
            for allowed in filters:
                keep &= allowed(number, ids)
            if not keep.all():
                ids = ids[keep]
            if request.sort == "score":
                scores.append(matcher.scores(number, ids if len(ids) < len(whole) else whole))
            else:
                scores.append(np.zeros(len(ids), np.float32))
            pages.append(segment.pages[ids])
            documents.append(segment.documents[ids])
        if not pages:
            empty = np.empty(0, np.int64)
            return Found(empty, empty, np.empty(0, np.float32))
        return Found(np.concatenate(pages), np.concatenate(documents), np.concatenate(scores))

    def _filters(
        self, request: SearchRequest, compiler: Compiler, resolver: Resolver
    ) -> list[Callable[[int, NDArray[np.int32]], NDArray[np.bool_]]]:
        segments = self._snapshot.segments
        filters: list[Callable[[int, NDArray[np.int32]], NDArray[np.bool_]]] = []
        scope = record.scope(self._facts, request)
        if scope is not None:
            filters.append(lambda n, ids: over(scope, segments[n].documents[ids]))
        if request.tagged is not None:
            tagged = table_of(record.tagged_pages(self._connection))
            filters.append(lambda n, ids: over(tagged, segments[n].pages[ids]) == request.tagged)
        if request.entity is not None:
            pages = table_of(record.tagged_pages(self._connection, request.entity))
            names = resolver.names_of(request.entity)
            matcher = compiler.compile(
                named(resolver.switched(names[0], names)) if names else Nothing()
            )

            def of_entity(number: int, ids: NDArray[np.int32]) -> NDArray[np.bool_]:
                table = np.zeros(segments[number].size, bool)
                table[matcher.ids(number)] = True
                return np.asarray(table[ids] | over(pages, segments[number].pages[ids]))

            filters.append(of_entity)
        return filters

    def _order(self, request: SearchRequest, found: Found) -> list[int]:
        """Return the places in `found` of the hits wanted, in order."""
        count = len(found.pages)
        end = min(count, request.offset + request.limit) if request.limit else count
        keys: tuple[NDArray[Any], ...]
        if request.sort == "score":
            chosen = _top(-found.scores, end)
            keys = (found.pages[chosen], -found.scores[chosen])
        else:
            ranks = self._facts.by_date if request.sort == "date" else self._facts.by_title
            rank = ranks[found.documents]
            chosen = _top(rank, end)
            keys = (found.pages[chosen], found.documents[chosen], rank[chosen])
        order = chosen[np.lexsort(keys)][request.offset : end]
        return [int(place) for place in order]

    def _hits(
        self, found: Found, order: list[int], finder: Finder, check: Callable[[], None]
    ) -> list[Hit]:
        identities = [int(found.pages[place]) for place in order]
        rows = {}
        for low in range(0, len(identities), 500):
            some = identities[low : low + 500]
            for row in self._connection.execute(
                "SELECT id, document, idx, label, start, text FROM page"
                f" WHERE id IN ({', '.join('?' * len(some))})",
                some,
            ):
                rows[row[0]] = row
        hits = []
        for place, identity in zip(order, identities, strict=True):
            check()
            if identity in rows:
                hits.append(self._hit(rows[identity], float(found.scores[place]), finder))
        return hits

    def _hit(self, row: sqlite3.Row, score: float, finder: Finder) -> Hit:
        _, document, index, label, start, text = row
        spans = finder.spans(text)
        shown, marks = snippet(text, spans)
        return Hit(
            document=self._facts.ids[document],
            title=self._facts.titles[document],
            page=index + 1,
            label=label,
            score=score,
            snippet=shown,
            snippet_matches=marks,
            matches=tuple(Span(start + span.start, start + span.end) for span, _ in spans),
        )

    def _widened(self, tree: Node, lexicon: Lexicon) -> list[Expansion]:
        found: dict[tuple[str, str], list[str]] = {}
        for leaf in leaves(tree):
            for word in (leaf,) if isinstance(leaf, Word) else leaf.words:
                if word.kind is not Kind.STEM or len(found) > _SHOWN_FORMS:
                    continue
                for form, how in lexicon.shown(word).items():
                    if how.kind:
                        found.setdefault((printed(word.text), how.kind), []).append(form)
        return [
            Expansion(word, kind, tuple(forms[:_SHOWN_FORMS]), kind)
            for (word, kind), forms in found.items()
        ]


def _checking(should_stop: ShouldStop | None) -> Callable[[], None]:
    """Return what stops here once that is wanted."""

    def check() -> None:
        if should_stop is not None and should_stop():
            raise Cancelled

    return check


def _whole(parsed: Node, request: SearchRequest) -> Node:
    """Return the tree of a request: filters with no query stand for every page they let through."""
    filtered = any(
        value is not None
        for value in (
            request.entity, request.collection, request.language, request.since, request.until,
            request.tagged, request.document, request.publisher, request.kind, request.year,
            request.noted, request.unsearchable,
        )
    )  # fmt: skip
    if isinstance(parsed, Nothing) and not request.query.strip() and filtered:
        return Everything()
    if isinstance(parsed, Nothing) and not request.as_you_type:
        given = request.query.strip()
        raise BadQuery(
            f"There is no word to search for in “{given}”."
            if given
            else "There is nothing to search for. Give a word."
        )
    return parsed


def _top(keys: NDArray[np.float32] | Numbers, count: int) -> Numbers:
    """Return the places of the `count` smallest keys and of all that are as small as the last."""
    if count <= 0:
        return np.empty(0, np.int64)
    if count >= len(keys):
        return np.arange(len(keys))
    border = np.partition(keys, count - 1)[count - 1]
    return np.flatnonzero(keys <= border)


_HOW = {
    "stem": "other endings of “{}”: {}",
    "fold": "other spellings of “{}”: {}",
    "script": "“{}” in another script: {}",
    "alias": "another name of “{}”: {}",
}


def _sentence(expansion: Expansion) -> str:
    return _HOW[expansion.kind].format(expansion.word, ", ".join(expansion.forms))
