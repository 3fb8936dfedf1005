"""Commands that look after documents: versions, reread, repair, ocr, labels."""

from pathlib import Path
from typing import Any

from app.cli import status, values
from app.cli.context import Context
from app.cli.documents import encoding_named, languages_of
from app.cli.output import columns, plural, printed_page
from index import labelling, ocr_run, repairing, versions
from index.errors import BadInput
from index.model import Document, ImportOptions, Passage
from index.versions import Carried


def register(add: Any) -> None:
    """Add these commands to the parser."""
    chain = add(
        "versions", _versions, help="list the versions of a document, or attach a newer one"
    )
    chain.add_argument("document", metavar="DOC")
    chain.add_argument("--attach", metavar="NEWER", help="a file, or a document of the archive")
    again = add("reread", _reread, help="read originals again with the reader of this version")
    again.add_argument("documents", metavar="DOC", nargs="*")
    again.add_argument("--outdated", action="store_true", help="all that an older reader read")
    again.add_argument("--encoding", metavar="NAME", help="how a text file is encoded")
    repair = add("repair", _repair, help="list passages that wait for a place, or place one")
    repair.add_argument("passage", metavar="PASSAGE", nargs="?")
    what = repair.add_mutually_exclusive_group()
    what.add_argument("--place", metavar="N", type=values.counted, help="take the Nth place listed")
    what.add_argument("--at", metavar=("START", "END"), nargs=2, type=values.whole)
    what.add_argument("--lost", action="store_true", help="keep it as lost")
    ocr = add("ocr", _ocr, help="recognise pages without text")
    ocr.add_argument("documents", metavar="DOC", nargs="*", help="all, when none is named")
    ocr.add_argument("--language", metavar="ru,en", default="", help="languages of the pages")
    labels = add("labels", _labels, help="list what pages are called, or say it")
    labels.add_argument("document", metavar="DOC")
    how = labels.add_mutually_exclusive_group()
    how.add_argument("--accept", action="store_true", help="take the numbers printed on the pages")
    how.add_argument(
        "--set",
        metavar="PAGE=NUMBER",
        nargs="+",
        type=values.assignment,
        help="from this page on the numbers begin so: 1=i 9=1",
    )


# Versions


def _versions(context: Context) -> int:
    library = context.library
    document = library.document(context.arguments.document)
    newer = context.arguments.attach
    if newer is None:
        for found in _chain(context, document):
            _print_version(context, found)
        return status.DONE
    carried = versions.attach(library, _newer(context, newer), document.id)
    new = repairing.newest(library, document.id)
    return _print_carried(context, new, carried)


def _chain(context: Context, document: Document) -> list[Document]:
    """Return all versions of a document, the first one first."""
    library = context.library
    found = [repairing.newest(library, document.id)]
    while (older := found[0].replaces) is not None:
        found.insert(0, library.document(older))
    return found


def _print_version(context: Context, found: Document) -> None:
    record = {
        "document": found.id,
        "title": found.title,
        "replaces": found.replaces,
        "sha256": found.sha256,
        "extractor": found.extractor,
        "passages": found.passage_count,
    }
    passages = plural(found.passage_count, "passage")
    context.output.line(record, columns((found.id[:8], 8), (passages, 12), (found.title, 0)))


def _newer(context: Context, named: str) -> str:
    """Return the id of a document that is named, or that a file becomes."""
    path = Path(named).expanduser()
    if not path.is_file():
        return context.library.document(named).id
    (result,) = context.library.import_files([path], ImportOptions(), context.output)
    if result.document is None:
        raise BadInput(f"{path.name}: {result.reason}")
    return result.document


def _print_carried(context: Context, document: Document, carried: Carried) -> int:
    """Print what became of the passages; those without a sure place are the ones that failed."""
    found = {name: list(getattr(carried, name)) for name in ("exact", "moved", "uncertain", "lost")}
    counts = ", ".join(f"{len(ids)} {name}" for name, ids in found.items() if ids)
    record = {"document": document.id, "replaces": document.replaces, **found}
    context.output.line(record, f"{document.id[:8]}  {counts or 'no passages'}  {document.title}")
    return status.SOMETHING_FAILED if carried.uncertain or carried.lost else status.DONE


def _reread(context: Context) -> int:
    library, given = context.library, context.arguments
    wanted = [library.document(name) for name in given.documents]
    if given.outdated:
        wanted += [found for found in versions.outdated(library) if found not in wanted]
    elif not wanted:
        raise BadInput("Name a document, or --outdated for all that an older reader read.")
    options = ImportOptions(encoding=encoding_named(given.encoding))
    code = status.DONE
    for number, document in enumerate(wanted):
        context.output.report(number, len(wanted), document.title)
        carried = versions.reread(library, document.id, options)
        code = max(code, _print_carried(context, library.document(document.id), carried))
    return code


# Passages that wait for a place


def _repair(context: Context) -> int:
    library, given = context.library, context.arguments
    if given.passage is None:
        for passage in versions.to_repair(library):
            _print_waiting(context, passage)
        return status.DONE
    passage = library.passage(given.passage)
    if given.lost:
        repairing.give_up(library, passage.id)
    elif given.at is not None:
        document = repairing.newest(library, passage.document)
        repairing.place(library, passage.id, document.id, *given.at)
    elif given.place is not None:
        places = repairing.candidates(library, passage)
        if given.place > len(places):
            raise BadInput(f"There are {plural(len(places), 'place')} for this passage.")
        chosen = places[given.place - 1]
        repairing.place(library, passage.id, chosen.document, chosen.start, chosen.end)
    else:
        _print_waiting(context, passage)
        return status.DONE
    context.print_passage(library.passage(passage.id))
    return status.DONE


def _print_waiting(context: Context, passage: Passage) -> None:
    places = repairing.candidates(context.library, passage)
    record = {
        "passage": passage.id,
        "document": passage.document,
        "quote": passage.quote,
        "anchor": passage.anchor.status.value,
        "places": [
            {
                "document": place.document,
                "start": place.start,
                "end": place.end,
                "label": place.label,
                "score": place.score,
                "text": place.words,
            }
            for place in places
        ],
    }
    quote = " ".join(passage.quote.split())
    text = f"{passage.id[:8]}  {passage.anchor.status.value:<9} “{quote}”"
    for number, place in enumerate(places, 1):
        words = " ".join(place.words.split())
        text += f"\n{number:>8}  {place.score:.2f}  {printed_page(place.label)}  “{words}”"
    context.output.line(record, text)


# Pages


def _ocr(context: Context) -> int:
    library, given = context.library, context.arguments
    languages = languages_of(given.language)
    if missing := ocr_run.missing_languages(languages):
        context.output.warn(f"No language data is installed for {', '.join(missing)}.")
    if given.documents:
        wanted = [library.document(name) for name in given.documents]
    else:
        wanted = [found for found in library.documents() if found.unsearchable_pages]
    for document in wanted:
        done = ocr_run.recognise(library, [document.id], languages, context.output)
        left = list(library.document(document.id).unsearchable_pages)
        record = {
            "document": document.id,
            "pages": done.pages,
            "empty": done.empty,
            "unsearchable_pages": left,
        }
        text = f"{document.id[:8]}  {plural(done.pages, 'page')} recognised  {document.title}"
        context.output.line(record, text)
    return status.DONE


def _labels(context: Context) -> int:
    library, given = context.library, context.arguments
    document = library.document(given.document)
    offered = labelling.offered(library, document.id)
    if given.accept:
        if offered is None:
            raise BadInput(f"No other numbers were found printed on “{document.title}”.")
        labelling.apply(library, document.id, offered.labels)
    elif given.set:
        rules = [_rule(page, number) for page, number in given.set]
        labelling.apply(library, document.id, labelling.of_rules(document.page_count, rules))
    printed = offered.labels if offered is not None and not (given.accept or given.set) else ()
    for page in library.pages(document.id):
        found = printed[page.index] if printed else None
        record = {"page": page.number, "label": page.label, "printed": found}
        text = columns((str(page.number), 6), (page.label, 10), (found or "", 0))
        context.output.line(record, text)
    if printed:
        context.output.say("The last column is printed on the pages; --accept takes it.")
    return status.DONE


def _rule(page: str, number: str) -> labelling.Rule:
    """Return the rule of PAGE=NUMBER, the number in the digits that are wanted."""
    first = int(page) if page.isascii() and page.isdecimal() else 0
    if first and number.isascii() and number.isdecimal():
        return labelling.Rule(first, int(number))
    value = labelling.from_roman(number)
    if not first or not value or number not in (number.lower(), number.upper()):
        raise BadInput(f"“{page}={number}” is not PAGE=NUMBER; write 9=1 or 1=i.")
    digits = labelling.Digits.ROMAN if number.islower() else labelling.Digits.CAPITALS
    return labelling.Rule(first, value, digits)
