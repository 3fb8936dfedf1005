"""From the text of pages to a segment of standard Whoosh files, inverted with one sort."""

import contextlib
import gc
from array import array
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from index.search import beginnings, blocks, keyfile, termfile
from index.search.blocks import Integers, Postings, width_for
from index.search.cutting import Cutter
from index.search.posting_file import write_postings
from index.search.shelf import Stem

TEXT = "text"
TERMS, POSTS, KEYS, BEGINNINGS = ".trm", ".pst", ".keys", ".begin"
PAGE_COLUMN, DOCUMENT_COLUMN = ".page.col", ".document.col"
LENGTH_COLUMN, STORED_COLUMN = "._text_len.col", "._stored.col"

BATCH_TOKENS = 8_000_000
BATCH_PAGES = 60_000
SORTED = 1_000_000  # words of a batch sorted at a time
TOGETHER = 200_000  # characters cut into words at a time, small enough for the processor's cache


@contextlib.contextmanager
def _no_collecting() -> Iterator[None]:
    """Look for no cycles for a while: among so many small values that are kept it finds none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class Batch:
    """Pages gathered in memory until they are written as one segment."""

    def __init__(self) -> None:
        self._cutter = Cutter()
        self._uncut: list[str] = []
        self._waiting = 0  # characters
        self._tokens: list[NDArray[np.int32]] = []
        self._lengths: list[NDArray[np.int64]] = []
        self._pages = array("q")
        self._documents = array("q")
        self.token_count = 0

    def __len__(self) -> int:
        return len(self._pages)

    @property
    def full(self) -> bool:
        """Whether it is time to write the batch."""
        return self.token_count >= BATCH_TOKENS or len(self._pages) >= BATCH_PAGES

    def add(self, page: int, document: int, text: str) -> None:
        """Take in the text of one page."""
        self._pages.append(page)
        self._documents.append(document)
        self._uncut.append(text)
        self._waiting += len(text)
        if self._waiting >= TOGETHER:
            self._cut()

    def _cut(self) -> None:
        tokens, lengths = self._cutter.cut(self._uncut)
        self._tokens.append(tokens)
        self._lengths.append(lengths)
        self.token_count += len(tokens)
        self._uncut, self._waiting = [], 0

    def write(self, stem: Stem) -> int:
        """Write the files of a segment, whose names begin as `stem`; return the total length."""
        with _no_collecting():
            return self._write(stem)

    def _write(self, stem: Stem) -> int:
        self._cut()
        lengths = np.concatenate(self._lengths)
        write_columns(stem, self._pages, self._documents, length_bytes(lengths))
        forms = self._cutter.forms
        order = sorted(range(len(forms)), key=forms.__getitem__)
        total = int(lengths.sum())
        in_order = [forms[number] for number in order]
        with ThreadPoolExecutor(1) as pool:
            # Numpy lets other threads work while it sorts.
            keys = pool.submit(_write_keys, stem, in_order)
            postings, width = self._invert(order, lengths)
            self._cutter = Cutter()  # of no more use, and large
            write_terms(stem, in_order, postings, width, len(lengths))
            keys.result()
        return total

    def _invert(self, order: list[int], lengths: Integers) -> tuple[Postings, blocks.Width]:
        """Return every posting sorted by form and page, by sorting the places of forms."""
        rank = np.empty(len(order), np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        ranks = rank[np.concatenate(self._tokens)]
        self._tokens = []
        count = len(ranks)
        place = _in_order(ranks, len(order))
        ranks = ranks[place]
        begins = (np.cumsum(lengths) - lengths).astype(np.int32)
        page = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)[place]
        positions = place
        positions -= begins[page]
        del place
        fresh = np.ones(count, bool)
        fresh[1:] = (ranks[1:] != ranks[:-1]) | (page[1:] != page[:-1])
        starts = np.flatnonzero(fresh).astype(np.int32)
        term = ranks[starts]
        del ranks
        positions[1:] -= np.where(fresh[1:], np.int32(0), positions[:-1])
        first = np.flatnonzero(np.append(True, term[1:] != term[:-1])) if count else starts
        counts = np.diff(starts, append=np.int32(count))
        documents = page[starts]
        postings = Postings(
            first=first,
            df=np.diff(np.append(first, len(term))),
            documents=documents,
            counts=counts,
            positions=positions,
            lengths=length_bytes(lengths)[documents],
        )
        largest = max(int(positions.max(initial=0)), len(lengths))
        return postings, width_for(largest)


def _in_order(numbers: NDArray[np.int32], below: int) -> NDArray[np.int32]:
    """Return the places of the numbers in the order of these, equal ones as they stand."""
    ends = np.cumsum(np.bincount(numbers, minlength=below))
    free = np.append(0, ends[:-1])  # of each number: where its next place goes
    places = np.empty(len(numbers), np.int32)
    for low in range(0, len(numbers), SORTED):  # sorting all at once takes much memory
        some = numbers[low : low + SORTED]
        order = _sorted(some, below)
        some = some[order]
        first = np.flatnonzero(np.append(True, some[1:] != some[:-1]))
        sizes = np.diff(np.append(first, len(some)))
        shift = free[some[first]] - first
        places[np.repeat(shift, sizes) + np.arange(len(some))] = order + low
        free[some[first]] += sizes
    return places


def _sorted(numbers: NDArray[np.int32], below: int) -> Integers:
    """Return the order of the numbers.

    Numpy sorts numbers of two bytes in one pass over them, several times as fast as wider ones.
    """
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    if below > 1 << 16:
        high = (numbers >> 16).astype(np.uint16)[order]
        order = order[np.argsort(high, kind="stable")]
    return order


def length_bytes(lengths: Integers) -> NDArray[np.uint8]:
    """Return lengths in words as the single bytes in which Whoosh keeps them."""
    from whoosh.util.numeric import length_to_byte

    return np.fromiter(map(length_to_byte, lengths.tolist()), np.uint8, len(lengths))


def write_columns(
    stem: Stem,
    pages: Sequence[int] | Integers,
    documents: Sequence[int] | Integers,
    lengths: NDArray[np.uint8],
) -> None:
    """Write what is kept of each page beside its text."""
    from whoosh.codec.whoosh3 import STORED_COLUMN as STORED
    from whoosh.filedb.structfile import StructFile

    stem.write(PAGE_COLUMN, np.array(pages, ">u4").tobytes())
    stem.write(DOCUMENT_COLUMN, np.array(documents, ">u4").tobytes())
    stem.write(LENGTH_COLUMN, lengths.tobytes())
    with stem.create(STORED_COLUMN) as file:
        STORED.writer(StructFile(file)).finish(len(pages))


def write_terms(
    stem: Stem, forms: list[str], postings: Postings, width: blocks.Width, pages: int
) -> None:
    """Write the posting file and the term index."""
    with stem.create(POSTS) as file:
        values = write_postings(file, postings, width)
    counted = (
        (letters, _counted(postings, first, end, pages))
        for letters, first, end in beginnings.frequent(forms, postings.df)
    )
    with stem.create(BEGINNINGS) as file:
        beginnings.write(file, counted)
    forms_encoded = (form.encode() for form in forms)
    with stem.create(TERMS) as file:
        termfile.write(file, TEXT, forms_encoded, values)


def _write_keys(stem: Stem, forms: list[str]) -> None:
    with stem.create(KEYS) as file:
        keyfile.write(file, forms)


def _counted(postings: Postings, first: int, end: int, pages: int) -> NDArray[np.float64]:
    """Return how often some terms that follow one another are on each page."""
    begin = postings.first[first]
    stop = postings.first[end - 1] + postings.df[end - 1]
    counts = postings.counts[begin:stop]
    return np.asarray(np.bincount(postings.documents[begin:stop], counts, pages), float)
