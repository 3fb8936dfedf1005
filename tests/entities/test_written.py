"""The passages written for the tests: what a list of 21 entities has to find in them."""

import pytest

from tests.benchmarks.mentions import Score, written_passages

SCORES = written_passages()
# A body by initials that the text explains nowhere; an event as an adjective in small letters.
FULL = {"sixth": 0.98, "fifteenth": 0.98}


def found(score: Score, *kinds: str) -> float:
    return sum(score.found[kind] for kind in kinds) / sum(score.there[kind] for kind in kinds)


@pytest.mark.parametrize("name", list(SCORES))
def test_names_are_found_in_every_spelling_and_nobody_elses_are_taken(name: str) -> None:
    score = SCORES[name]
    assert found(score, "full") >= FULL.get(name, 0.99), score.missed
    assert found(score, "surname", "acronym") >= 0.92, score.missed
    sure = score.offered["above 0.8"]
    assert score.right["above 0.8"] >= 0.95 * sure, score.wrong
