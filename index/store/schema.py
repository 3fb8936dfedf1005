"""The tables of an archive, one migration a version; `PRAGMA user_version` counts them."""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE document (
        number INTEGER PRIMARY KEY,          -- the key that pages and the index use
        id TEXT NOT NULL UNIQUE,             -- what people and other archives use
        sha256 TEXT NOT NULL UNIQUE,         -- of the original
        text_sha256 TEXT NOT NULL,
        extractor TEXT NOT NULL,
        file_name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        characters INTEGER NOT NULL,
        page_count INTEGER NOT NULL,
        paged INTEGER NOT NULL,              -- 1: pages; 0: sections of one text
        collection TEXT,
        imported TEXT NOT NULL,
        title TEXT NOT NULL,                 -- title to language: read off csl
        issued TEXT,
        publisher TEXT,
        language TEXT,
        csl TEXT NOT NULL,                   -- one CSL-JSON item
        origins TEXT NOT NULL DEFAULT '{}',  -- {csl field: [where it came from, 0 to 1]}
        replaces TEXT,                       -- id of the version before this one
        details TEXT NOT NULL DEFAULT '{}'   -- what the reader found out besides: encoding, outline
    );
    CREATE INDEX document_collection ON document(collection);

    CREATE TABLE page (
        id INTEGER PRIMARY KEY,              -- the key of a page in the search index
        document INTEGER NOT NULL REFERENCES document(number) ON DELETE CASCADE,
        idx INTEGER NOT NULL,
        label TEXT NOT NULL,
        start INTEGER NOT NULL,              -- code points into the canonical text
        end INTEGER NOT NULL,
        state TEXT NOT NULL,
        width REAL NOT NULL,
        height REAL NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (document, idx)
    );
    -- Where pages are and which cannot be searched, without touching their text.
    CREATE INDEX page_extent ON page(document, start, end);
    CREATE INDEX page_unsearchable ON page(document) WHERE state IN ('no_text', 'failed');

    CREATE TABLE note (
        document INTEGER NOT NULL REFERENCES document(number) ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        marker TEXT NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        text TEXT NOT NULL,
        urls TEXT NOT NULL,                  -- JSON list
        refs TEXT NOT NULL,                  -- JSON list of [start, end]
        PRIMARY KEY (document, seq)
    ) WITHOUT ROWID;

    CREATE TABLE entity (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        description TEXT NOT NULL DEFAULT '',
        color TEXT NOT NULL DEFAULT '',
        parent TEXT,
        external TEXT NOT NULL DEFAULT '{}',
        notes TEXT NOT NULL DEFAULT '',
        folded TEXT NOT NULL DEFAULT '',     -- the name as it is looked up
        created TEXT NOT NULL
    );

    CREATE TABLE alias (
        entity TEXT NOT NULL REFERENCES entity(id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        weak INTEGER NOT NULL DEFAULT 0,
        language TEXT,
        source TEXT NOT NULL DEFAULT '',
        folded TEXT NOT NULL DEFAULT '',
        position INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (entity, name)
    ) WITHOUT ROWID;
    CREATE INDEX entity_folded ON entity(folded);
    CREATE INDEX alias_folded ON alias(folded);

    CREATE TABLE passage (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL REFERENCES document(id),
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        page INTEGER NOT NULL,
        label TEXT NOT NULL,
        exact TEXT NOT NULL,
        prefix TEXT NOT NULL,
        suffix TEXT NOT NULL,
        rects TEXT NOT NULL,                 -- {page index: [[left, top, right, bottom], …]}
        source_sha256 TEXT NOT NULL,
        text_sha256 TEXT NOT NULL,
        extractor TEXT NOT NULL,
        status TEXT NOT NULL,
        score REAL NOT NULL,
        note TEXT NOT NULL DEFAULT '',
        created TEXT NOT NULL,
        modified TEXT NOT NULL,
        creator TEXT NOT NULL DEFAULT '',
        origin TEXT NOT NULL DEFAULT 'tag'
    );
    CREATE INDEX passage_document ON passage(document, start);

    CREATE TABLE passage_entity (
        passage TEXT NOT NULL REFERENCES passage(id) ON DELETE CASCADE,
        entity TEXT NOT NULL REFERENCES entity(id),
        PRIMARY KEY (passage, entity)
    );
    CREATE INDEX passage_entity_entity ON passage_entity(entity);

    -- A mention somebody has decided about: accepted, rejected, or somebody else's.
    CREATE TABLE decision (
        document TEXT NOT NULL REFERENCES document(id),
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        entity TEXT NOT NULL,
        verdict TEXT NOT NULL,
        decided TEXT NOT NULL,
        PRIMARY KEY (document, start, end, entity)
    );

    -- A spelling that is somebody else: never offered for the entity again.
    CREATE TABLE exclusion (
        entity TEXT NOT NULL,
        spelling TEXT NOT NULL,              -- folded
        document TEXT NOT NULL DEFAULT '',   -- only there; empty: everywhere
        PRIMARY KEY (entity, spelling, document)
    );

    -- What each entity claims of each document, found ahead of the asking; a cache.
    CREATE TABLE claim (
        document INTEGER NOT NULL REFERENCES document(number) ON DELETE CASCADE,
        entity TEXT NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        text TEXT NOT NULL,
        how TEXT NOT NULL,
        score REAL NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (document, entity, start, end)
    ) WITHOUT ROWID;
    CREATE INDEX claim_entity ON claim(entity, document);
    CREATE TABLE claimed_entity (entity TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE claimed_document (
        document INTEGER PRIMARY KEY REFERENCES document(number) ON DELETE CASCADE,
        text_sha256 TEXT NOT NULL
    );
    CREATE TABLE page_keys (
        page INTEGER PRIMARY KEY REFERENCES page(id) ON DELETE CASCADE,
        keys BLOB NOT NULL                   -- numbers of the page's words, see candidates.py
    );

    -- The search index follows these numbers and remembers the last one it took in.
    CREATE TABLE index_change (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        document INTEGER NOT NULL,
        removed INTEGER NOT NULL DEFAULT 0
    );

    -- Queries worth asking again; `seen` is the last change of the index they were asked of.
    CREATE TABLE saved_search (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        request TEXT NOT NULL,               -- JSON of a SearchRequest
        seen INTEGER NOT NULL DEFAULT 0,     -- the newest document at that time
        created TEXT NOT NULL
    );

    -- Bundles that are being put together.
    CREATE TABLE bundle (
        id TEXT PRIMARY KEY,
        request TEXT NOT NULL,               -- JSON of an ExportRequest without its secrets
        created TEXT NOT NULL
    );

    -- What was done, for the menu and for undo; the rows say how each table was before.
    CREATE TABLE action (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        label TEXT NOT NULL,
        at TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'done'   -- done, undone
    );
    CREATE TABLE action_row (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        action INTEGER NOT NULL REFERENCES action(number) ON DELETE CASCADE,
        tbl TEXT NOT NULL,
        before TEXT,                         -- JSON row; null: it was inserted
        after TEXT                           -- JSON row; null: it was deleted
    );
    CREATE INDEX action_row_action ON action_row(action);

    -- Who did what when, for the custody record; only ever added to.
    CREATE TABLE custody (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        what TEXT NOT NULL,                  -- import, tag, untag, describe, export, undo …
        subject TEXT NOT NULL,               -- the id it happened to
        detail TEXT NOT NULL                 -- JSON
    );
    """,
    """
    -- Texts before and after an action that read an original again, packed.
    CREATE TABLE kept_reading (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        action INTEGER NOT NULL REFERENCES action(number) ON DELETE CASCADE,
        document INTEGER NOT NULL REFERENCES document(number) ON DELETE CASCADE,
        content BLOB NOT NULL
    );
    CREATE INDEX kept_reading_action ON kept_reading(action);
    CREATE INDEX kept_reading_document ON kept_reading(document);
    """,
)

UNDOABLE: dict[str, tuple[str, ...]] = {
    "entity": (),
    "alias": (),
    "passage": (),
    "passage_entity": (),
    "decision": (),
    "bundle": (),
    "exclusion": (),
    "page": ("id", "label"),
    "document": (
        "number",
        "id",
        "collection",
        "title",
        "issued",
        "publisher",
        "language",
        "csl",
        "replaces",
    ),
}
"""Tables whose changes the user can take back, with the columns that count (none: all)."""

TOUCHED: dict[str, tuple[tuple[str, str], ...]] = {
    "document": (
        ("document", "id"),
        ("passage", "document"),
        ("decision", "document"),
        ("reading", "id"),
    ),
    "entity": (
        ("entity", "id"),
        ("alias", "entity"),
        ("passage_entity", "entity"),
        ("decision", "entity"),
        ("exclusion", "entity"),
    ),
    "passage": (("passage", "id"), ("passage_entity", "passage")),
    "bundle": (("bundle", "id"),),
    "text": (("reading", "id"),),
}
"""For each kind of id, the tables and columns whose rows name one that was touched."""
