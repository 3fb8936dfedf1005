"""Passages are described, and found again or honestly not."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from index import anchoring
from index.model import Anchor, AnchorStatus, Page, PageState
from index.reading import sections

TEXT = (
    "The court in Atyrau sentenced two activists on 28 November. Maks Bokayev and Talgat Ayan "
    "were found guilty of inciting social discord. The hearing was closed to the press, and the "
    "court rejected every motion of the defence. The hearing was closed to the public."
)


def anchor(text: str, start: int, end: int) -> Anchor:
    return Anchor(
        source_sha256="a",
        text_sha256="b",
        extractor="test 1",
        start=start,
        end=end,
        page=0,
        label="1",
        exact=text[start:end],
        prefix=text[max(0, start - 32) : start],
        suffix=text[end : end + 32],
    )


def anchored(quote: str, text: str = TEXT) -> Anchor:
    start = text.index(quote)
    return anchor(text, start, start + len(quote))


def test_an_unchanged_text_is_exact() -> None:
    found = anchoring.find_again(TEXT, anchored("Maks Bokayev and Talgat Ayan"), same_text=True)
    assert found.status is AnchorStatus.EXACT


def test_a_passage_follows_its_quote() -> None:
    longer = "PRESS RELEASE\n\n" + TEXT
    found = anchoring.find_again(longer, anchored("Maks Bokayev and Talgat Ayan"), same_text=False)
    assert found.status is AnchorStatus.MOVED
    assert longer[found.start : found.end] == "Maks Bokayev and Talgat Ayan"


def test_a_corrected_quote_is_found_with_its_errors() -> None:
    corrected = TEXT.replace("Maks Bokayev and Talgat Ayan", "Max Bokayev and Talgat Ayanov")
    old = anchored("Maks Bokayev and Talgat Ayan were found guilty")
    found = anchoring.find_again(corrected, old, same_text=False)
    assert found.status is AnchorStatus.MOVED
    assert corrected[found.start : found.end].startswith("Max Bokayev and Talgat Ayanov")


def test_two_places_as_good_as_each_other_are_uncertain() -> None:
    old = replace(anchored("The hearing was closed"), prefix="", suffix="")
    found = anchoring.find_again("New. " + TEXT, old, same_text=False)
    assert found.status is AnchorStatus.UNCERTAIN


def test_context_tells_two_places_apart() -> None:
    old = anchored("The hearing was closed")
    found = anchoring.find_again("New. " + TEXT, old, same_text=False)
    assert found.status is AnchorStatus.MOVED
    assert found.start == old.start + 5


def test_a_quote_that_is_gone_is_lost() -> None:
    gone = TEXT.replace("Maks Bokayev and Talgat Ayan were found guilty of", "It was about")
    old = anchored("Maks Bokayev and Talgat Ayan were found guilty of")
    found = anchoring.find_again(gone, old, same_text=False)
    assert found.status in (AnchorStatus.LOST, AnchorStatus.UNCERTAIN)
    assert found.status is AnchorStatus.LOST or found.score < anchoring.MIN_SCORE


def test_the_same_offsets_with_other_words_around_are_not_exact() -> None:
    other = "x" * 40 + "the court" + "y" * 40
    old = anchor("a" * 40 + "the court" + "b" * 40, 40, 49)
    found = anchoring.find_again(other, old, same_text=False)
    assert found.status is not AnchorStatus.EXACT


@given(
    before=st.text("абв xyz\n", max_size=60),
    quote=st.text("клмнопрст", min_size=12, max_size=40),
    after=st.text("абв xyz\n", max_size=60),
    added=st.text("где uvw\n", max_size=30),
)
def test_a_single_quote_is_always_found_at_its_words(
    before: str, quote: str, after: str, added: str
) -> None:
    old_text, new_text = before + quote + after, added + before + quote + after
    old = anchor(old_text, len(before), len(before) + len(quote))
    found = anchoring.find_again(new_text, old, same_text=old_text == new_text)
    assert new_text[found.start : found.end] == quote


@given(st.text("аб \n\ufffe", max_size=40), st.integers(0, 39), st.integers(1, 20))
def test_find_quote_finds_what_is_there(text: str, start: int, length: int) -> None:
    quote = text[start : start + length]
    if not anchoring.squeeze(quote).letters:
        assert anchoring.find_quote(text, quote) == []
        return
    wanted = anchoring.squeeze(quote).letters
    places = anchoring.find_quote(text, quote)
    assert any(begin >= start and end <= start + length for begin, end in places)
    for begin, end in places:
        assert anchoring.squeeze(text[begin:end]).letters == wanted


def pages(*lengths: int) -> list[Page]:
    made, start = [], 0
    for index, length in enumerate(lengths):
        end = start + length
        made.append(Page("d", index, f"{index + 5}", start, end, PageState.TEXT))
        start = end + 1
    return made


def test_pages_are_found_by_offset() -> None:
    book = pages(10, 0, 5)
    assert [anchoring.page_at(book, offset).index for offset in (0, 9, 10, 11, 12, 16)] == [
        0,
        0,
        0,
        1,
        2,
        2,
    ]


def test_a_range_over_a_page_break_is_labelled_with_both() -> None:
    book = pages(10, 10)
    assert anchoring.label_of(book, 2, 6) == "5"
    assert anchoring.label_of(book, 8, 14) == "5–6"


def test_paragraph_labels_are_joined() -> None:
    sections = [
        Page("d", 0, "¶ 1–4", 0, 10, PageState.TEXT),
        Page("d", 1, "¶ 5–7", 10, 20, PageState.TEXT),
    ]
    assert anchoring.label_of(sections, 5, 15) == "¶ 1–7"


def test_a_passage_of_a_text_is_labelled_by_its_own_paragraphs() -> None:
    parts = [f"Paragraph number {n} says something. " * 30 for n in range(1, 13)]
    text = "\n\n".join(parts)
    found, start = [], 0
    for index, section in enumerate(sections.cut(text)):
        end = start + len(section.text)
        found.append(Page("d", index, section.label, start, end, PageState.TEXT))
        start = end
    assert len(found) > 2
    for number, part in enumerate(parts, 1):
        at = text.index(part)
        assert anchoring.label_of(found, at, at + 20, text) == f"¶ {number}"
        assert anchoring.label_of(found, at + 5, at + len(part), text) == f"¶ {number}"
    third, fifth = text.index(parts[2]), text.index(parts[4])
    assert anchoring.label_of(found, third, fifth + 9, text) == "¶ 3–5"


@given(st.lists(st.text("ab \n", max_size=30), min_size=1, max_size=300), st.data())
def test_paragraphs_are_numbered_as_their_sections_say(
    parts: list[str], data: st.DataObject
) -> None:
    text = "\n\n".join(part * 40 for part in parts)
    for section in sections.cut(text):
        if section.text:
            offset = data.draw(st.integers(0, len(section.text) - 1))
            number = sections.paragraph_at(section.label, section.text, offset)
            if number is not None:
                first, _, last = section.label.removeprefix("¶ ").partition("–")
                assert int(first) <= number <= int(last or first)
