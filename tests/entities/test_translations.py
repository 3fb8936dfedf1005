"""Bodies, laws and events named in another language than the list's."""

import pytest

from index.entities import Matcher
from index.entities.candidates import PageFilter
from index.entities.page_keys import PageKeys
from index.entities.textwords import TextWords
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


REORDERED = [
    ("Organization", "National Security Committee", "Committee for National Security"),
    ("Organization", "Financial Monitoring Agency", "Agency of Financial Monitoring"),
    ("Organization", "General Prosecutor's Office", "Office of the Prosecutor General"),
    ("Organization", "Ministry of Internal Affairs", "Ministry of the Interior"),
    ("Organization", "Radio Azattyq", "Azattyq Radio"),
]


@pytest.mark.parametrize(("kind", "name", "words"), REORDERED)
def test_the_same_words_in_another_order(kind: str, name: str, words: str) -> None:
    assert found(kind, name, f"It was said by the {words} then.") == [words]


@pytest.mark.parametrize(
    "text",
    [
        "The State Committee for National Security was asked.",
        "The Committee for National Security of Kyrgyzstan was asked.",
        "Of security the committee said nothing national.",
    ],
)
def test_another_order_within_a_longer_name_is_another_name(text: str) -> None:
    assert found("Organization", "National Security Committee", text) == []


def test_two_bodies_joined_by_and_are_not_one_in_another_order() -> None:
    text = "The Association of Journalists and the Committee to Protect Journalists (CPJ): CPJ."
    wanted = ["Committee to Protect Journalists", "CPJ", "CPJ"]
    assert found("Organization", "Committee to Protect Journalists", text) == wanted


MEANT = [
    ("Place", "Almaty Region", "Алматинской области"),
    ("Place", "Алматинская область", "Алматы облысында"),
    ("Event", "Zhanaozen massacre", "жанаозенских событий"),
    ("Event", "Zhanaozen massacre", "расстрела в Жанаозене"),
    ("Event", "January events", "Қаңтар оқиғасы"),
    ("Event", "Bloody January", "кровавого января"),
    ("Law", "Law on Peaceful Assemblies", "Бейбіт жиналыстар туралы заңын"),
    ("Organization", "Federation of Trade Unions", "Кәсіподақтар федерациясын"),
    ("Organization", "UN Working Group on Arbitrary Detention",
     "Рабочая группа ООН по произвольным задержаниям"),
    ("Organization", "Democratic Choice of Kazakhstan", "Қазақстанның демократиялық таңдауы"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "name", "words"), MEANT)
def test_places_events_and_laws_word_for_word(kind: str, name: str, words: str) -> None:
    text = f"Тогда {words} вспомнили."
    assert found(kind, name, text) == [words]
    cut = TextWords(text)
    keys = PageKeys().of(cut, [0, len(cut)])
    assert PageFilter([(1, 1, keys[0])]).candidates([Entity("1", kind, name)]).full


def test_an_adjective_of_another_place_is_not_taken() -> None:
    assert found("Place", "Almaty Region", "В Атырауской области и в Алма области.") == []
