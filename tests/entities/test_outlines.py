"""Rough outlines: a word that may be one of the names is never sieved out."""

import csv

import pytest

from index.entities import Matcher
from index.entities.anchors import AnchorIndex
from index.entities.outlines import RoughSieve, outlines
from index.model import Entity
from tests.benchmarks.mentions import DATA, INFLECTED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bakhytzhan", "Бахытжан"),
        ("Zhumagaliyev", "Жұмағалиев"),
        ("Jumagaliev", "Dzhumagaliyev"),
        ("Tsoi", "Цой"),
        ("Tsikhanouskaya", "Тихановская"),
        ("Şaxanov", "Шаханов"),
        ("Philip", "Филип"),
    ],
)
def test_spellings_of_one_name_have_one_outline(one: str, other: str) -> None:
    first, second = outlines([one, other])
    assert first == second


def spellings() -> list[list[str]]:
    with (DATA / "spellings.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "Person"]
    return [[each.removeprefix(INFLECTED) for each in row["spellings"].split("|")] for row in rows]


def test_no_name_is_lost_in_the_sieve(monkeypatch: pytest.MonkeyPatch) -> None:
    groups = spellings()
    text = "".join(f"Then {name} came.\n" for group in groups for name in group)

    def claims() -> list[set[tuple[int, int]]]:
        alone = (Matcher([Entity("1", "Person", group[0])]) for group in groups)
        return [{(one.start, one.end) for one in each.claims("", text)} for each in alone]

    sieved = claims()
    monkeypatch.setattr(AnchorIndex, "_leave_out", lambda self, text, flags: None)
    assert sum(map(len, sieved)) > len(groups)
    assert claims() == sieved


def test_most_other_words_fall_through() -> None:
    sieve = RoughSieve(["massimov", "abdrakhmanov"])
    others = "Government Parliament Karimov Tuesday Минск газета собрание министерство".split()
    assert sieve.useful
    assert len(sieve.none_of_them(others)) >= len(others) - 2
