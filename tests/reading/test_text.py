"""Decoding, sections, and what travels between library and reader."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableFile
from index.model import ImportOptions, PageState
from index.reading import Readers, ocr
from index.reading.dates import find_dates
from index.reading.describing import described
from index.reading.frames import (
    LENGTHS,
    BrokenChannel,
    decode_text,
    encode_text,
    receive,
    send,
)
from index.reading.languages import guess_language
from index.reading.pdf_text import replace_controls
from index.reading.result import PageText, Reading
from index.reading.sections import LONGEST, cut
from index.reading.text import decode

RUSSIAN = (
    "Все люди рождаются свободными и равными в своём достоинстве и правах. Они наделены разумом "
    "и совестью и должны поступать в отношении друг друга в духе братства. Каждый человек имеет "
    "право на жизнь, на свободу и на личную неприкосновенность. Никто не должен содержаться в "
    "рабстве или в подневольном состоянии; рабство и работорговля запрещаются во всех их видах."
)
KAZAKH = (
    "Барлық адамдар тумысынан азат және қадір-қасиеті мен құқықтары тең болып дүниеге келеді. "
    "Адамдарға ақыл-парасат, ар-ождан берілген, сондықтан олар бір-бірімен туыстық, бауырмалдық "
    "қарым-қатынас жасаулары тиіс. Әр адам өмір сүруге, бостандыққа және жеке басына қол "
    "сұғылмаушылыққа құқылы. Ешкім құлдықта немесе тәуелділікте ұсталмауы керек."
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, name) for name in ("cp1251", "koi8-r", "cp866", "utf-16", "utf-8-sig", "utf-8")]
    + [(RUSSIAN, name) for name in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")]
    + [(KAZAKH, name) for name in ("kz1048", "ptcp154", "utf-8", "utf-16-be", "utf-16")],
)
def test_a_charset_is_told(text: str, encoding: str) -> None:
    assert decode((text * 4).encode(encoding)).text == text * 4


def test_the_encoding_given_wins_and_an_unknown_one_is_refused() -> None:
    assert decode("Қ".encode("kz1048"), "kz1048").text == "Қ"
    with pytest.raises(UnreadableFile, match="no encoding"):
        decode(b"x", "no-such-code")


@given(st.binary(max_size=400))
def test_any_bytes_become_some_text(data: bytes) -> None:
    assert isinstance(decode(data).text, str)


@given(st.text(max_size=2000))
def test_sections_are_the_text_sign_for_sign(text: str) -> None:
    assert "".join(page.text for page in cut(text)) == text


def test_sections_end_at_paragraphs_and_are_labelled_by_them() -> None:
    text = "\n\n".join(f"Paragraph {n}. " + "word " * 120 for n in range(1, 31))
    pages = cut(text)
    assert pages[0].label.startswith("¶ 1–")
    assert all(page.text.startswith("Paragraph") for page in pages)
    assert all(len(page.text) < 4000 for page in pages)
    ends = [int(page.label.rpartition("–")[2].removeprefix("¶ ")) for page in pages]
    assert ends[-1] == 30
    assert ends == sorted(ends)


def test_a_line_without_end_is_cut_all_the_same() -> None:
    pages = cut("word " * 100_000)
    assert all(len(page.text) <= LONGEST for page in pages)
    assert {page.label for page in pages} == {"¶ 1"}


@given(st.text())
def test_controls_are_replaced_one_for_one(text: str) -> None:
    replaced = replace_controls(text)
    assert len(replaced) == len(text)
    assert not any(
        (ord(sign) < 32 and sign not in "\t\n") or 0xD800 <= ord(sign) < 0xE000 for sign in replaced
    )


@given(st.dictionaries(st.text(), st.integers() | st.text(), max_size=5), st.binary(max_size=99))
def test_frames_go_there_and_back(header: dict, body: bytes) -> None:
    channel = io.BytesIO()
    send(channel, header, body)
    channel.seek(0)
    assert receive(channel) == (header, body)


@given(st.text(st.characters(), max_size=50))
def test_text_travels_with_lone_surrogates(text: str) -> None:
    assert decode_text(encode_text(text)) == text


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 3,
        LENGTHS.pack(2, 0) + b"[]",
        LENGTHS.pack(1 << 31, 0),
        LENGTHS.pack(2, 9) + b"{}",
    ],
)
def test_what_is_no_frame_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenChannel):
        receive(io.BytesIO(data))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("May 24, 2016", "2016-05-24"),
        ("1 November 2021", "2021-11-01"),
        ("от 5 мая 2020 года", "2020-05-05"),
        ("12 марта 2019 г.", "2019-03-12"),
        ("2021 жылғы 16 желтоқсан", "2021-12-16"),
        ("31.12.2018", "2018-12-31"),
        ("2024-02-29T10:00", "2024-02-29"),
        ("September 2017", "2017-09"),
    ],
)
def test_dates_are_read_in_three_languages(text: str, date: str) -> None:
    assert next(find_dates(text))[1] == date


def test_languages_are_told_by_letters_and_words() -> None:
    assert [guess[0] for text in (RUSSIAN, KAZAKH) if (guess := guess_language(text))] == [
        "ru",
        "kk",
    ]
    english = "The report of the group is about the law and the people that it was made for. " * 2
    assert guess_language(english)[0] == "en"
    assert guess_language("Two words") is None


def test_every_field_says_where_it_came_from() -> None:
    text = (
        "Skip to content\n\nThe Right to Assembly\nin Kazakhstan\n\nBy Jane Roe and Ivan Petrov\n\n"
        "May 24, 2016\n\n© 2016 Example Bureau. All rights reserved. doi 10.1234/abc.5 and the "
        "rest of it is for the people of the land that was there with us.\n"
    )
    page = PageText(text, "¶ 1", PageState.TEXT)
    found = described(Reading("text/plain", "x", False, [page], {"type": "report"}), "scan_12.txt")
    assert found.csl["title"] == "The Right to Assembly in Kazakhstan"
    assert found.csl["author"] == [
        {"family": "Roe", "given": "Jane"},
        {"family": "Petrov", "given": "Ivan"},
    ]
    assert found.csl["issued"] == {"date-parts": [[2016, 5, 24]]}
    assert found.csl["publisher"] == "Example Bureau"
    assert found.csl["DOI"] == "10.1234/abc.5"
    assert found.csl["language"] == "en"
    assert found.csl["type"] == "webpage"
    assert set(found.origins) >= {"title", "author", "issued", "publisher", "DOI", "language"}
    assert all(0 < sure < 1 for _, sure in found.origins.values())


TABLE = "\n".join(
    [
        "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext",
        "5\t1\t1\t1\t1\t1\t100\t100\t200\t50\t96\tHello",
        "5\t1\t1\t1\t1\t2\t320\t100\t100\t50\t96\tto",
        "5\t1\t1\t1\t2\t1\t100\t200\t200\t50\t96\tyou",
        "4\t1\t1\t1\t3\t0\t0\t0\t0\t0\t-1\t",
        "5\t1\t2\t1\t1\t1\t100\t400\t200\t50\t96\tall",
    ]
)


def test_recognised_words_keep_their_places() -> None:
    found = ocr.parse(TABLE, 2.0)
    assert found.text == "Hello to\nyou\n\nall"
    words = ocr.stored({"ocr": {"3": ocr.to_details(found.words)}})[3]
    assert words == list(found.words)
    boxes = ocr.letter_boxes(len(found.text), words)
    assert (boxes[0].left, boxes[4].right, boxes[5].right) == (50, 150, 0)
    lines = ocr.line_rects(words, 0, 12)
    assert [(line.left, line.right) for line in lines] == [(50, 210), (50, 150)]


def test_a_scan_is_recognised_where_tesseract_is(readers: Readers, tmp_path: Path) -> None:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (1240, 400), 255)
    font = ImageFont.load_default(60)
    ImageDraw.Draw(image).text((80, 100), "Scanned words here", fill=0, font=font)
    path = tmp_path / "scan.pdf"
    image.save(path, resolution=150)
    never = readers.read(path, ImportOptions(ocr="never"))
    assert never.pages[0].state is PageState.NO_TEXT
    reading = readers.read(path, ImportOptions(languages=("en",)))
    if not ocr.languages(("en",)):
        assert "tesseract-ocr" in reading.warnings[0]
        return
    page = reading.pages[0]
    assert (page.state, page.text) == (PageState.OCR, "Scanned words here")
    view = readers.open(path, "application/pdf", details=reading.details)
    (line,) = view.rects(0, 0, len(page.text))
    assert len(view.boxes(0)) == len(page.text)
    view.close()
    assert line.left == pytest.approx(80 * 72 / 150, abs=4)
