"""What texts saved from the web say of themselves."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import PageState
from index.reading.captures import capture
from index.reading.describing import described
from index.reading.publishers import named, of_address
from index.reading.result import PageText, Reading

ENGLISH = "The court in the city heard the case for three days, and nobody was let in. " * 8
RUSSIAN = "Суд заслушал дело в течение трёх дней, свидетели сообщили о побоях в участке. " * 8
KAZAKH = "Сот істі үш күн тыңдады, куәлер өздерін полиция бөлімінде ұрғанын айтты. " * 8


def said(text: str) -> dict[str, Any]:
    page = PageText(text, "¶ 1", PageState.TEXT)
    return dict(
        described(Reading("text/plain", "x", False, [page], {"type": "report"}), "a.txt").csl
    )


@pytest.mark.parametrize(
    ("text", "title", "family", "issued", "publisher", "kind"),
    [
        (
            "Eurasianet\nSkip to navigation\nPerspectives\n\nKazakhstan: Miners lay down tools\n\n"
            f"A deck that says a little more.\n\nAlmas Example Dec 16, 2021\n\nShare\n\n{ENGLISH}",
            "Kazakhstan: Miners lay down tools", "Example", [2021, 12, 16], "Eurasianet",
            "article-newspaper",
        ),
        (
            "December 3, 2020 12:00AM EST | News Release\nKazakhstan: Law on Assemblies Is Passed\n"
            f"Authorities Should Amend It\n\n{ENGLISH}\n\n"
            "https://www.hrw.org/news/2020/12/03/a-law",
            "Kazakhstan: Law on Assemblies Is Passed", None, [2020, 12, 3], "Human Rights Watch",
            "report",
        ),
        (
            "Перейти к основному контенту\nРадио Азаттык\n\nВ городе начался суд над горняками\n\n"
            f"12 октября 2016\n\nСания Примерова\n\nПоделиться\n\n{RUSSIAN}",
            "В городе начался суд над горняками", "Примерова", [2016, 10, 12], "Радио Азаттык",
            "article-newspaper",
        ),
        (
            "Азаттық радиосы\n\nҚалада кеншілердің соты басталды\n\n2016 жылғы 12 қазан\n\n"
            f"Бөлісу\n\n{KAZAKH}",
            "Қалада кеншілердің соты басталды", None, [2016, 10, 12], "Азаттық радиосы",
            "article-newspaper",
        ),
        (
            "ПРЕСС-РЕЛИЗ\nМинистерство юстиции Республики Казахстан\nО ходе судебной реформы\n"
            f"15.03.2021\n{RUSSIAN}",
            "О ходе судебной реформы", None, [2021, 3, 15],
            "Министерство юстиции Республики Казахстан", "webpage",
        ),
        (
            "ПРИГОВОР\nИМЕНЕМ РЕСПУБЛИКИ КАЗАХСТАН\n\n28 ноября 2016 года      город Атырау\n\n"
            f"Суд № 2 города Атырау в составе судьи рассмотрел дело № 23-16/302.\n{RUSSIAN}",
            "Приговор по делу № 23-16/302", None, [2016, 11, 28], "Суд № 2 города Атырау",
            "legal_case",
        ),
    ],
)  # fmt: skip
def test_the_words_before_the_article(
    text: str, title: str, family: str | None, issued: list[int], publisher: str, kind: str
) -> None:
    item = said(text)
    assert item["title"] == title
    assert item["issued"] == {"date-parts": [issued]}
    assert item["publisher"] == publisher
    assert item["type"] == kind
    families = [name.get("family") for name in item.get("author", [])]
    assert families == ([family] if family else [])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Annual report\n\nThe court heard the case of the three miners in May.\n",
            "Annual report",
        ),
        (
            "Всеобщая декларация прав человека\n\nПринята и провозглашена резолюцией 217 А (III)"
            " Генеральной Ассамблеи от 10 декабря 1948 года\n\nПреамбула\n\n" + RUSSIAN,
            "Всеобщая декларация прав человека",
        ),
    ],
)
def test_a_title_at_the_top_stays_one(text: str, title: str) -> None:
    assert said(text)["title"] == title


def test_the_languages_of_captures() -> None:
    assert [said(text)["language"] for text in (ENGLISH, RUSSIAN, KAZAKH)] == ["en", "ru", "kk"]


def test_a_text_that_begins_with_its_first_paragraph_has_no_capture() -> None:
    assert capture([ENGLISH, "", "Skip to content"], "").facts == []


def test_publishers_by_name_and_by_address() -> None:
    found = named("» Human Rights Watch")
    assert found is not None and found is of_address("https://www.hrw.org/news/1")
    assert of_address("https://hrw.org.example.com/") is None
    assert of_address("https://[bad/") is None
    assert named("Human Rights Watch says that") is None


@given(st.lists(st.text("Ab я.,:|/»1 20212", max_size=200), max_size=90), st.text(max_size=80))
def test_any_lines_give_facts_that_stand_in_them(lines: list[str], last: str) -> None:
    text = " ".join(lines)
    for name, value, _, sure in capture(lines, last).facts:
        assert 0 < sure < 1
        if name in ("title", "author"):
            assert value in text
