"""How passages and mentions of the library become marks of the page view."""

from collections.abc import Iterable, Mapping

from app.theme import KIND_SYMBOLS, KIND_WORDS, UNTAGGED_COLOR, entity_color
from app.widgets.reader.marks import MentionMark, PassageMark
from index.model import AnchorStatus, Entity, Mention, Passage

MOST_COLORS = 3
FIT = {
    AnchorStatus.MOVED: "It was found again at another place than it was tagged at.",
    AnchorStatus.UNCERTAIN: "It may not be at the right place. Check it.",
}


def entity_line(entity: Entity) -> str:
    """Return an entity as symbol, name and kind."""
    symbol = KIND_SYMBOLS.get(entity.kind, "●")
    return f"{symbol} {entity.name} ({KIND_WORDS.get(entity.kind, entity.kind)})"


def passage_marks(passages: Iterable[Passage], entities: Mapping[str, Entity]) -> list[PassageMark]:
    """Return a mark for every passage that has a place in the text."""
    return [
        _mark(passage, [entities[e] for e in passage.entities if e in entities])
        for passage in passages
        if passage.anchor.status is not AnchorStatus.LOST
    ]


def _mark(passage: Passage, entities: list[Entity]) -> PassageMark:
    colors = tuple(dict.fromkeys(entity_color(entity) for entity in entities))[:MOST_COLORS]
    lines = [entity_line(entity) for entity in entities] or ["Not tagged with anybody yet"]
    if passage.note:
        lines.append(f"“{passage.note}”")
    if passage.anchor.status in FIT:
        lines.append(FIT[passage.anchor.status])
    return PassageMark(
        passage.id,
        passage.anchor.start,
        passage.anchor.end,
        colors or (UNTAGGED_COLOR,),
        "\n".join(lines),
    )


def mention_marks(mentions: Iterable[Mention], entities: Mapping[str, Entity]) -> list[MentionMark]:
    """Return a mark for every mention nobody has decided about."""
    found = []
    for mention in mentions:
        entity = entities.get(mention.entity)
        name = entity_line(entity) if entity is not None else mention.text
        reason = f"\n{mention.reason}" if mention.reason else ""
        found.append(MentionMark(mention.start, mention.end, f"{name}, to review{reason}"))
    return found
