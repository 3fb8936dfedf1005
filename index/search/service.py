"""The search of one archive."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import BadInput
from index.model import PageState, QueryAnswer, Results, SearchRequest
from index.progress import NullProgress, Progress
from index.store.database import Database
from index.store.locking import FileLock

if TYPE_CHECKING:
    pass

_UNSEARCHABLE = tuple(state.value for state in PageState if not state.searchable)


class SearchService:
    """Answers queries from the record and the index beside it."""

    def __init__(self, database: Database, folder: Path, lock: FileLock) -> None:
        self._database = database
        self._folder = folder
        self._lock = lock

    def is_current(self) -> bool:
        """Whether everything in the record can be found."""
        return True

    def follow(self, progress: Progress | None = None) -> None:
        """Take in what has changed in the record."""
        (progress or NullProgress()).report(1, 1, "Indexing")

    def rebuild(self, progress: Progress | None = None) -> None:
        """Build the index from the record alone."""
        (progress or NullProgress()).report(1, 1, "Indexing")

    def check(self) -> list[str]:
        """Return what is wrong with the index, a sentence each."""
        return []

    def close(self) -> None:
        """Let go of every file."""

    def search(self, request: SearchRequest) -> Results:
        """Answer one query; raise `BadQuery` when it does not parse."""
        from index.search import scanning
        from index.search.matching import Finder
        from index.search.parsing import parse
        from index.search.query import leaves

        began = time.perf_counter()
        node = parse(request.query, as_you_type=request.as_you_type)
        with self._database.reading() as connection:
            found = scanning.scan(connection, request, node)
            shown = found[
                request.offset : request.offset + request.limit if request.limit else None
            ]
            finder = Finder(leaves(node))
            hits = tuple(scanning.hit(connection, page, score, finder) for page, score, _ in shown)
            documents, pages = scanning.unsearchable(connection, request)
        return Results(
            query=request.query,
            hits=hits,
            pages=len(found),
            documents=len({document for _, _, document in found}),
            unsearchable_documents=documents,
            unsearchable_pages=pages,
            seconds=time.perf_counter() - began,
        )

    def search_many(self, queries: Iterable[str], limit: int = 0) -> Iterator[QueryAnswer]:
        """Answer queries one by one, each as soon as it is given; `limit` 0 gives no hits."""
        for query in queries:
            try:
                results = self.search(SearchRequest(query=query, limit=max(1, limit)))
            except BadInput as error:
                yield QueryAnswer(query=query, error=str(error))
                continue
            yield QueryAnswer(
                query=query,
                pages=results.pages,
                documents=results.documents,
                unsearchable_documents=results.unsearchable_documents,
                seconds=results.seconds,
                hits=results.hits[:limit],
            )
