"""Words as numbers say the same as the words themselves."""

import threading
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.entities import textwords, vocabulary
from index.entities.matching import Matcher
from index.entities.page_keys import PageKeys
from index.entities.textwords import TextWords
from index.entities.vocabulary import Flags, Vocabulary
from index.entities.words import WORD
from index.model import Entity

word_lists = st.lists(st.text(min_size=1, max_size=6), max_size=60)


@given(word_lists, word_lists)
def test_flags_answer_as_if_each_word_were_asked(first: list[str], second: list[str]) -> None:
    words = Vocabulary()
    asked: list[str] = []

    def long(word: str) -> bool:
        asked.append(word)
        return len(word) > 3

    flags = Flags(words, long)
    for some in (first, second, first):
        assert flags.of(words.numbers(some)).tolist() == [len(word) > 3 for word in some]
    assert sorted(asked) == sorted({*first, *second})
    assert [words.words[words[word]] for word in first] == first


def test_what_was_ruled_out_is_not_asked() -> None:
    words = Vocabulary()
    numbers = words.numbers(["one", "two", "one"])
    flags = Flags(words, lambda word: pytest.fail(word) or True)
    assert flags.unknown(numbers) == [0, 1]
    flags.rule_out([0, 1])
    assert flags.unknown(numbers) == []
    assert not flags.of(numbers).any()


def test_two_threads_number_words_alike() -> None:
    words = Vocabulary()
    many = [f"word{number}" for number in range(3000)]
    found: list[np.ndarray] = []
    threads = [threading.Thread(target=lambda: found.append(words.numbers(many))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(words) == len(words.words) == len(many)
    assert all((each == found[0]).all() for each in found)
    assert [words.words[number] for number in found[0].tolist()] == many


def test_a_vocabulary_that_grew_too_long_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "MOST", 20)
    monkeypatch.setattr(vocabulary, "_current", Vocabulary())
    entity = Entity("1", "Person", "Maks Bokayev")
    matcher, keys = Matcher([entity]), PageKeys()
    one = "He met Max Bokayev at home. " + " ".join(f"Word{'a' * n}" for n in range(30))
    texts = [TextWords(text) for text in (one, "Макса Бокаева видели.", one)]
    assert len({id(text.vocabulary) for text in texts}) == 2
    for _ in range(2):
        for text, found in zip(texts, ("Max Bokayev", "Макса Бокаева", "Max Bokayev"), strict=True):
            assert [each.text for each in matcher.claims_in("d", text)] == [found]
            (page,) = keys.of(text, [0, len(text)])
            assert page == PageKeys().of(text, [0, len(text)])[0]


pieces = st.sampled_from(
    [
        "Бокаев",
        "O’Neil’s",
        "кор-\nреспондент",
        "re\ufffe\r\nport",
        " ",
        " ",
        "\n",
        ". ",
        "2016",
        "é",
        "x",
    ]
)


@given(st.lists(pieces, max_size=40).map("".join), st.integers(min_value=1, max_value=30))
def test_a_text_cut_up_in_pieces_has_the_same_words(text: str, length: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(textwords, "CHUNK", length)
        cut = TextWords(text)
    found = list(WORD.finditer(text))
    assert list(cut.raws) == [match[0] for match in found]
    assert [cut.span(at) for at in range(len(cut))] == [match.span() for match in found]
    for at, (one, other) in enumerate(pairwise(found)):
        assert cut.between(at) == text[one.end() : other.start()]
    for offset in range(len(text) + 1):
        assert cut.first_from(offset) == sum(match.start() < offset for match in found)
