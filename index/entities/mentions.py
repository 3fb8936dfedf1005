"""Mentions found ahead of the asking: a cache of what every entity claims of every document.

It follows the archive: new documents are gone through with the whole list, a
new or changed entity is looked for on the pages that may name it. Whatever is
missing or old is found out and mended by `follow`.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import groupby

from index.collecting import cycles_left
from index.entities import reasons
from index.entities.candidates import Candidates, PageFilter
from index.entities.known_texts import KnownDocument, KnownText, known_documents
from index.entities.matching import Matcher
from index.entities.page_keys import PageKeys
from index.entities.resolving import resolve
from index.entities.textwords import TextWords
from index.model import PAGE_BREAK, Entity, How, Mention
from index.progress import NullProgress, Progress
from index.store.database import Database
from index.store.entity_rows import select, some

VERSION = 11  # to be raised when the matcher finds more or less than before
FEW = 200  # entities that are looked for page by page; more, and every page is gone through
BATCH = 20  # documents written at once
MOST_KEPT = 64 << 20  # bytes of the pages' numbers, from one new entity to the next


def _digests(connection: sqlite3.Connection) -> dict[str, str]:
    """Return for each entity a digest of what its mentions depend on."""
    rows = connection.execute(
        "SELECT e.id, e.kind || char(31) || e.name || char(31) || coalesce(a.names, '')"
        " FROM entity e LEFT JOIN (SELECT entity, group_concat(name || char(31) || weak, char(31))"
        " AS names FROM (SELECT * FROM alias ORDER BY entity, position, name) GROUP BY entity) a"
        " ON a.entity = e.id"
    )
    return {
        identity: hashlib.sha256(f"{VERSION}\x1f{names}".encode()).hexdigest()[:24]
        for identity, names in rows
    }


class MentionCache:
    """The mentions of one archive, kept up to date on request."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._matcher: tuple[dict[str, str], Matcher] | None = None
        self._pages: tuple[int, PageFilter] | None = None
        self._keys = PageKeys()

    def follow(self, progress: Progress | None = None) -> bool:
        """Bring the cache up to date; return whether anything was to be done."""
        progress = progress or NullProgress()
        connection = self._database.read()
        digests = _digests(connection)
        known = dict(connection.execute("SELECT entity, digest FROM claimed_entity").fetchall())
        gone = [each for each in known if each not in digests]
        stale = [each for each, digest in digests.items() if known.get(each) != digest]
        fresh = self._new_documents(connection)
        if not gone and not stale and not fresh:
            return False
        if gone or stale:
            self._forget([*gone, *stale])
        with cycles_left():
            if stale and any(True for _ in known_documents(connection, VERSION)):
                self._look_for(some(connection, stale), digests, progress)
            else:
                self._note(stale, digests)
            if fresh:
                self._read(fresh, self._whole(connection, digests), progress)
        return True

    @staticmethod
    def _new_documents(connection: sqlite3.Connection) -> list[int]:
        rows = connection.execute(
            "SELECT d.number FROM document d LEFT JOIN claimed_document c ON c.document = d.number"
            " WHERE c.text_sha256 IS NOT ? || d.text_sha256 ORDER BY d.number",
            (f"{VERSION}:",),
        )
        return [row[0] for row in rows]

    def _forget(self, entities: Sequence[str]) -> None:
        with self._database.write() as connection:
            for table in ("claim", "claimed_entity"):
                connection.executemany(
                    f"DELETE FROM {table} WHERE entity = ?", [(each,) for each in entities]
                )

    def _look_for(
        self, stale: Sequence[Entity], digests: dict[str, str], progress: Progress
    ) -> None:
        """Find new and changed entities in the documents that are known already."""
        connection = self._database.read()
        few = self._filter(connection).candidates(stale) if len(stale) <= FEW else None
        matcher = Matcher(stale)
        with self._database.write() as writing:
            for done, document in enumerate(known_documents(connection, VERSION)):
                progress.report(done, 0, "Looking for new names")
                if few is None:
                    claims = _claims(matcher, document, document.text(connection))
                elif document.number in few.full:
                    claims = self._of_few(matcher, document, few)
                else:
                    continue
                _keep(writing, document.number, claims)
            self._note([entity.id for entity in stale], digests)

    def _note(self, entities: Sequence[str], digests: dict[str, str]) -> None:
        """Write down that entities have been looked for."""
        with self._database.write() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO claimed_entity VALUES (?, ?)",
                [(entity, digests[entity]) for entity in entities],
            )

    def _of_few(
        self, matcher: Matcher, document: KnownDocument, where: Candidates
    ) -> list[Mention]:
        """Return what a few entities claim of a document, most of whose pages do not name them."""
        connection = self._database.read()
        full = set(where.full[document.number])
        claims = _claims(matcher, document, document.pages(connection, full))
        if any(reasons.is_short(claim.reason) for claim in claims):
            return _claims(matcher, document, document.text(connection))
        alone = set(where.surnames.get(document.number, ()))
        if claims and not alone <= full:
            return _claims(matcher, document, document.pages(connection, full | alone))
        return claims

    def _read(self, documents: Sequence[int], matcher: Matcher, progress: Progress) -> None:
        """Go through new documents with the whole list."""
        for start in range(0, len(documents), BATCH):
            with self._database.write() as connection:
                for number in documents[start : start + BATCH]:
                    self._read_one(connection, number, matcher)
            progress.report(start + BATCH, len(documents), "Looking for names in new documents")

    def _filter(self, connection: sqlite3.Connection) -> PageFilter:
        """Return the pages as numbers; kept for the next entity while they stay as they are."""
        rows = connection.execute("SELECT document, text_sha256 FROM claimed_document").fetchall()
        state = hash(tuple(map(tuple, rows)))
        if self._pages is None or self._pages[0] != state:
            self._pages = None
            keys = connection.execute(
                "SELECT k.page, p.document, k.keys FROM page_keys k JOIN page p ON p.id = k.page"
            ).fetchall()
            pages = PageFilter([(row[0], row[1], row[2]) for row in keys])
            if pages.size > MOST_KEPT:
                return pages
            self._pages = (state, pages)
        return self._pages[1]

    def _read_one(self, connection: sqlite3.Connection, number: int, matcher: Matcher) -> None:
        row = connection.execute(
            "SELECT id, paged, text_sha256 FROM document WHERE number = ?", (number,)
        ).fetchone()
        pages = connection.execute(
            "SELECT id, start, text FROM page WHERE document = ? ORDER BY idx", (number,)
        ).fetchall()
        cut = TextWords((PAGE_BREAK if row["paged"] else "").join(page["text"] for page in pages))
        connection.execute("DELETE FROM claim WHERE document = ?", (number,))
        _keep(connection, number, matcher.claims_in(row["id"], cut))
        bounds = [*(cut.first_from(page["start"]) for page in pages), len(cut)]
        keys = self._keys.of(cut, bounds)
        connection.executemany(
            "INSERT OR REPLACE INTO page_keys VALUES (?, ?)",
            [(page["id"], key) for page, key in zip(pages, keys, strict=True)],
        )
        connection.execute(
            "INSERT OR REPLACE INTO claimed_document VALUES (?, ?)",
            (number, f"{VERSION}:{row['text_sha256']}"),
        )

    def _whole(self, connection: sqlite3.Connection, digests: dict[str, str]) -> Matcher:
        """Return what finds the whole list; kept for the next documents."""
        if self._matcher is None or self._matcher[0] != digests:
            self._matcher = (digests, Matcher(select(connection)))
        return self._matcher[1]

    def mentions(
        self,
        entities: Iterable[str] | None = None,
        document: str | None = None,
        min_score: float = 0.0,
    ) -> list[Mention]:
        """Return mentions by document and place; those of some entities or of one document.

        A mention whose `others` include a wanted entity is returned too.
        """
        wanted = None if entities is None else set(entities)
        connection = self._database.read()
        clauses, values = ["1"], list[object]()
        if document is not None:
            clauses.append("d.id = ?")
            values.append(document)
        if wanted is not None:
            marks = ", ".join("?" * len(wanted))
            clauses.append(f"c.document IN (SELECT document FROM claim WHERE entity IN ({marks}))")
            values += sorted(wanted)
        rows = connection.execute(
            "SELECT d.id AS document, c.entity, c.start, c.end, c.text, c.how, c.score, c.reason"
            " FROM claim c JOIN document d ON d.number = c.document"
            f" WHERE {' AND '.join(clauses)} ORDER BY c.document, c.start, c.end",
            values,
        )
        found: list[Mention] = []
        for _, group in groupby(rows, key=lambda row: row["document"]):
            claims = list(group)
            meant = claims if wanted is None else _concerning(claims, wanted)
            found += resolve([_mention(row) for row in meant])
        return [
            mention
            for mention in found
            if mention.score >= min_score
            and (wanted is None or mention.entity in wanted or wanted & set(mention.others))
        ]


def _concerning(rows: Sequence[sqlite3.Row], wanted: set[str]) -> list[sqlite3.Row]:
    """Return what decides about some entities of the claims of a document, by start.

    That is every claim that overlaps theirs, whatever overlaps those, and all that
    the same entities claim elsewhere.
    """
    met: list[sqlite3.Row] = []
    heap: list[sqlite3.Row] = []
    end = -1
    for row in rows:
        if row["start"] >= end:
            if any(one["entity"] in wanted for one in heap):
                met += heap
            heap = []
        heap.append(row)
        end = max(end, row["end"])
    if any(one["entity"] in wanted for one in heap):
        met += heap
    there = {(row["start"], row["end"], row["entity"]) for row in met}
    entities = {row["entity"] for row in met} - wanted
    if entities:
        met += [
            row
            for row in rows
            if row["entity"] in entities and (row["start"], row["end"], row["entity"]) not in there
        ]
    return met


def _mention(row: sqlite3.Row) -> Mention:
    return Mention(
        entity=row["entity"],
        document=row["document"],
        start=row["start"],
        end=row["end"],
        text=row["text"],
        how=How(row["how"]),
        score=row["score"],
        reason=row["reason"],
    )


def _claims(matcher: Matcher, document: KnownDocument, text: KnownText) -> list[Mention]:
    """Return what a matcher claims of a document, known whole or in part."""
    return list(text.placed(matcher.claims(document.id, text.text)))


def _keep(connection: sqlite3.Connection, document: int, claims: Iterable[Mention]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO claim (document, entity, start, end, text, how, score, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                document,
                one.entity,
                one.start,
                one.end,
                one.text,
                one.how.value,
                one.score,
                one.reason,
            )
            for one in sorted(claims, key=lambda one: (one.entity, one.start))
        ],
    )
