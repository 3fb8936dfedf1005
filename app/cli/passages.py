"""Commands about passages: tag, passages, untag."""

from typing import Any

from app.cli import records, status, values
from app.cli.context import Context
from index.errors import BadInput


def register(add: Any) -> None:
    """Add these commands to the parser."""
    tag = add("tag", _tag, help="tag a passage, by offsets or by its words")
    tag.add_argument("document", metavar="DOC")
    tag.add_argument("start", metavar="START", type=values.integer, nargs="?")
    tag.add_argument("end", metavar="END", type=values.integer, nargs="?")
    tag.add_argument("--quote", metavar="TEXT")
    tag.add_argument("--entity", metavar="E", action="append", default=[])
    tag.add_argument("--note", metavar="TEXT", default="")
    passages = add("passages", _passages, help="the tagged passages")
    passages.add_argument("--entity", metavar="E")
    passages.add_argument("--document", metavar="DOC")
    untag = add("untag", _untag, help="remove a passage")
    untag.add_argument("passage", metavar="PASSAGE")


def _tag(context: Context) -> int:
    given, library = context.arguments, context.library
    document = library.document(given.document).id
    entities = [library.entity(entity).id for entity in given.entity]
    by_offsets = given.start is not None and given.end is not None
    if by_offsets == (given.quote is not None) or (given.start is None) != (given.end is None):
        raise BadInput("Give START and END, or --quote with the words of the passage.")
    if not entities:
        raise BadInput("Give at least one --entity to tag the passage with.")
    if by_offsets:
        passage = library.tag(document, given.start, given.end, entities, given.note)
    else:
        passage = library.tag_quote(document, given.quote, entities, given.note)
    context.print_passage(passage)
    return status.DONE


def _passages(context: Context) -> int:
    given, library = context.arguments, context.library
    entity = None if given.entity is None else library.entity(given.entity).id
    document = None if given.document is None else library.document(given.document).id
    for passage in library.passages(entity, document):
        context.print_passage(passage)
    return status.DONE


def _untag(context: Context) -> int:
    passage = context.library.passage(context.arguments.passage)
    names = [context.library.entity(entity).name for entity in passage.entities]
    record = records.passage(passage, names, context.library.notes_of(passage))
    context.library.untag(passage.id)
    context.output.line(record, f"Removed “{' '.join(passage.quote.split())}”.")
    return status.DONE
