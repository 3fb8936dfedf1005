"""What somebody may have meant whose query finds nothing, in words of the index."""

from index.search.analysis import plain, printed
from index.search.folder import Snapshot
from index.search.query import Kind, Node, Word, leaves

NEAR = 2  # letters
_SHORTEST = 4


def suggest(snapshot: Snapshot, query: str, tree: Node) -> str | None:
    """Return the query with its unknown words put right, or None when nothing is near."""
    changed = query
    for leaf in leaves(tree):
        for word in (leaf,) if isinstance(leaf, Word) else leaf.words:
            if word.kind in (Kind.STEM, Kind.EXACT) and len(word.text) >= _SHORTEST:
                better = nearest(snapshot, word.text)
                if better is not None:
                    changed = _replaced(changed, word, better)
    return changed if changed != query else None


def nearest(snapshot: Snapshot, text: str) -> str | None:
    """Return the commonest form of the index that is nearest to a word it does not have."""
    from rapidfuzz.distance import DamerauLevenshtein
    from rapidfuzz.process import extract

    text = plain(text)
    best: tuple[int, int, str] | None = None
    for segment in snapshot.segments:
        if segment.terms.find(text) is not None:
            return None
        letters = NEAR if len(text) > 5 else 1
        numbers = segment.terms.near_length(text, letters)
        for form, apart, place in extract(
            text,
            segment.terms.lines(numbers).split("\n")[1:-1],
            scorer=DamerauLevenshtein.distance,
            processor=None,
            score_cutoff=letters,
            limit=None,
        ):
            rank = (int(apart), -segment.terms.record(int(numbers[place]))[0], form)
            if best is None or rank < best:
                best = rank
    return None if best is None else best[2]


def _replaced(query: str, word: Word, better: str) -> str:
    """Return the query with one word replaced where it stands."""
    wanted = printed(word.text)
    at = query.casefold().find(wanted)
    if at < 0 or len(query.casefold()) != len(query):
        return query
    return query[:at] + better + query[at + len(wanted) :]
