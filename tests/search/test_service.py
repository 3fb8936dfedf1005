"""The search of an archive from outside: what is found, shown, counted, followed and kept."""

import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.errors import BadQuery, IndexDamaged
from index.model import SearchRequest
from index.progress import Cancelled
from index.search import SavedSearches, lexicon
from index.search.checked import CheckedFile
from index.search.manifest import FORMAT, NAME, digest
from index.search.shelf import CHUNK, Shelf
from tests.search import corpus
from tests.search.conftest import Archive


def found(archive: Archive, query: str, **filters: object) -> list[tuple[str, int]]:
    """Return title and page of every hit."""
    archive.search.follow()
    request = SearchRequest(query=query, limit=0, **filters)  # type: ignore[arg-type]
    return [(hit.title, hit.page) for hit in archive.search.search(request).hits]


def texts(archive: Archive, query: str, text: str) -> list[str]:
    """Return what is highlighted in the one document there is, with this canonical text."""
    archive.search.follow()
    results = archive.search.search(SearchRequest(query=query, limit=0))
    return [text[match.start : match.end] for hit in results.hits for match in hit.matches]


@pytest.mark.parametrize(
    ("query", "text", "matches"),
    [
        ("organization", "The organi\ufffe\r\nzation went", ["organi\ufffe\r\nzation"]),
        ("organization", "The organi-\nzation went", ["organi-\nzation"]),
        ("осужден", "Он был осуждён вчера", ["осуждён"]),
        ("казакстан", "Біз Қазақстан туралы", ["Қазақстан"]),
        ("Назарбаев", "President Nazarbayev said", ["Nazarbayev"]),
        ("nazarbayev", "Президент Назарбаева принял", ["Назарбаева"]),
        ("don't", "They don’t know", ["don’t"]),
        ("10000", "fined 10,000 tenge", ["10,000"]),
        ("10000", "штраф 10\u00a0000 тенге", ["10\u00a0000"]),
        ("1 000 000".replace(" ", "\u202f"), "it cost 1,000,000", ["1,000,000"]),
        ("300", "in 2016\u00a0300 people", ["300"]),
        ("1500.50", "it cost 1,500.50 or 1.500,50", ["1,500.50", "1.500,50"]),
        ("2016", "on 12.05.2016 in court", ["2016"]),
        ("regime", "the regime12 fell", ["regime"]),
        ('"the regime"', "Under the regime12 it fell", ["the regime12"]),
        ("trial", "Trials, TRIAL and trial's", ["Trials", "TRIAL", "trial's"]),
        ('"trial"', "Trials and a trial", ["trial"]),
        ('"to be or not to be"', "or: to be or not to be?", ["to be or not to be"]),
        ("COVID-19", "the COVID-19 and covid 20", ["COVID-19"]),
        ("bok*", "Bokayev and bokhara", ["Bokayev", "bokhara"]),
        ("b?k*ev", "Bokayev and Bakaev, boev", ["Bokayev", "Bakaev"]),
        ("bokaev~", "Bokayev", ["Bokayev"]),
        ('"court fair"~3', "fair trial in court; a court of fair people", ["court", "fair"]),
        ("судом", "Суды решили", ["Суды"]),
        ("Назарбаев", "указ Назарбаева и Назарбаеву", ["Назарбаева", "Назарбаеву"]),
    ],
)
def test_what_a_word_finds(archive: Archive, query: str, text: str, matches: list[str]) -> None:
    archive.add(text)
    got = texts(archive, query, text)
    assert got[-len(matches) :] == matches or got == matches


def test_offsets_count_from_the_beginning_of_the_document(archive: Archive) -> None:
    pages = ("first page", "second 😀 page of Bokayev", "third")
    archive.add(*pages)
    text = "\f".join(pages)
    assert texts(archive, "bokayev", text) == ["Bokayev"]
    assert texts(archive, '"page of bokayev"', text) == ["page of Bokayev"]


def test_exact_words_rank_before_other_endings_and_those_before_folded(archive: Archive) -> None:
    for title, text in (("folded", "әділ сот"), ("exact", "адил сот"), ("none", "басқа сот")):
        archive.add(text, title=title)
    assert [title for title, _ in found(archive, "адил")] == ["exact", "folded"]


def test_expansions_are_shown_and_can_be_switched_off(archive: Archive) -> None:
    archive.add("Nazarbayev spoke; Назарбаев молчал; trials and trial")
    archive.search.follow()
    results = archive.search.search(SearchRequest(query="trial nazarbayev"))
    assert {(one.kind, one.forms) for one in results.widened} == {
        ("stem", ("trials",)), ("script", ("назарбаев",)),
    }  # fmt: skip
    assert any("trials" in sentence for sentence in results.expansions)
    bare = archive.search.search(SearchRequest(query="trial", without=("stem",)))
    assert len(bare.hits[0].matches) == 1
    latin = archive.search.search(SearchRequest(query="nazarbayev", without=("script",)))
    assert len(latin.hits[0].matches) == 1


def test_an_entity_is_searched_by_every_name_each_switchable(archive: Archive) -> None:
    archive.entity("e1", "Maks Bokayev", "Max Bokaev", "М. Бокаев")
    archive.add("Maks Bokayev here", title="a")
    archive.add("with Max Bokaev", title="b")
    archive.add("о М. Бокаеве", title="c")
    assert {title for title, _ in found(archive, 'entity:"Maks Bokayev"')} == {"a", "b", "c"}
    off = ("alias:Max Bokaev", "alias:М. Бокаев")
    assert {t for t, _ in found(archive, 'entity:"maks bokayev"', without=off)} == {"a"}
    results = archive.search.search(SearchRequest(query="entity:e1"))
    assert {one.switch for one in results.widened if one.kind == "alias"} >= set(off)
    assert {title for title, _ in found(archive, "", entity="e1")} == {"a", "b", "c"}
    with pytest.raises(BadQuery, match="Nobody"):
        archive.search.search(SearchRequest(query="x entity:Nobody"))


def test_fields_and_filters_follow_the_record_without_a_new_index(archive: Archive) -> None:
    first = archive.add("trial one", "trial two", title="Annual Review", language="en",
                        issued="2016-05", collection="UN", publisher="HRW")  # fmt: skip
    archive.add("trial three", title="Отчёт", language="ru", issued="2021", collection="Media")
    archive.search.follow()
    before = (archive.folder / "search" / NAME).read_bytes()
    assert len(found(archive, "trial title:review")) == 2
    assert found(archive, "trial title:отчет") == [("Отчёт", 1)]
    assert len(found(archive, "trial language:EN")) == 2
    assert len(found(archive, 'trial collection:"un"')) == 2
    assert len(found(archive, "trial date:2016..2020")) == 2
    assert len(found(archive, "trial date:..2021")) == 3
    assert found(archive, "trial date:2021") == [("Отчёт", 1)]
    assert len(found(archive, "trial", since="2016-05", until="2016-05")) == 2
    assert len(found(archive, "trial", publisher="hrw")) == 2
    assert len(found(archive, "", collection="Media")) == 1
    assert found(archive, "trial", document=first) == [("Annual Review", 1), ("Annual Review", 2)]
    archive.entity("e1", "Somebody Else")
    archive.tag(first, 0, 3, ["e1"], note="important witness")
    assert found(archive, 'tag:"somebody else"') == [("Annual Review", 1)]
    assert found(archive, "trial note:witness") == [("Annual Review", 1)]
    assert found(archive, "trial", tagged=True) == [("Annual Review", 1)]
    assert len(found(archive, "trial", tagged=False)) == 2
    assert found(archive, "", entity="e1") == [("Annual Review", 1)]
    with archive.database.write() as connection:
        connection.execute("UPDATE document SET collection = 'Other' WHERE id = ?", (first,))
    assert len(found(archive, "trial collection:other")) == 2
    assert (archive.folder / "search" / NAME).read_bytes() == before


def test_facets_count_the_whole_result(archive: Archive) -> None:
    archive.add("trial", "trial", language="en", issued="2016-05", collection="UN")
    archive.add("trial", language="ru", issued="2021")
    archive.add("", state="no_text", language="ru")
    archive.search.follow()
    results = archive.search.search(SearchRequest(query="trial", limit=1, facets=True))
    assert results.facets["language"] == (("en", 2), ("ru", 1))
    assert results.facets["year"] == (("2016", 2), ("2021", 1))
    assert results.facets["collection"] == (("UN", 2), ("", 1))
    assert results.facets["tagged"] == (("yes", 0), ("no", 3))
    assert (results.pages, results.documents) == (3, 2)
    assert (results.unsearchable_documents, results.unsearchable_pages) == (1, 1)
    english = archive.search.search(SearchRequest(query="trial", language="en"))
    assert english.unsearchable_documents == 0


def test_order_and_paging_are_stable(archive: Archive) -> None:
    for number in range(30):
        archive.add("same words here", title=f"T{30 - number:02d}", issued=str(1990 + number % 7))
    everything = {sort: found(archive, "same", sort=sort) for sort in ("score", "date", "title")}
    assert [title for title, _ in everything["title"]] == sorted(t for t, _ in everything["title"])
    for sort, whole in everything.items():
        paged = []
        for offset in range(0, 35, 7):
            request = SearchRequest(query="same", limit=7, offset=offset, sort=sort)
            results = archive.search.search(request)
            assert results.pages == 30
            paged += [(hit.title, hit.page) for hit in results.hits]
        assert paged == whole


def test_nothing_found_offers_the_words_that_were_meant(archive: Archive) -> None:
    archive.add("The prisoner was tortured in detention")
    archive.search.follow()
    results = archive.search.search(SearchRequest(query="prisonner AND tortured"))
    assert results.pages == 0
    assert results.suggestion == "prisoner AND tortured"
    assert archive.search.search(SearchRequest(query="qqqqqqqq")).suggestion is None


def test_a_list_of_queries_goes_on_after_a_bad_one(archive: Archive) -> None:
    archive.add("trial")
    archive.add("", state="no_text")
    archive.search.follow()
    answers = list(archive.search.search_many(["trial", '"open', "nothing"], limit=1))
    assert [answer.pages for answer in answers] == [1, 0, 0]
    assert len(answers[0].hits) == 1
    assert "never closed" in (answers[1].error or "")
    assert answers[2].unsearchable_documents == 1


def test_typing_answers_with_words_that_begin_so(archive: Archive) -> None:
    archive.add("Bokayev was tortured")
    archive.search.follow()
    for typed in ("boka", '"bokayev was tor', "bokayev AND", "(bokayev OR", "title:", "tort"):
        results = archive.search.search(SearchRequest(query=typed, as_you_type=True))
        assert results.pages == (0 if typed == "title:" else 1), typed


def test_completion_knows_fields_names_and_words(archive: Archive) -> None:
    archive.entity("e1", "Maks Bokayev")
    archive.add("tortured torture torture", "torture", collection="UN reports")
    archive.search.follow()

    def texts_of(query: str) -> list[str]:
        return [one.text for one in archive.search.complete(query, len(query))]

    assert texts_of("trial la") == ["language:"]
    assert texts_of("tort") == ["torture", "tortured"]
    assert texts_of("x entity:bok") == ['entity:"Maks Bokayev"']
    assert texts_of('entity:"maks b') == ['entity:"Maks Bokayev"']
    assert texts_of("collection:un") == ['collection:"UN reports"']


def test_saved_searches_say_what_is_new(archive: Archive) -> None:
    archive.add("trial")
    archive.search.follow()
    saved = SavedSearches(archive.database)
    kept = saved.save("Trials", SearchRequest(query="trial", without=("stem",)))
    assert archive.search.new_pages(kept) == 0
    archive.add("trial", "trial")
    archive.search.follow()
    assert archive.search.new_pages(saved.get(kept.id)) == 2
    saved.mark_seen(kept.id)
    assert archive.search.new_pages(saved.get(kept.id)) == 0
    assert [one.request.without for one in saved.all()] == [("stem",)]
    saved.remove(kept.id)
    assert saved.all() == []


def test_the_index_follows_documents_that_come_and_go(archive: Archive) -> None:
    assert archive.search.is_current() is False
    first = archive.add("alpha")
    assert found(archive, "alpha") == [("Report 1", 1)]
    archive.add("alpha beta")
    assert not archive.search.is_current()
    assert len(found(archive, "alpha")) == 2
    archive.remove(first)
    assert found(archive, "alpha") == [("Report 2", 1)]
    assert archive.search.is_current()
    assert archive.search.check() == []


def test_small_parts_are_joined_and_keep_their_pages(archive: Archive) -> None:
    for number in range(40):
        archive.add(f"page alpha{number} common")
        archive.search.follow()
    assert len(found(archive, "common")) == 40
    assert found(archive, "alpha7") == [("Report 8", 1)]
    assert len(list((archive.folder / "search").glob("*.trm"))) <= 15


@pytest.mark.parametrize("suffix", [".trm", ".pst", ".toc", ".col", ".keys", ".begin", ".json"])
def test_a_damaged_index_is_noticed_and_built_again(
    make_archive: Callable[[], Archive], suffix: str
) -> None:
    archive = make_archive()
    archive.add(*corpus.pages(3, 40))
    archive.search.follow()
    before = found(archive, "trial OR суд")
    archive.search.close()
    victim = max(
        (path for path in (archive.folder / "search").iterdir() if path.name.endswith(suffix)),
        key=lambda path: path.stat().st_size,
    )
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 0x41
    victim.write_bytes(data)
    assert archive.search.check() != []
    assert found(archive, "trial OR суд") == before
    assert archive.search.check() == []
    victim.unlink(missing_ok=True)


def test_the_index_of_another_archive_is_not_used(make_archive: Callable[[], Archive]) -> None:
    one, other = make_archive(), make_archive()
    one.add("alpha")
    other.add("beta")
    one.search.follow()
    other.search.follow()
    for path in (other.folder / "search").iterdir():
        path.unlink()
    for path in (one.folder / "search").iterdir():
        (other.folder / "search" / path.name).write_bytes(path.read_bytes())
    other.search.close()
    assert other.search.check() != []
    assert found(other, "alpha") == []
    assert len(found(other, "beta")) == 1


def test_nothing_of_the_index_is_imported_before_the_first_search() -> None:
    code = (
        "import sys, index.search;"
        "print([name for name in sys.modules if name.split('.')[0] in ('numpy', 'whoosh')])"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_search_stops_when_told_to(archive: Archive) -> None:
    archive.add(*corpus.pages(9, 60))
    archive.search.follow()
    with pytest.raises(Cancelled):
        archive.search.search(SearchRequest(query="trial"), should_stop=lambda: True)


@pytest.mark.parametrize("query", ["*a*", "trail~2"])
def test_looking_forms_through_stops_when_told_to(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    archive.add(*corpus.pages(9, 60))
    archive.search.follow()
    monkeypatch.setattr(lexicon, "_AT_ONCE", 1)
    asked = iter([False] * 20)
    with pytest.raises(Cancelled):
        archive.search.search(SearchRequest(query=query), should_stop=lambda: next(asked, True))


def test_threads_search_while_another_indexes(archive: Archive) -> None:
    archive.add("trial")
    archive.search.follow()
    failures: list[BaseException] = []
    ended = threading.Event()

    def ask() -> None:
        try:
            while not ended.is_set():
                results = archive.search.search(SearchRequest(query="trial"))
                assert results.pages >= 1
                time.sleep(0)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(12):
        archive.add("trial again")
        archive.search.follow()
    ended.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(found(archive, "trial")) == 13


@pytest.mark.parametrize("suffix", [".trm", ".pst", ".keys"])
def test_no_changed_byte_is_used(archive: Archive, suffix: str) -> None:
    archive.add(*corpus.pages(5, 60))
    archive.search.follow()
    queries = ["trial", "tri*", "трил~1", '"the trial"', "t?ial OR суд"]
    before = [found(archive, query) for query in queries]
    for part in range(12):
        (victim,) = (archive.folder / "search").glob(f"*{suffix}")
        data = bytearray(victim.read_bytes())
        data[min(len(data) - 1, len(data) * part // 11)] ^= 1 << part % 8
        archive.search.close()
        victim.write_bytes(data)
        assert archive.search.check() != []
        assert [found(archive, query) for query in queries] == before


def test_a_chunk_is_checked_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    data = bytearray(random.Random(3).randbytes(5 * CHUNK + 17))
    path.write_bytes(data)
    shelf = Shelf(tmp_path)
    written = digest(shelf, "file")
    data[3 * CHUNK + 5] ^= 1
    path.write_bytes(data)
    file = CheckedFile(shelf, "file", written)
    file.need(0, 3 * CHUNK)
    file.need(4 * CHUNK, len(data))
    for start, end in ((3 * CHUNK - 1, 3 * CHUNK + 1), (0, len(data)), (4 * CHUNK - 1, 4 * CHUNK)):
        with pytest.raises(IndexDamaged):
            file.need(start, end)
        with pytest.raises(IndexDamaged):
            file.need_all(np.array([0, start]), np.array([1, end]))
    with pytest.raises(IndexDamaged):
        file.need(0, len(data) + 1)
    path.write_bytes(data[:-1])
    with pytest.raises(IndexDamaged):
        CheckedFile(shelf, "file", written)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Aigerim Sadvakasova", "Суд вызвал Айгерим Садвакасовой повестку."),
        ("Aygerim Sadvakasova", "Об Айгерим Садвакасову спорили."),
        ("Abai Serikbai", "Это сказал Абай Серикбай."),
        ("Zeinep Akhmetova", "Дело Зейнеп Ахметовой закрыто."),
        ("Айгерим Садвакасова", "The court heard Aigerim Sadvakasova."),
    ],
)
def test_an_entity_is_found_in_another_script(archive: Archive, name: str, text: str) -> None:
    archive.add(text)
    archive.entity("e", name)
    archive.search.follow()
    request = SearchRequest(query=f'entity:"{name}"')
    results = archive.search.search(request)
    assert results.pages == 1
    assert {expansion.kind for expansion in results.widened} == {"script"}
    assert archive.search.search(replace(request, without=("script",))).pages == 0


def test_an_index_of_another_version_is_built_again(archive: Archive) -> None:
    archive.add("alpha")
    archive.search.follow()
    archive.search.close()
    path = archive.folder / "search" / NAME
    path.write_text(path.read_text().replace(f'"format": {FORMAT}', '"format": 1'))
    assert found(archive, "alpha") == [("Report 1", 1)]
    assert archive.search.check() == []
