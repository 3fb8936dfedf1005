"""The search command: one query, or a whole list of them."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli import records, status, values
from app.cli.context import Context
from app.cli.output import plural, printed_page
from index.errors import BadInput
from index.model import Hit, Results, SearchRequest

if TYPE_CHECKING:
    from index.search import QueryAnswer

EXPANSIONS = ("stem", "fold", "script", "alias")


def register(add: Any) -> None:
    """Add this command to the parser."""
    search = add("search", _search, help="search the archive")
    search.add_argument("query", metavar="QUERY", nargs="?")
    search.add_argument("--queries", metavar="FILE", help="a query a line; - reads standard input")
    search.add_argument("--limit", metavar="N", type=values.whole)
    search.add_argument("--offset", metavar="N", type=values.whole, default=0)
    search.add_argument("--entity", metavar="E")
    search.add_argument("--collection", metavar="C")
    search.add_argument("--language", metavar="L")
    search.add_argument("--since", metavar="D", type=values.date)
    search.add_argument("--until", metavar="D", type=values.date)
    tagged = search.add_mutually_exclusive_group()
    tagged.add_argument("--tagged", dest="tagged", action="store_true", default=None)
    tagged.add_argument("--untagged", dest="tagged", action="store_false")
    search.add_argument("--sort", choices=("score", "date", "title"), default="score")
    search.add_argument(
        "--without",
        metavar="KIND",
        action="append",
        default=[],
        help="switch an expansion off: stem, fold, script, alias, or alias:NAME",
    )
    search.add_argument("--count", action="store_true", help="print how many there are in all")


def _search(context: Context) -> int:
    given = context.arguments
    if (given.query is None) == (given.queries is None):
        raise BadInput("Give one query, or --queries with a file of them.")
    context.library.follow(context.output)
    if given.queries is not None:
        return _search_list(context)
    wanted = 20 if given.limit is None else given.limit
    request = replace(_narrowed(context), query=given.query, offset=given.offset)
    # To the library 0 means every page.
    results = context.library.search(replace(request, limit=max(1, wanted)))
    for hit in results.hits[:wanted]:
        context.output.line(records.hit(hit), _hit_text(context, hit))
    if given.count:
        record = {"pages": results.pages, "documents": results.documents}
        context.output.line(record, _counted(results))
    _say_how(context, results)
    return status.DONE


def _narrowed(context: Context) -> SearchRequest:
    """Return what every query is narrowed by, sorted by and not widened by."""
    given = context.arguments
    without = tuple(part for kinds in given.without for part in _kinds(kinds))
    return SearchRequest(
        query="",
        entity=None if given.entity is None else context.library.entity(given.entity).id,
        collection=given.collection,
        language=given.language,
        since=given.since,
        until=given.until,
        tagged=given.tagged,
        sort=given.sort,
        without=without,
    )


def _kinds(text: str) -> list[str]:
    """Return the expansions that are named, a name of an alias as it is."""
    found = [text] if text.startswith("alias:") else text.split(",")
    for kind in found:
        if kind not in EXPANSIONS and not kind.startswith("alias:"):
            raise BadInput(f"There is no expansion “{kind}”; there are {', '.join(EXPANSIONS)}.")
    return found


def _counted(found: "Results | QueryAnswer") -> str:
    return f"{plural(found.pages, 'page')} in {plural(found.documents, 'document')}"


def _hit_text(context: Context, hit: Hit) -> str:
    snippet = context.output.bold(hit.snippet, hit.snippet_matches)
    return f"{hit.document[:8]}  {hit.title}, {printed_page(hit.label)}\n          {snippet}"


def _say_how(context: Context, results: Results) -> None:
    """Say what was found besides the words themselves, and what could not be."""
    for sentence in results.expansions:
        context.output.say(sentence[:1].upper() + sentence[1:])
    if results.suggestion is not None:
        context.output.say(f"No page matches. Did you mean: {results.suggestion}")
    if results.unsearchable_pages:
        context.output.say(
            f"{plural(results.unsearchable_pages, 'page')}"
            f" of {plural(results.unsearchable_documents, 'document')} cannot be searched;"
            f" “muniment documents” names {'it' if results.unsearchable_pages == 1 else 'them'}."
        )


def _search_list(context: Context) -> int:
    given = context.arguments
    answers = context.library.search_many(
        _queries(given.queries), given.limit or 0, _narrowed(context)
    )
    for answer in answers:
        context.output.line(_answer_record(answer), _answer_text(context, answer))
    return status.DONE


def _queries(source: str) -> Iterator[str]:
    """Yield the queries of a file or of standard input, each as soon as its line is there."""
    if source == "-":
        while line := sys.stdin.readline():
            if line.strip():
                yield line.strip()
        return
    try:
        text = Path(source).expanduser().read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"The file of queries {source} cannot be read.") from None
    yield from (line.strip() for line in text.splitlines() if line.strip())


def _answer_record(answer: "QueryAnswer") -> dict[str, Any]:
    if answer.error is not None:
        return {"query": answer.query, "error": answer.error}
    return {
        "query": answer.query,
        "pages": answer.pages,
        "documents": answer.documents,
        "unsearchable_documents": answer.unsearchable_documents,
        "seconds": round(answer.seconds, 6),
        "hits": [records.hit(hit) for hit in answer.hits],
    }


def _answer_text(context: Context, answer: "QueryAnswer") -> str:
    if answer.error is not None:
        return f"{answer.query}: {answer.error}"
    text = f"{answer.query}: {_counted(answer)}"
    unsearchable = answer.unsearchable_documents
    if unsearchable:
        have = "has" if unsearchable == 1 else "have"
        text += f"; {plural(unsearchable, 'document')} {have} pages that cannot be searched"
    return "\n".join([text, *(_hit_text(context, hit) for hit in answer.hits)])
