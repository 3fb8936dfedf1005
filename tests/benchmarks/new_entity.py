"""Time from adding one entity to an indexed archive of 20,000 pages until its mentions are there.

Run with `python -m tests.benchmarks.new_entity [pages] [entities]`.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

from index.entities import Matcher
from index.library import Library
from index.store.database import Database
from tests.benchmarks.matching_speed import make_list, make_pages

PAGES_EACH = 50
ADDED = 10  # entities, one after the other


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
    listed = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    random_ = random.Random(6)
    entities = make_list(random_, listed + ADDED)
    pages = make_pages(random_, entities, count)
    with tempfile.TemporaryDirectory() as folder:
        library = Library.create(Path(folder) / "archive")
        fill(library.database, pages)
        began = time.process_time()
        library.follow()
        print(f"indexing {count} pages: {time.process_time() - began:.1f} s CPU")
        for entity in entities[:listed]:
            library.entities_store.add(entity.kind, entity.name, entity.aliases)
        began = time.process_time()
        found = sum(1 for _ in library.mentions())
        spent = time.process_time() - began
        print(f"first reading with {listed} entities: {spent:.1f} s CPU, {found} mentions")
        times, spent_on, counts = [], [], []
        for entity in entities[listed:]:
            began, spent = time.monotonic(), time.process_time()
            made = library.add_entity(entity.kind, entity.name, entity.aliases)
            counts.append(len(list(library.mentions([made.id]))))
            times.append(time.monotonic() - began)
            spent_on.append(time.process_time() - spent)
        print(f"one new entity: median {sorted(times)[ADDED // 2]:.2f} s,", end=" ")
        print(f"slowest {max(times):.2f} s, {sum(counts)} mentions of {ADDED};", end=" ")
        print(f"of the processor median {sorted(spent_on)[ADDED // 2]:.2f} s, most", end=" ")
        print(f"{max(spent_on):.2f} s")
        began = time.monotonic()
        alone = Matcher([library.entity(made.id)])
        counted = 0
        for document in library.documents():
            counted += len(alone.find("", library.text(document.id)))
        whole = time.monotonic() - began
        print(f"the same by going through every page: {whole:.1f} s, {whole / times[-1]:.0f} times")
        print(f"mentions of the last: {counts[-1]} by the cache, {counted} page by page")
        library.close()


if __name__ == "__main__":
    main()
