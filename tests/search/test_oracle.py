"""The index against stock Whoosh and against reading every page."""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pytest
from whoosh import index as whoosh_index
from whoosh import query as whoosh_query
from whoosh.support.levenshtein import levenshtein

from index.model import SearchRequest
from index.search.analysis import PRINTED, plain, tokens
from index.search.executor import Compiler
from index.search.folder import IndexFolder, Snapshot
from index.search.lexicon import Lexicon
from index.search.manifest import Manifest
from index.search.parsing import parse
from index.search.query import And, Kind, Node, Not, Or, Phrase, Word
from index.search.writing import Batch
from tests.search import corpus
from tests.search.conftest import Archive
from tests.search.scanning import scan

Occurrences = dict[str, dict[int, list[int]]]


def build(folder: Path, parts: list[list[str]]) -> Snapshot:
    """Write an index with a segment a list of pages."""
    files = IndexFolder(folder)
    written = []
    number = 0
    for pages in parts:
        batch = Batch()
        for text in pages:
            batch.add(number, number, text)
            number += 1
        written.append(files.new_part(batch))
    files.commit(Manifest("a", 0, 0), written, 1)
    return files.open()


def occurrences(pages: list[str]) -> Occurrences:
    """Return where every form is, by reading."""
    found: Occurrences = defaultdict(dict)
    for number, text in enumerate(pages):
        for position, token in enumerate(tokens(text)):
            found[token.form].setdefault(number, []).append(position)
    return dict(found)


@pytest.mark.parametrize(
    "pages",
    [
        ["a"],
        [""],
        ["a b a", "", "b"],
        corpus.pages(1, 400, 300),
        ["alone " + " ".join(["often"] * 70_000) + " last", "often last"],
    ],
    ids=["one", "empty", "few", "many", "long-page"],
)
def test_stock_whoosh_reads_every_posting(tmp_path: Path, pages: list[str]) -> None:
    snapshot = build(tmp_path, [pages])
    expected = occurrences(pages)
    with whoosh_index.open_dir(str(tmp_path)).reader() as reader:
        read: Occurrences = {}
        for field, term in reader.all_terms():
            matcher = reader.postings(field, term)
            here = read[term.decode() if isinstance(term, bytes) else term] = {}
            while matcher.is_active():
                here[matcher.id()] = matcher.value_as("positions")
                assert matcher.weight() == len(here[matcher.id()])
                matcher.next()
            assert reader.doc_frequency(field, term) == len(here)
        assert read == expected
        assert reader.doc_count_all() == len(pages)
    (segment,) = snapshot.segments
    for form, where in expected.items():
        number = segment.terms.find(form)
        assert number is not None
        postings = segment.postings(number)
        assert postings.ids.tolist() == list(where)
        assert postings.counts.tolist() == [len(places) for places in where.values()]
        chosen = np.arange(0, len(where), 2)
        found = postings.places(chosen, chosen * 1_000_000)
        wanted = list(where.values())
        assert found.tolist() == [
            n * 1_000_000 + place for n in chosen.tolist() for place in wanted[n]
        ]
        assert segment.postings(number, postings.ids[-1:]).ids[-1] == postings.ids[-1]


SINGLE = [
    form
    for form in (
        next(iter(tokens(word))).form for word in corpus.ENGLISH + corpus.RUSSIAN + corpus.KAZAKH
    )
    if form.isalpha() and form not in ("отчёт", "отчет", "осуждён", "осужден", "organisation")
]
"""Forms that are the only way to write what they plainly are; Whoosh knows no other way."""


def exact(rng: random.Random) -> Word:
    return Word(rng.choice(SINGLE), Kind.EXACT)


def broken(snapshot: Snapshot) -> list[str]:
    """Return the forms that say how they were printed, as over the end of a line."""
    return sorted(
        {
            form
            for segment in snapshot.segments
            for form in segment.terms.texts(np.arange(segment.terms.count))
            if PRINTED in form
        }
    )


def also(
    query: whoosh_query.Query, forms: list[str], plainly: Callable[[str], bool]
) -> whoosh_query.Query:
    """Return Whoosh's query for what it finds, or for forms that are plainly such a word."""
    terms = [whoosh_query.Term("text", form) for form in forms if plainly(plain(form))]
    return whoosh_query.Or([query, *terms])


def trees(rng: random.Random, forms: list[str]) -> list[tuple[str, Node, whoosh_query.Query]]:
    """Return one query of each class, ours and Whoosh's, which knows not what is `broken`."""
    one, two, three = (exact(rng) for _ in range(3))
    terms = [whoosh_query.Term("text", word.text) for word in (one, two, three)]
    both = [word.text for word in (one, two)]
    pattern = one.text[0] + "?" + one.text[2:3] + "*"
    return [
        ("term", one, terms[0]),
        ("and", And((one, two)), whoosh_query.And(terms[:2])),
        ("or", Or((one, two, three)), whoosh_query.Or(terms)),
        ("not", And((one, Not(two))), whoosh_query.And([terms[0], whoosh_query.Not(terms[1])])),
        ("nested", And((Or((one, two)), three)),
         whoosh_query.And([whoosh_query.Or(terms[:2]), terms[2]])),
        ("phrase", Phrase((one, two)), whoosh_query.Phrase("text", both)),
        ("phrase", Phrase((one, two, three)),
         whoosh_query.Phrase("text", [*both, three.text])),
        ("boosted", Or((replace(one, boost=2.5), two, replace(three, boost=0.5))),
         whoosh_query.Or([whoosh_query.Term("text", one.text, boost=2.5), terms[1],
                          whoosh_query.Term("text", three.text, boost=0.5)])),
        ("boosted", Or((Phrase((one, two), boost=3.0), three)),
         whoosh_query.Or([whoosh_query.Phrase("text", both, boost=3.0), terms[2]])),
        ("prefix", Word(one.text[:2], Kind.PREFIX), whoosh_query.Prefix("text", one.text[:2])),
        ("wildcard", Word(pattern, Kind.WILDCARD),
         also(whoosh_query.Wildcard("text", pattern), forms,
              lambda word: fnmatchcase(word, pattern))),
        ("fuzzy", Word(one.text, Kind.FUZZY, distance=1),
         also(whoosh_query.FuzzyTerm("text", one.text, maxdist=1, prefixlength=0), forms,
              lambda word: levenshtein(word, one.text) <= 1)),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_same_pages_and_scores_as_stock_whoosh(tmp_path: Path, seed: int) -> None:
    snapshot = build(tmp_path, [corpus.pages(seed, 120), corpus.pages(seed + 50, 80)])
    lexicon = Lexicon(snapshot.segments)
    rng = random.Random(seed)
    forms = broken(snapshot)
    with whoosh_index.open_dir(str(tmp_path)).searcher() as searcher:
        for _ in range(30):
            for name, ours, theirs in trees(rng, forms):
                compiler = Compiler(
                    snapshot.segments, snapshot.tokens, lexicon, lambda field, segment: segment
                )
                matcher = compiler.compile(ours)
                found: dict[int, float] = {}
                for number, segment in enumerate(snapshot.segments):
                    ids = matcher.ids(number)
                    scores = matcher.scores(number, ids).tolist()
                    found.update(zip((ids + segment.base).tolist(), scores, strict=True))
                expected = {hit.docnum: hit.score for hit in searcher.search(theirs, limit=None)}
                assert set(found) == set(expected), (name, ours)
                if name in ("term", "and", "or", "nested", "phrase", "boosted"):
                    for page, score in expected.items():
                        assert found[page] == pytest.approx(score, rel=1e-4), (name, ours)


def fill(archive: Archive, pages: list[str]) -> None:
    """Put pages into an archive, three a document."""
    for start in range(0, len(pages), 3):
        archive.add(*pages[start : start + 3])


def test_random_queries_equal_reading_every_page(make_archive: Callable[[], Archive]) -> None:
    asked = 0
    for seed in range(5):
        pages = corpus.pages(seed + 100, 90)
        archive = make_archive()
        fill(archive, pages[:60])
        archive.search.follow()
        fill(archive, pages[60:])
        archive.search.follow()
        rng = random.Random(seed)
        for _ in range(100):
            query = corpus.query(rng)
            results = archive.search.search(SearchRequest(query=query, limit=0))
            found = {(int(hit.document, 16) - 1) * 3 + hit.page - 1 for hit in results.hits}
            assert found == scan(pages, parse(query)), query
            assert results.pages == len(found)
            asked += 1
    assert asked == 500
