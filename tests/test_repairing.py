"""A passage without a place is offered places, put on one, or given up; all of it undone."""

from pathlib import Path

import pytest

from index import repairing, versions
from index.errors import BadInput
from index.library import Library
from index.model import AnchorStatus
from tests.test_versions import SECOND, two  # noqa: F401

Two = tuple[Library, str, str]
PRICES = "about the price of wheat in the northern regions"


def test_places_are_offered_best_first_with_their_context(two: Two) -> None:  # noqa: F811
    library, old, new = two
    passage = library.tag_quote(
        old, "Observers were not admitted. The prosecutor gave no reasons for the decision at all."
    )
    versions.attach(library, new, old)
    doubtful = library.passage(passage.id)
    places = repairing.candidates(library, doubtful)
    assert {place.document for place in places} == {new}
    assert [place.score for place in places] == sorted((p.score for p in places), reverse=True)
    assert [SECOND[place.start : place.end] for place in places] == [p.words for p in places]
    assert all(p.before == SECOND[max(0, p.start - 120) : p.start] for p in places)
    assert len(places) >= 2 and not places[0].guessed

    last = max(places, key=lambda place: place.start)
    repairing.place(library, passage.id, last.document, last.start, last.end)
    placed = library.passage(passage.id)
    assert placed.anchor.status is AnchorStatus.EXACT and placed.anchor.start == last.start
    assert versions.to_repair(library) == []
    library.undo()
    assert library.passage(passage.id) == doubtful
    library.close()


def test_a_lost_passage_can_stay_with_the_earlier_version(two: Two) -> None:  # noqa: F811
    library, old, new = two
    passage = library.tag_quote(old, PRICES)
    versions.attach(library, new, old)
    assert library.passage(passage.id).anchor.status is AnchorStatus.LOST
    places = repairing.candidates(library, library.passage(passage.id))
    (earlier,) = [place for place in places if place.earlier]
    assert (earlier.document, earlier.words) == (old, PRICES) and not earlier.guessed
    repairing.place(library, passage.id, old, earlier.start, earlier.end)
    assert library.passage(passage.id).anchor.status is AnchorStatus.EXACT
    assert library.passage(passage.id).document == old
    library.close()


def test_a_lost_passage_goes_to_words_in_the_newer_version(two: Two) -> None:  # noqa: F811
    library, old, new = two
    passage = library.tag_quote(old, PRICES)
    versions.attach(library, new, old)
    start = SECOND.index("corrected")
    changes = repairing.place(library, passage.id, new, start, start + 9)
    assert changes.documents == {old, new}
    found = library.passage(passage.id)
    assert (found.document, found.quote) == (new, "corrected")
    assert library.check().ok
    library.undo()
    assert library.passage(passage.id).document == old
    with pytest.raises(BadInput):
        repairing.place(library, passage.id, new, 4, 4)
    library.close()


def test_what_stands_where_altered_words_stood_is_offered(tmp_path: Path) -> None:
    before = "The chairman of the regional commission said on the record that "
    with Library.create(tmp_path / "archive") as library:
        ids = []
        for name, words in (("a.txt", "nobody had been beaten."), ("b.txt", "48 men fell ill.")):
            (tmp_path / name).write_text(f"{before}{words}\n\nThe end of it.\n")
            (result,) = library.import_files([tmp_path / name])
            ids.append(result.document or "")
        passage = library.tag_quote(ids[0], "nobody had been beaten.")
        versions.attach(library, ids[1], ids[0])
        first, *_ = repairing.candidates(library, library.passage(passage.id))
        assert first.guessed and first.document == ids[1]
        assert first.words.strip() == "48 men fell ill."


def test_giving_up_says_lost_and_is_undone(two: Two) -> None:  # noqa: F811
    library, old, _ = two
    passage = library.tag_quote(old, PRICES)
    repairing.give_up(library, passage.id)
    assert library.passage(passage.id).anchor.status is AnchorStatus.LOST
    library.undo()
    assert library.passage(passage.id) == passage
    library.close()
