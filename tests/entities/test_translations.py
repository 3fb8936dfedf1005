"""Bodies, laws and events named in another language than the list's."""

import pytest

from index.entities import Matcher
from index.model import Entity


def found(kind: str, name: str, text: str) -> list[str]:
    return [mention.text for mention in Matcher([Entity("1", kind, name)]).find("", text)]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (
            "State Security Committee",
            "Председатель Комитета государственной безопасности ушёл.",
            "Комитета государственной безопасности",
        ),
        (
            "Комитет национальной безопасности",
            "Ол Ұлттық қауіпсіздік комитетінің төрағасы болды.",
            "Ұлттық қауіпсіздік комитетінің",
        ),
        (
            "Open Dialogue Foundation",
            "Отчёт фонда «Открытый диалог»: Фонд «Открытый диалог» закрыт.",
            "Фонд «Открытый диалог»",
        ),
        (
            "Zheltoksan Party",
            "«Желтоқсан» партиясын құрды.",
            "Желтоқсан» партиясын",
        ),
        (
            "State Penitentiary Service",
            "Врач Государственной службы исполнения наказаний молчит.",
            "Государственной службы исполнения наказаний",
        ),
        (
            "Belarusian Congress of Democratic Trade Unions",
            "Распущен Белорусский конгресс демократических профсоюзов.",
            "Белорусский конгресс демократических профсоюзов",
        ),
    ],
)
def test_a_body_is_found_in_another_language(name: str, text: str, words: str) -> None:
    assert found("Organization", name, text) == [words]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("State Security Committee", "Комитет национальной безопасности и государство."),
        ("National Security Committee", "Совет национальной безопасности собрался."),
        ("Ministry of Justice", "Министерство внутренних дел; справедливость."),
        ("Security Council", "В совете говорили о безопасности: совет, безопасность."),
        ("Trade Union of Miners", "Союз горняков говорит."),
    ],
)
def test_another_body_is_not(name: str, text: str) -> None:
    assert found("Organization", name, text) == []


def test_a_law_is_found_without_capitals() -> None:
    name = "Закон о реабилитации жертв массовых политических репрессий"
    text = "They cited the law on the rehabilitation of victims of mass political repressions."
    assert found("Law", name, text) == [text[len("They cited the ") : -1]]


def test_what_is_found_in_translation_can_be_abbreviated() -> None:
    text = "Комитет государственной безопасности (КГБ) молчит. В КГБ не ответили."
    name = "State Security Committee"
    assert found("Organization", name, text)[-1] == "КГБ"
