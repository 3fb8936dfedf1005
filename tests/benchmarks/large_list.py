"""Everything that a large list costs in a large archive: page keys, variants, claims, writing.

Run with `python -m tests.benchmarks.large_list [entities] [pages]`. The archive is made
first, by a process of its own, so that the memory measured is what the reading takes.
"""

import multiprocessing
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from index.entities.words import WORD
from index.library import Library
from tests.benchmarks.matching_speed import make_list, make_pages
from tests.benchmarks.new_entity import fill


def make(folder: Path, entities_count: int, pages_count: int) -> None:
    """Make an archive with pages and a list, of which nothing has been looked for yet."""
    random_ = random.Random(6)
    entities = make_list(random_, entities_count)
    with Library.create(folder) as library:
        fill(library.database, make_pages(random_, entities, pages_count))
        for entity in entities:
            library.entities_store.add(entity.kind, entity.name, entity.aliases)


def folded(library: Library) -> float:
    """Return the processor time of cutting every page into folded words: the yardstick."""
    rows = library.database.read().execute("SELECT text FROM page")
    spent = 0.0
    for (text,) in rows:
        began = time.process_time()
        [each.casefold() for each in WORD.findall(text)]
        spent += time.process_time() - began
    return spent


def main() -> None:
    entities_count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    pages_count = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "archive"
        context = multiprocessing.get_context("spawn")
        maker = context.Process(target=make, args=(folder, entities_count, pages_count))
        maker.start()
        maker.join()
        with Library.open(folder) as library:
            began = time.process_time()
            library.mention_cache.follow()
            spent = time.process_time() - began
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            yard = folded(library)
            began = time.process_time()
            mentions = sum(1 for _ in library.mentions())
            asked = time.process_time() - began
    print(f"{entities_count} entities over {pages_count} pages: {spent:.1f} s of the processor,")
    print(f"{peak:.0f} MB at most; {spent / yard:.1f} times cutting the pages into folded words")
    print(f"({yard:.1f} s); {mentions} mentions, all of them listed in {asked:.1f} s")


if __name__ == "__main__":
    main()
