"""Xapian over the same pages, run by the system's own Python, which may have its module.

Reads one JSON value a line: pages `[number, text, issued]`, then null, then questions
`[kind, query]`; each question is answered with `[pages, seconds, processor seconds]`.
"""

import json
import re
import sys
import time
from typing import Any

TOP = 20


def fill(path: str, xapian: Any) -> None:
    """Write the pages that come in as a database."""
    database = xapian.WritableDatabase(path, xapian.DB_CREATE_OR_OVERWRITE)
    generator = xapian.TermGenerator()
    for line in sys.stdin:
        page = json.loads(line)
        if page is None:
            break
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(page[1])
        generator.increase_termpos()
        document.add_value(0, page[2])
        document.set_data(page[1])
        database.add_document(document)
    database.commit()
    database.close()


def compiled(database: Any, kind: str, query: str, xapian: Any) -> Any:
    """Return a question as Xapian's query."""
    words = [word.lower() for word in re.findall(r"\w+", query) if word not in ("AND", "OR")]
    terms = [xapian.Query(word) for word in words]
    match kind:
        case "or":
            return xapian.Query(xapian.Query.OP_OR, terms)
        case "and":
            return xapian.Query(xapian.Query.OP_AND, terms)
        case "phrase":
            return xapian.Query(xapian.Query.OP_PHRASE, terms, len(terms))
        case "proximity":
            return xapian.Query(xapian.Query.OP_NEAR, terms[:2], 6)
        case "prefix":
            parser = xapian.QueryParser()
            parser.set_database(database)
            return parser.parse_query(query, xapian.QueryParser.FLAG_WILDCARD)
        case "filter":
            years = xapian.Query(xapian.Query.OP_VALUE_RANGE, 0, "2010", "2016")
            return xapian.Query(xapian.Query.OP_FILTER, terms[0], years)
        case _:
            return terms[0]


def answer(database: Any, kind: str, query: str, xapian: Any) -> list[float]:
    """Count the pages, fetch the first twenty, and say how long it took."""
    began, worked = time.perf_counter(), time.process_time()
    enquire = xapian.Enquire(database)
    enquire.set_query(compiled(database, kind, query, xapian))
    if kind == "sort":
        enquire.set_sort_by_value(0, True)
    found = enquire.get_mset(0, TOP, database.get_doccount())
    for match in found:
        if kind == "snippets":
            found.snippet(match.document.get_data().decode(), 240)
    count = found.get_matches_estimated()
    return [count, time.perf_counter() - began, time.process_time() - worked]


def main() -> None:
    """Fill the database unless it is told that it is there, then answer."""
    import xapian

    path = sys.argv[1]
    if "--fill" in sys.argv:
        fill(path, xapian)
    database = xapian.Database(path)
    print("ready", flush=True)
    for line in sys.stdin:
        kind, query = json.loads(line)
        print(json.dumps(answer(database, kind, query, xapian)), flush=True)


if __name__ == "__main__":
    main()
