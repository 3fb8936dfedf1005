"""Time of taking in a list of 100,000 entities, and of taking it in again.

Run with `python -m tests.benchmarks.list_import [entities]`.
"""

import csv
import random
import sys
import tempfile
import time
from pathlib import Path

from index.entities import read_list
from index.store.database import Database
from index.store.entities import EntityStore
from index.store.history import History
from index.store.locking import FileLock
from tests.benchmarks.matching_speed import make_list


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    entities = make_list(random.Random(5), count)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("id", "kind", "name", "aliases"))
            for entity in entities:
                aliases = ";".join(alias.name for alias in entity.aliases)
                writer.writerow((f"E{entity.id}", entity.kind, entity.name, aliases))
        began = time.monotonic()
        with path.open(encoding="utf-8") as file:
            list(csv.reader(file))
        bare = time.monotonic() - began
        database = Database(Path(folder) / "archive.sqlite", FileLock(Path(folder) / "lock"))
        store, history = EntityStore(database), History(database)
        for what in ("first", "again"):
            began = time.monotonic()
            reading = read_list(path)
            with history.action("Import a list"):
                result = store.upsert_many(reading.entries)
            taken = time.monotonic() - began
            print(
                f"{what}: {taken:.1f} s, {len(result.added)} added, {len(result.updated)} updated,"
                f" {len(result.unchanged)} unchanged; {taken / bare:.0f} × reading the bare CSV"
            )
        database.close()


if __name__ == "__main__":
    main()
