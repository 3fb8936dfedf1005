"""Commands about the entity list: entities with its verbs, and mentions."""

from pathlib import Path
from typing import Any

from app.cli import records, status, values
from app.cli.context import Context
from app.cli.output import columns, plural
from index.entities.lists import LAYOUTS
from index.entities.words import folded_name
from index.model import ENTITY_KINDS, Entity


def register(add: Any) -> None:
    """Add these commands to the parser."""
    entities = add("entities", _list, help="the entity list")
    verbs = entities.add_subparsers(dest="verb", metavar="VERB")
    imports = verbs.add_parser("import", help="take in a list")
    imports.add_argument("file", metavar="FILE", type=Path)
    imports.add_argument(
        "--map",
        metavar="kind=COL",
        type=values.assignment,
        action="append",
        default=[],
        dest="mapping",
        help="which column holds kind, name, aliases …; kind==Person: every line is of one kind",
    )
    adding = verbs.add_parser("add", help="add one entity")
    adding.add_argument("kind", metavar="KIND", help=", ".join(ENTITY_KINDS))
    adding.add_argument("name", metavar="NAME")
    adding.add_argument("--alias", metavar="A", action="append", default=[])
    merge = verbs.add_parser("merge", help="make one entity of several")
    merge.add_argument("keep", metavar="KEEP")
    merge.add_argument("others", metavar="OTHER", nargs="+")
    split = verbs.add_parser("split", help="make a new entity of some names of one")
    split.add_argument("entity", metavar="E")
    split.add_argument("names", metavar="NAME", nargs="+")
    split.add_argument("--passage", metavar="P", action="append", default=[])
    remove = verbs.add_parser("remove", help="remove an entity")
    remove.add_argument("entity", metavar="E")
    history = verbs.add_parser("history", help="what was done to one entity")
    history.add_argument("entity", metavar="E")
    export = verbs.add_parser("export", help="write the list to a file")
    export.add_argument("file", metavar="FILE", type=Path)
    export.add_argument(
        "--format", choices=LAYOUTS, help="if not given, the one that the file's name says"
    )
    for verb, run in (
        (imports, _import),
        (adding, _add),
        (merge, _merge),
        (split, _split),
        (remove, _remove),
        (history, _history),
        (export, _export),
    ):
        verb.set_defaults(run=run)
        _allow_common(verb)
    mentions = add("mentions", _mentions, help="where the list's names occur")
    mentions.add_argument("--entity", metavar="E", action="append", default=[])
    mentions.add_argument("--document", metavar="DOC")
    mentions.add_argument("--min-score", metavar="S", type=values.score, default=0.0)


def _allow_common(parser: Any) -> None:
    from app.cli.parser import add_common

    add_common(parser, default=False)


def _show(context: Context, entity: Entity) -> None:
    aliases = "; ".join(alias.name for alias in entity.aliases)
    text = columns(
        (entity.id[:8], 8), (entity.kind, 12), (entity.name, 30 if aliases else 0), (aliases, 0)
    )
    context.output.line(records.entity(entity), text)


def _list(context: Context) -> int:
    for entity in context.library.entities():
        _show(context, entity)
    return status.DONE


def _import(context: Context) -> int:
    given = context.arguments
    mapping = dict(given.mapping)
    outcome = context.library.import_entities(given.file.expanduser(), mapping or None)
    for problem in outcome.problems:
        context.output.warn(problem)
    for entity in outcome.entities:
        _show(context, entity)
    return status.SOMETHING_FAILED if outcome.problems else status.DONE


def _add(context: Context) -> int:
    given = context.arguments
    _show(context, context.library.add_entity(given.kind, given.name, given.alias))
    return status.DONE


def _merge(context: Context) -> int:
    library = context.library
    keep = library.entity(context.arguments.keep).id
    others = [library.entity(other).id for other in context.arguments.others]
    library.merge_entities(keep, others)
    _show(context, library.entity(keep))
    return status.DONE


def _split(context: Context) -> int:
    library, given = context.library, context.arguments
    entity = library.entity(given.entity)
    known = {folded_name(alias.name): alias.name for alias in entity.aliases}
    names = [known.get(folded_name(name), name) for name in given.names]
    passages = [library.passage(each).id for each in given.passage]
    library.split_entity(entity.id, names, passages)
    _show(context, library.entity(entity.id))
    _show(context, library.entity(names[0]))
    return status.DONE


def _remove(context: Context) -> int:
    entity = context.library.entity(context.arguments.entity)
    context.library.remove_entity(entity.id)
    _show(context, entity)
    return status.DONE


def _history(context: Context) -> int:
    entity = context.library.entity(context.arguments.entity)
    for change in context.library.entity_history(entity.id):
        context.output.line(
            {"entity": entity.id, "at": change.at, "change": change.label},
            f"{change.at}  {change.label}",
        )
    return status.DONE


def _export(context: Context) -> int:
    path = context.arguments.file.expanduser()
    count = context.library.export_entities(path, context.arguments.format)
    context.output.line(
        {"file": str(path), "entities": count},
        f"Wrote {plural(count, 'entity', 'entities')} to {path}.",
    )
    return status.DONE


def _mentions(context: Context) -> int:
    library, given = context.library, context.arguments
    entities = [library.entity(entity).id for entity in given.entity]
    document = None if given.document is None else library.document(given.document).id
    names = {entity.id: entity.name for entity in library.entities()}
    pages: dict[str, Any] = {}
    for mention in library.mentions(
        entities=entities or None, document=document, min_score=given.min_score
    ):
        if mention.document not in pages:
            pages = {mention.document: library.pages(mention.document)}
        page = records.page_at(pages[mention.document], mention.start)
        name = names.get(mention.entity, "")
        text = (
            f"{mention.document[:8]}  page {page}  {mention.text}  → {name}"
            f"  ({mention.reason or mention.how.value}, {mention.score:.2f})"
        )
        context.output.line(records.mention(mention, name, page), " ".join(text.split()))
    return status.DONE
