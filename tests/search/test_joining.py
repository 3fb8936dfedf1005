"""Segments joined block by block against the same pages written at once."""

import random
from pathlib import Path

import numpy as np
import pytest
from whoosh import index as whoosh_index

from index.search import beginnings
from index.search.bulk import dense_counts
from index.search.folder import IndexFolder, Snapshot
from index.search.joining import join
from index.search.keyfile import key_hash
from index.search.manifest import Manifest
from index.search.pieces import CannotJoin
from index.search.segment import Segment
from index.search.shelf import Shelf, Stem
from index.search.writing import Batch
from tests.search import corpus
from tests.search.test_oracle import build


def joined(snapshot: Snapshot, folder: Path) -> Snapshot:
    """Return the index of a snapshot with all its parts as one."""
    files = IndexFolder(folder)
    part = files.joined_part(snapshot, [part.name for part in snapshot.manifest.parts])
    files.commit(snapshot.manifest, [part], snapshot.manifest.change)
    return files.open()


def postings(segment: Segment) -> dict[str, list[tuple[int, int, list[int]]]]:
    """Return page, count and positions of every posting of a segment."""
    found = {}
    for number in range(segment.terms.count):
        here = segment.postings(number)
        every = np.arange(len(here.ids))
        flat = here.places(every, np.zeros(len(here.ids), np.int64)).tolist()
        rows, at = [], 0
        for page, count in zip(here.ids.tolist(), here.counts.tolist(), strict=True):
            rows.append((page, int(count), flat[at : at + int(count)]))
            at += int(count)
        found[segment.terms.form(number)] = rows
    return found


def stock(folder: Path) -> dict[object, object]:
    """Return everything that stock Whoosh reads in an index."""
    read: dict[object, object] = {}
    with whoosh_index.open_dir(str(folder)).reader() as reader:
        for field, term in reader.all_terms():
            matcher = reader.postings(field, term)
            rows = []
            while matcher.is_active():
                rows.append((matcher.id(), matcher.weight(), matcher.value_as("positions")))
                matcher.next()
            info = reader.term_info(field, term)
            read[term] = (
                rows, info.doc_frequency(), info.weight(), info.min_length(), info.max_length(),
                info.max_weight(), info.min_id(), info.max_id(),
            )  # fmt: skip
        read["lengths"] = [
            reader.doc_field_length(n, "text") for n in range(reader.doc_count_all())
        ]
        read["all"] = reader.field_length("text")
    return read


def pages_of(seed: int) -> list[list[str]]:
    """Return the pages of several segments, some of one page, some of many, one heavy."""
    rng = random.Random(seed)
    parts = [corpus.pages(seed * 10 + n, rng.choice((1, 2, 30, 400)), 60) for n in range(6)]
    parts.append(["often " * 300 + "rare", "often", "", *corpus.pages(seed, 1200, 20)])
    rng.shuffle(parts)
    return parts


@pytest.mark.parametrize("seed", range(4))
def test_joined_is_what_is_written_at_once(tmp_path: Path, seed: int) -> None:
    parts = pages_of(seed)
    once = build(tmp_path / "once", [[page for pages in parts for page in pages]])
    several = joined(build(tmp_path / "several", parts), tmp_path / "several")
    (one,), (other,) = once.segments, several.segments
    assert postings(other) == postings(one)
    assert stock(tmp_path / "several") == stock(tmp_path / "once")
    assert other.pages.tolist() == one.pages.tolist()
    assert other.length_bytes.tolist() == one.length_bytes.tolist()
    for key in ("trial", "суд", "bokayev"):
        assert sorted(other.keys.find(key_hash("k", key))) == sorted(
            one.keys.find(key_hash("k", key))
        )


def test_beginnings_are_counted_as_their_words_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginnings, "MANY", 20)
    parts = pages_of(3)
    several = build(tmp_path, parts)
    counted = 0
    for segment in (*several.segments, *joined(several, tmp_path).segments):
        letters = {segment.terms.form(n)[:k] for n in range(segment.terms.count) for k in (3, 4)}
        for beginning in sorted(letters):
            found = segment.beginnings.find(beginning)
            numbers = segment.terms.prefixed(beginning)
            every = np.arange(numbers.start, numbers.stop)
            dense = dense_counts(segment, every, np.ones(len(every), np.float32))
            total = segment.terms.total_df(every)
            assert (found is not None) == (total >= 20 and len(beginning) in (3, 4))
            if found is not None:
                counted += 1
                assert found[0].tolist() == np.flatnonzero(dense).tolist()
                assert found[1].tolist() == dense[found[0]].tolist()
    assert counted > 20


def test_joined_twice_is_what_is_written_at_once(tmp_path: Path) -> None:
    parts = pages_of(9)
    once = build(tmp_path / "once", [[page for pages in parts for page in pages]])
    first = build(tmp_path / "several", parts)
    files = IndexFolder(tmp_path / "several")
    names = [part.name for part in first.manifest.parts[:3]]
    part = files.joined_part(first, names)
    files.commit(first.manifest, [part, *first.manifest.parts[3:]], 1)
    several = joined(files.open(), tmp_path / "several")
    assert postings(several.segments[0]) == postings(once.segments[0])


def test_deleted_pages_stay_deleted(tmp_path: Path) -> None:
    files = IndexFolder(tmp_path)
    parts = []
    for number in range(3):
        batch = Batch()
        for page in range(4):
            batch.add(10 * number + page, number, f"word{page} all")
        parts.append(files.new_part(batch))
    parts[1] = type(parts[1])(parts[1].name, 4, parts[1].tokens, (1, 3))
    files.commit(Manifest("a", 0, 0), parts, 1)
    snapshot = joined(files.open(), tmp_path)
    assert snapshot.manifest.parts[0].deleted == (5, 7)
    alive = snapshot.segments[0].alive
    assert alive is not None
    assert np.flatnonzero(~alive).tolist() == [5, 7]


def test_numbers_too_large_to_be_moved_are_refused(tmp_path: Path) -> None:
    snapshot = build(tmp_path, [["word " * 70_000 + "last", "last"], ["last word"]])
    with pytest.raises(CannotJoin):
        join(snapshot.segments, Stem(Shelf(tmp_path), "MAIN_x"))
