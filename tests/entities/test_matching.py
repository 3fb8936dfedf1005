"""Names found where they stand, whatever the typesetting did to them."""

import unicodedata

import pytest

from index.entities import Matcher
from index.model import Alias, Entity, How

BOKAYEV = Entity("b", "Person", "Maks Bokayev", (Alias("Макс Бокаев"), Alias("Boka", weak=True)))
NUR = Entity("n", "Organization", "Nur Otan", (Alias("партия «Нұр Отан»"),))


def found(text: str, *entities: Entity) -> list[tuple[str, str]]:
    mentions = Matcher(entities or (BOKAYEV, NUR)).find("d", text)
    assert all(text[each.start : each.end] == each.text for each in mentions)
    return [(each.entity, each.text) for each in mentions]


@pytest.mark.parametrize(
    "text",
    [
        "Maks Bokayev",
        "MAKS BOKAYEV",
        "Maks\r\nBokayev",
        "Maks\u00a0Bokayev",
        "Maks Boka\ufffe\r\nyev",
        "Maks Boka\u0002\r\nyev",
        "Maks Boka\u00adyev",
        "Макс  Бокаев",
    ],
)
def test_a_name_is_found_through_typesetting(text: str) -> None:
    assert found(f"Then {text}’s lawyer spoke.") == [("b", text)]


def test_composed_and_decomposed_letters_are_the_same() -> None:
    entity = Entity("a", "Person", "Алексей Королёв")
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, "Алексей Королёв и Алексей Королев")
        assert [name for name, _ in found(text, entity)] == ["a", "a"]


def test_names_end_where_words_end() -> None:
    assert found("Maks Bokayeva, Maksim Bokayev, Nur Otanov") == []


def test_an_alias_is_said_to_be_one() -> None:
    mention = Matcher([BOKAYEV]).find("d", "Макс Бокаев")[0]
    assert (mention.how, mention.score) == (How.ALIAS, 1.0)


def test_weak_aliases_are_never_offered() -> None:
    assert found("Boka") == []


def test_two_of_one_name_are_both_named() -> None:
    twins = [Entity("1", "Person", "Askar Askarov"), Entity("2", "Person", "Askar Askarov")]
    mention = Matcher(twins).find("d", "Askar Askarov")[0]
    assert {mention.entity, *mention.others} == {"1", "2"}


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("Raman Halouchanka", "Премьер Роман Головченко, Roman Golovchenko"),
        ("Уладзімір Някляеў", "Vladimir Neklyaev; Владимира Некляева"),
        ("Svetlana Tikhanovskaya", "Sviatlana Tsikhanouskaya; Святлана Ціханоўская"),
        ("Pavel Belavus", "Павла Белоуса"),
        ("Pavel Seviarynets", "Павла Северинца"),
    ],
)
def test_neighbouring_languages_spell_a_name_each_in_its_way(listed: str, text: str) -> None:
    names = text.replace("Премьер ", "").replace(", ", "; ").split("; ")
    assert [name for _, name in found(text, Entity("1", "Person", listed))] == names


def test_kyzy_and_uulu_make_a_surname() -> None:
    entity = Entity("1", "Person", "Makhabat Tajibek kyzy")
    text = "Mahabat Tazhibek kyzy, later Tajibek kyzy Mahabat; Жамал Тажибек кызы"
    assert [name for _, name in found(text, entity)] == [
        "Mahabat Tazhibek kyzy",
        "Tajibek kyzy Mahabat",
    ]


def test_initials_of_another_father_are_another_person() -> None:
    entity = Entity("1", "Person", "Bektur Asanov")
    text = "Асанов Бектур Жумабаевич и свидетель Асанов Б. К., водитель. Асанов Б. Ж. встал."
    assert [name for _, name in found(text, entity)] == [
        "Асанов Бектур Жумабаевич",
        "Асанов Б. Ж.",
    ]


def test_a_second_given_name_may_stand_in_brackets() -> None:
    entity = Entity("1", "Person", "Nasta Lojka")
    assert found("Анастасию (Насту) Лойко", entity) == [("1", "Анастасию (Насту) Лойко")]


@pytest.mark.parametrize(
    "text",
    [
        "The Union of Miners (known there by its initials, UOM) left. UOM spoke.",
        "The Union of Miners, or UOM, left. UOM spoke.",
        "The Union of Miners, UOM for short, left. UOM spoke.",
    ],
)
def test_a_short_name_is_given_in_many_ways(text: str) -> None:
    entity = Entity("1", "Organization", "Union of Miners")
    assert [name for _, name in found(text, entity)] == ["Union of Miners", "UOM", "UOM"]
