"""What was cut into words before its turn is indexed once, and only as the record has it."""

from index.model import SearchRequest
from tests.search.conftest import Archive


def found(archive: Archive, query: str) -> list[str]:
    """Return the titles of the documents that a query finds."""
    results = archive.search.search(SearchRequest(query=query, limit=0))
    return sorted(hit.title for hit in results.hits)


def test_documents_prepared_are_found_once_with_those_before_and_after(archive: Archive) -> None:
    archive.add("before word", title="a")
    archive.search.follow()
    archive.add("waiting word", title="b")
    archive.search.prepare()
    for title in "cd":
        archive.add("word", title=title)
        assert not archive.search.prepare()
    archive.add("late word", title="e")
    archive.search.follow()
    assert archive.search.is_current()
    assert found(archive, "word") == ["a", "b", "c", "d", "e"]
    assert archive.search.check() == []
    archive.add("next word", title="f")
    archive.search.prepare()
    archive.search.follow()
    assert found(archive, "word") == ["a", "b", "c", "d", "e", "f"]


def test_the_first_index_takes_them_in_too(archive: Archive) -> None:
    archive.search.prepare()
    for title in "ab":
        archive.add("word", title=title)
        archive.search.prepare()
    archive.add("word", title="c")
    archive.search.follow()
    assert found(archive, "word") == ["a", "b", "c"]


def test_what_was_removed_meanwhile_is_not_indexed(archive: Archive) -> None:
    archive.add("old word", title="a")
    archive.search.follow()
    archive.search.prepare()
    gone = archive.add("secret word", title="b")
    archive.add("word", title="c")
    archive.search.prepare()
    archive.remove(gone)
    archive.search.follow()
    assert found(archive, "word") == ["a", "c"]
    assert found(archive, "secret*") == []
    segments = archive.search._current().segments
    assert all(segment.terms.find("secret") is None for segment in segments)
