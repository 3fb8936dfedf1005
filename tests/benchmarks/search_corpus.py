"""A corpus made up for measuring: three languages, word frequencies after Zipf, always the same."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.search import SearchService
from index.store.database import Database
from index.store.locking import FileLock

PAGES_A_DOCUMENT = 50
WORDS_A_PAGE = 350

# Real reports in these languages have about 48 different words a root of the word count.
_SYLLABLES = {
    "en": (
        "a be con de er fo gra hi in ju ko li ment ne ous per qui re st ti un ver wo ex ry sh"
    ).split(),
    "ru": (
        "а бо ва го де же за и ко ле мо на о по ра ст то у фе хо ци че ш ы я пре ро ни ли"
    ).split(),
    "kk": ("а ә ба ғы да ең жа зі қа қы ле мә на ң о ө па ра сі та ұ ү ы і ке ны лы ды").split(),
}
_ENDINGS = {
    "en": ["", "", "", "s", "ed", "ing", "ly"],
    "ru": ["", "а", "ов", "ами", "ый", "ого", "ить", "ение"],
    "kk": ["", "лар", "ның", "да", "дан", "ға"],
}
_SHARES = (("en", 0.55, 28_000), ("ru", 0.35, 24_000), ("kk", 0.10, 9_000))


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the corpus; documents are counted from 1."""

    id: int
    document: int
    language: str
    issued: str
    text: str


class Corpus:
    """The pages of a corpus, and words of known frequency to ask for."""

    def __init__(self, pages: int, seed: int = 1) -> None:
        self.size = pages
        self._seed = seed
        rng = np.random.default_rng(seed)
        self.vocabulary = {language: _words(language, stems, rng) for language, _, stems in _SHARES}

    def pages(self) -> Iterator[Page]:
        """Yield the pages in order."""
        rng = np.random.default_rng(self._seed + 1)
        languages = [language for language, _, _ in _SHARES]
        weights = {language: _zipf(len(words)) for language, words in self.vocabulary.items()}
        language, issued = languages[0], ""
        for number in range(self.size):
            if number % PAGES_A_DOCUMENT == 0:
                language = str(rng.choice(languages, p=[share for _, share, _ in _SHARES]))
                year, month = int(rng.integers(1995, 2026)), int(rng.integers(1, 13))
                issued = f"{year}-{month:02d}-{int(rng.integers(1, 29)):02d}"
            words = self.vocabulary[language]
            count = max(40, int(rng.normal(WORDS_A_PAGE, 60)))
            chosen = np.searchsorted(weights[language], rng.random(count))
            document = number // PAGES_A_DOCUMENT + 1
            yield Page(number + 1, document, language, issued, _text(words, chosen, rng))


def _zipf(count: int) -> np.ndarray:
    weights = 1.0 / (np.arange(count) + 2.7) ** 1.05
    summed = np.cumsum(weights)
    return summed / summed[-1]


def _words(language: str, stems: int, rng: np.random.Generator) -> list[str]:
    """Return distinct words, the first ones short, with a few endings for each stem."""
    syllables, endings = _SYLLABLES[language], _ENDINGS[language]
    found: dict[str, None] = {}
    number = 0
    while len(found) < stems * 2:
        length = 1 + int(number > 30) + int(number > 2_000) + int(number > 20_000)
        stem = "".join(rng.choice(syllables, length + int(rng.integers(0, 2))))
        for ending in rng.choice(endings, 1 if number < 100 else 3):
            found[stem + str(ending)] = None
        number += 1
    return list(found)


def _text(words: list[str], chosen: np.ndarray, rng: np.random.Generator) -> str:
    parts = [words[number] for number in chosen.tolist()]
    for at in rng.integers(0, len(parts), 6).tolist():
        parts[at] = str(int(rng.integers(1, 30_000)))
    for at in range(11, len(parts), 13):
        parts[at] += ".\n" if at % 5 == 0 else ","
    return " ".join(parts)


def opened(folder: Path) -> tuple[Database, SearchService]:
    """Open the archive in a folder as it is."""
    database = Database(folder / "archive.sqlite", FileLock(folder / "archive.lock"))
    return database, SearchService(database, folder / "search", FileLock(folder / "search.lock"))


def archive(folder: Path, corpus: Corpus) -> tuple[Database, SearchService]:
    """Write the corpus down as the record of an archive; reuse what is there already."""
    folder.mkdir(parents=True, exist_ok=True)
    database, service = opened(folder)
    if database.read().execute("SELECT count(*) FROM page").fetchone()[0] == corpus.size:
        return database, service
    with database.write() as connection:
        connection.execute("INSERT OR IGNORE INTO meta VALUES ('uuid', 'benchmark')")
        last = 0
        for page in corpus.pages():
            if page.document != last:
                last = page.document
                identity = f"{last:032x}"
                connection.execute(
                    "INSERT INTO document (number, id, sha256, text_sha256, extractor, file_name,"
                    " media_type, size, characters, page_count, paged, collection, imported, title,"
                    " issued, language, csl) VALUES (?, ?, ?, '', '', '', 'application/pdf', 0, 0,"
                    " ?, 1, ?, '', ?, ?, ?, ?)",
                    (
                        last, identity, identity, PAGES_A_DOCUMENT, f"Collection {last % 7}",
                        f"Report {last}", page.issued, page.language, json.dumps({"id": identity}),
                    ),
                )  # fmt: skip
                connection.execute("INSERT INTO index_change (document) VALUES (?)", (last,))
                start = 0
            connection.execute(
                "INSERT INTO page (id, document, idx, label, start, end, state, width, height,"
                " text) VALUES (?, ?, ?, ?, ?, ?, 'text', 0, 0, ?)",
                (
                    page.id, last, (page.id - 1) % PAGES_A_DOCUMENT, str(page.id), start,
                    start + len(page.text), page.text,
                ),
            )  # fmt: skip
            start += len(page.text) + 1
    return database, service
