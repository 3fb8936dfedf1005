"""Footnotes in every shape that real reports have, and markers that must stay unlinked."""

from pathlib import Path

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from index.model import ImportOptions, Note
from index.reading import Readers
from index.reading.notes import resolve
from index.reading.notes_text import markers, paragraph_ends
from index.reading.urls import find_urls

OPTIONS = ImportOptions(ocr="never")


def raised(pdf: FPDF, number: str, gap: float = 0) -> None:
    """Write a number small and above the line, after a gap in millimetres."""
    pdf.set_x(pdf.get_x() + gap)
    pdf.char_vpos = "SUP"
    pdf.write(6, number)
    pdf.char_vpos = "LINE"


def notes_of(text: str) -> list[Note]:
    return resolve(text, markers(text), paragraph_ends(text))


def linked(text: str) -> dict[str, list[int]]:
    """Return the places that refer to each note, by its marker."""
    return {note.marker: [span.start for span in note.references] for note in notes_of(text)}


def test_bracketed_endnotes_glued_to_words() -> None:
    text = "In Turkmenistan[1] and Uzbekistan.[2]\n\n[1]\u00a0See Bohr.\n\n[2] See CIVICUS. https://a.example/b.\n"
    first, second = notes_of(text)
    assert (first.marker, first.text) == ("1", "See Bohr.")
    assert second.urls == ("https://a.example/b",)
    assert [text[r.start : r.end] for r in (*first.references, *second.references)] == [
        "[1]",
        "[2]",
    ]


def test_raised_notes_at_the_foot_of_pages_in_the_midst_of_a_sentence() -> None:
    text = (
        "The group¹ signed a memorandum.² This influences the\n\n¹ See the group.\n\n"
        "² Text:\n\n<https://a.example/1>\n\ncountry to a greater extent.³ More follows.\n\n"
        "³ Third note.\n\nThe end of the text.\n"
    )
    found = notes_of(text)
    assert [note.text for note in found] == [
        "See the group.",
        "Text: <https://a.example/1>",
        "Third note.",
    ]
    assert [len(note.references) for note in found] == [1, 1, 1]


def test_lists_of_raised_markers_left_by_a_converter() -> None:
    text = "Killed in 2020.^{48, 49} Others⁵⁰.\n\n⁴⁸ A.\n\n⁴⁹ B.\n\n⁵⁰ C.\n"
    found = linked(text)
    assert found["48"] == [text.index("48")]
    assert found["49"] == [text.index("49")]
    assert found["50"] == [text.index("⁵⁰")]


def test_bare_digits_only_where_a_list_of_notes_exists() -> None:
    body = "It ended in 2016.15 The year.16 was long, “so”17 they say."
    assert notes_of(body) == []
    text = body.replace("15", "1").replace("16 was", "2 was").replace("17", "3")
    text += "\n\n1. First source.\n2. Second source; another one.\n3. Ibid.\n"
    assert linked(text) == {
        "1": [text.index(".1 ") + 1],
        "2": [text.index(".2 ") + 1],
        "3": [text.index("”3") + 1],
    }


def test_a_numbered_list_is_no_list_of_notes() -> None:
    assert notes_of("We ask:\n\n1. to stop;\n2. to release;\n3. to pay 3.5 million.\n") == []


def test_a_list_belongs_to_those_who_count_as_far() -> None:
    """Raised numbers of the authors' addresses stand beside bracketed references."""
    sources = "".join(f"{number}. Source {number}.\n" for number in range(1, 7))
    text = (
        "A. Author¹ and B. Author².\n\nIt is so [1,2], and was [3]. We saw [4-6].\n\n"
        f"¹ The one address.\n\n² The other.\n\n{sources}"
    )
    found = notes_of(text)
    assert [note.text for note in found if "Source" in note.text] == [
        f"Source {number}." for number in range(1, 7)
    ]
    assert [len(note.references) for note in found] == [1] * 8


def test_an_excerpt_begins_in_the_midst_of_the_count() -> None:
    text = "Size of outlets³³: this. The databases³⁴ show.\n\n33. Two works.\n34. Even so.\n"
    assert [note.text for note in notes_of(text)] == ["Two works.", "Even so."]
    assert (
        notes_of(text.replace("33", "3").replace("34", "4").replace("³³", "³").replace("³⁴", "⁴"))
        == []
    )


def test_a_marker_without_a_note_is_given_none() -> None:
    text = "One[1] and two[2] and seven[7].\n\n[1] First.\n\n[2] Second.\n"
    assert linked(text) == {"1": [3], "2": [text.index("[2]")]}


def test_square_metres_refer_to_nothing() -> None:
    text = "A hall of 40 m² and 3 km³ there¹ and here.²\n\n¹ One.\n\n² Two.\n"
    assert linked(text)["2"] == [text.index(".²") + 1]


def test_numbers_that_start_again_in_each_chapter() -> None:
    text = (
        "Chapter one[1] has[2] notes.\n\n[1] A1.\n\n[2] A2.\n\n"
        "Chapter two[1] too[2].\n\n[1] B1.\n\n[2] B2.\n"
    )
    found = notes_of(text)
    assert [note.text for note in found] == ["A1.", "A2.", "B1.", "B2."]
    assert all(len(note.references) == 1 for note in found)
    assert all(note.references[0].start < note.start for note in found)


def test_the_same_note_referred_to_twice() -> None:
    text = "One[1] and two[2] and one again[1].\n\n[1] First.\n\n[2] Second.\n"
    assert linked(text)["1"] == [3, text.index("[1].")]


@given(st.text(alphabet="ab .,\n[]()^{}0123456789¹²³\u00a0", max_size=300))
def test_any_text_gives_notes_that_stand_in_it(text: str) -> None:
    for note in notes_of(text):
        assert 0 <= note.start < note.end <= len(text)
        assert note.references
        for span in note.references:
            assert int(note.marker) == _number(text[span.start : span.end])
            assert not note.start <= span.start < note.end


def _number(sign: str) -> int:
    digits = sign.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
    return int("".join(letter for letter in digits if letter.isdigit()))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("See https://a.example/b-c_d.", ("https://a.example/b-c_d",)),
        ("(https://a.example/x(1))", ("https://a.example/x(1)",)),
        ("<https://a.example/?a=1&\r\nb=2>", ("https://a.example/?a=1&b=2",)),
        ("https://a.example/human\u00adrights", ("https://a.example/human-rights",)),
        (
            "[https://a.example/1](https://a.example/2)",
            ("https://a.example/1", "https://a.example/2"),
        ),
    ],
)
def test_addresses_are_whole(text: str, wanted: tuple[str, ...]) -> None:
    assert find_urls(text) == wanted


def test_raised_digits_of_a_pdf_by_size_and_baseline(readers: Readers, tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)

    pdf.write(6, "The first statement.")
    raised(pdf, "1")
    pdf.write(6, " In 2016 the second one")
    raised(pdf, "2")
    pdf.write(6, ", and 40 people came.\n\n\n")
    for number, words in (("1", "A source: https://a.example/1"), ("2", "Another source.")):
        raised(pdf, number)
        pdf.write(6, f" {words}\n")
    path = tmp_path / "notes.pdf"
    pdf.output(str(path))
    reading = readers.read(path, OPTIONS)
    text = reading.pages[0].text
    assert [note.marker for note in reading.notes] == ["1", "2"]
    assert reading.notes[0].urls == ("https://a.example/1",)
    before = [text[: note.references[0].start].rstrip()[-9:] for note in reading.notes]
    assert before == ["tatement.", "econd one"]


def test_notes_of_a_word_processor(readers: Readers, tmp_path: Path) -> None:
    """Behind a year, after a gap, and in a list whose numbers are neither raised nor apart."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)

    pdf.write(6, "It was adopted in 2015")
    raised(pdf, "1")
    pdf.write(6, ". The court agreed,")
    raised(pdf, "2", gap=1.5)
    pdf.write(6, " and 12 people in 24 km")
    raised(pdf, "2")
    pdf.write(6, " came in May.")
    raised(pdf, "3", gap=1.5)
    pdf.set_y(240)
    pdf.set_font("Helvetica", size=8)
    for words in ("1The law of 2015.", "2Ruling of 3 May.", "3https://a.example/3"):
        pdf.cell(0, 5, words)
        pdf.ln()
    path = tmp_path / "word.pdf"
    pdf.output(str(path))
    reading = readers.read(path, OPTIONS)
    text = reading.pages[0].text
    assert [note.text for note in reading.notes] == [
        "The law of 2015.",
        "Ruling of 3 May.",
        "https://a.example/3",
    ]
    before = [[text[: at.start].rstrip()[-4:] for at in note.references] for note in reading.notes]
    assert before == [["2015"], ["eed,"], ["May."]]


def test_ordinals_at_the_beginning_of_lines_begin_no_note(readers: Readers, tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    pdf.write(6, "It ended")
    pdf.char_vpos = "SUP"
    pdf.write(6, "1")
    pdf.char_vpos = "LINE"
    pdf.write(6, " at last.\n\n1st of May\n2nd of June\n")
    path = tmp_path / "ordinals.pdf"
    pdf.output(str(path))
    assert readers.read(path, OPTIONS).notes == ()


def test_a_numbered_heading_is_no_note(readers: Readers, tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)

    pdf.write(6, "The abstract ends with a marker.")
    raised(pdf, "1")
    pdf.write(6, "\n\n")
    pdf.set_font_size(15)
    pdf.write(9, "1 Introduction\n")
    pdf.set_font_size(11)
    pdf.write(6, "The text goes on for a line or two, and then it ends.\n" * 4)
    raised(pdf, "1")
    pdf.write(6, " The code is open.\n")
    path = tmp_path / "heading.pdf"
    pdf.output(str(path))
    (note,) = readers.read(path, OPTIONS).notes
    assert note.text == "The code is open."
    assert len(note.references) == 1


def test_links_back_make_the_notes_of_a_web_page(readers: Readers, tmp_path: Path) -> None:
    path = tmp_path / "saved.html"
    path.write_text(
        "<p>The court agreed<a href='#n1' name='a1'><sup>1</sup></a> and"
        " said so.<a href='#n2' name='a2'><sup>2</sup></a></p>"
        "<p>See <a href='#c3'>chapter 3</a>.</p>"
        "<div id='n1'><p><a href='#a1'>1</a>Ruling of 3 May.</p></div>"
        "<div id='n2'><p><a href='#a2'>2</a>Press note.</p></div>",
        "utf-8",
    )
    reading = readers.read(path, OPTIONS)
    assert [(note.marker, note.text) for note in reading.notes] == [
        ("1", "Ruling of 3 May."),
        ("2", "Press note."),
    ]
    assert [len(note.references) for note in reading.notes] == [1, 1]


def test_a_note_ends_with_its_page_when_the_next_reference_is_lost() -> None:
    pages = [f"A sentence{mark} of page {page}.\n\n¹ Source {page}.\n\n" for page, mark in
             ((1, "¹"), (2, "¹"), (3, ""), (4, "¹"))]  # fmt: skip
    found = notes_of("".join(pages))
    assert [note.text for note in found if note.references] == [
        "Source 1.",
        "Source 2.",
        "Source 4.",
    ]


def test_numbers_that_start_again_but_stand_together_are_linked_in_order() -> None:
    text = "One¹ two¹ three¹.\n\n¹ A.\n\n¹ B.\n\n¹ C.\n"
    found = notes_of(text)
    assert [note.text for note in found] == ["A.", "B.", "C."]
    starts = [at for at, sign in enumerate(text.split("\n")[0]) if sign == "¹"]
    assert [[span.start for span in note.references] for note in found] == [[s] for s in starts]


@pytest.mark.parametrize("name", ["001", "002"])
def test_shared_reports_resolve_whole(readers: Readers, reports: Path, name: str) -> None:
    wanted = {"001": 16, "002": 58}[name]
    paths = sorted(reports.glob(f"{name}_*"))
    assert {path.suffix for path in paths} == {".txt", ".pdf"}
    texts = {}
    for path in paths:
        notes = readers.read(path, OPTIONS).notes
        assert [note.marker for note in notes] == [str(n) for n in range(1, wanted + 1)]
        assert all(len(note.references) == 1 for note in notes)
        texts[path.suffix] = ["".join(filter(str.isalnum, note.text)) for note in notes]
    assert texts[".txt"] == texts[".pdf"]
