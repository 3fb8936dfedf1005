"""Time from adding one entity to an archive of 20,000 pages until its mentions are there.

Run with `python -m tests.benchmarks.new_entity [pages]`.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

from index.entities import Matcher
from index.entities.mentions import MentionCache
from index.store.database import Database
from index.store.entities import EntityStore
from index.store.locking import FileLock
from tests.benchmarks.matching_speed import make_list, make_pages

PAGES_EACH = 50


def fill(database: Database, pages: list[str]) -> None:
    """Write documents of 50 pages each, with no more than the cache asks for."""
    with database.write() as connection:
        for number in range(1, len(pages) // PAGES_EACH + 1):
            texts = pages[(number - 1) * PAGES_EACH : number * PAGES_EACH]
            connection.execute(
                "INSERT INTO document (number, id, sha256, text_sha256, extractor, file_name,"
                " media_type, size, characters, page_count, paged, imported, title, csl)"
                " VALUES (?, ?, ?, ?, '', '', '', 0, ?, ?, 1, '', '', '{}')",
                (number, f"d{number}", f"s{number}", f"t{number}",
                 sum(map(len, texts)) + len(texts) - 1, len(texts)),
            )  # fmt: skip
            start = 0
            for index, text in enumerate(texts):
                connection.execute(
                    "INSERT INTO page (document, idx, label, start, end, state, width, height,"
                    " text) VALUES (?, ?, '', ?, ?, 'text', 0, 0, ?)",
                    (number, index, start, start + len(text), text),
                )
                start += len(text) + 1


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    random_ = random.Random(6)
    entities = make_list(random_, 300)
    pages = make_pages(random_, entities, count)
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "archive.sqlite", FileLock(Path(folder) / "lock"))
        fill(database, pages)
        store, cache = EntityStore(database), MentionCache(database)
        for entity in entities[:100]:
            store.add(entity.kind, entity.name, entity.aliases)
        began = time.process_time()
        cache.follow()
        print(f"first reading of {count} pages: {time.process_time() - began:.1f} s CPU")
        times = []
        for entity in entities[100:110]:
            made = store.add(entity.kind, entity.name, entity.aliases)
            began = time.monotonic()
            cache.follow()
            found = cache.mentions([made.id])
            times.append(time.monotonic() - began)
        print(f"one new entity: median {sorted(times)[5]:.2f} s, slowest {max(times):.2f} s")
        began = time.monotonic()
        alone = Matcher([store.get(made.id)])
        counted = sum(len(alone.find("", text)) for text in pages)
        whole = time.monotonic() - began
        print(f"the same by going through every page: {whole:.1f} s, {whole / times[-1]:.0f} times")
        print(f"mentions found: {len(found)} by the cache, {counted} page by page")
        database.close()


if __name__ == "__main__":
    main()
