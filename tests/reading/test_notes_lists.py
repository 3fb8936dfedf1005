"""Lists of notes beside other numbers: paragraphs, lists, tables, pages; lost references."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF

from index.model import ImportOptions, Note
from index.reading import Readers
from index.reading.notes import resolve
from index.reading.notes_text import markers, paragraph_ends

OPTIONS = ImportOptions(ocr="never")
SOURCES = ("Interview with a lawyer, 3 June 2016", "Ibid.", "Закон от 17 марта 1995 г., ст. 9")


def notes_of(text: str) -> list[Note]:
    return resolve(text, markers(text), paragraph_ends(text))


def body(count: int, mark: Callable[[int], str], lost: tuple[int, ...] = ()) -> str:
    """Return paragraphs that refer to every note but the lost ones."""
    marks = ["" if number in lost else mark(number) for number in range(1, count + 1)]
    return "\n\n".join(f"Somebody says something about the trial{each}." for each in marks)


def listed(count: int, shape: str) -> str:
    return "\n".join(shape.format(n, SOURCES[n % 3]) for n in range(1, count + 1))


def test_paragraphs_that_begin_with_a_number_are_no_notes_of_a_bracketed_list() -> None:
    text = body(14, "[{}]".format) + "\n\n12 мамырда сот істі қарады.\n\n14 адам келді.\n\n"
    found = notes_of(text + listed(14, "[{}] {}"))
    assert [note.marker for note in found] == [str(n) for n in range(1, 15)]
    assert [len(note.references) for note in found] == [1] * 14


@pytest.mark.parametrize("shape", ["{}. {}", "{} {}"])
def test_a_note_whose_reference_is_lost_ends_no_list(shape: str) -> None:
    text = body(9, str, lost=(4, 5)) + "\n\n" + listed(9, shape)
    found = notes_of(text)
    assert [note.marker for note in found] == [str(n) for n in range(1, 10)]
    assert [len(note.references) for note in found] == [1, 1, 1, 0, 0, 1, 1, 1, 1]
    assert found[3].text == SOURCES[1]


def test_a_table_takes_no_notes_from_one_reference() -> None:
    table = "\n".join(f"{number % 7 + 1} value {number}" for number in range(200))
    assert len(notes_of("The numbers¹ follow.\n" + table)) <= 1


def test_a_power_and_a_list_make_no_note() -> None:
    assert notes_of("E = mc² and x³ too.\n\n1. One\n2. Two\n3. Three") == []


def test_a_markdown_reference_is_no_raised_number() -> None:
    text = body(3, "[^{}]".format) + "\n\n14 people came.\n\n" + listed(3, "[^{}]: {}")
    assert [note.text for note in notes_of(text)] == [SOURCES[1], SOURCES[2], SOURCES[0]]


class Sheet(FPDF):
    """A report in small raised numbers."""

    def raise_(self, text: str) -> None:
        self.char_vpos = "SUP"
        self.write(5, text)
        self.char_vpos = "LINE"


@pytest.fixture
def drawn(tmp_path: Path, readers: Readers) -> Callable[[Callable[[Sheet], None]], list[Note]]:
    def read(draw: Callable[[Sheet], None]) -> list[Note]:
        pdf = Sheet()
        pdf.set_auto_page_break(False)
        pdf.set_font("Helvetica", size=10)
        draw(pdf)
        pdf.output(str(tmp_path / "drawn.pdf"))
        return list(readers.read(tmp_path / "drawn.pdf", OPTIONS).notes)

    return read


@pytest.mark.parametrize("raised", [True, False])
def test_notes_that_begin_anew_on_every_page_belong_to_it(drawn, raised: bool) -> None:
    counts = (1, 3, 2, 1, 4, 2)

    def draw(pdf: Sheet) -> None:
        for page, count in enumerate(counts):
            pdf.add_page()
            pdf.text(190, 10, str(page + 1))
            pdf.set_xy(20, 20)
            for number in range(1, count + 1):
                pdf.write(5, "The court fined the defendants after a hearing")
                pdf.raise_(str(number))
                pdf.write(5, " and nobody appealed. ")
            pdf.write(5, "Observers were outside and")
            pdf.set_font("Helvetica", size=8)
            for number in range(1, count + 1):
                pdf.set_xy(20, 240 + 5 * number)
                if raised:
                    pdf.raise_(str(number))
                    pdf.write(4, f" Source {page} {number}, p. 4")
                else:
                    pdf.write(4, f"{number}. Source {page} {number}, p. 4")
            pdf.set_font("Helvetica", size=10)

    found = drawn(draw)
    wanted = [
        (str(number), f"Source {page} {number}, p. 4")
        for page, count in enumerate(counts)
        for number in range(1, count + 1)
    ]
    assert [(note.marker, note.text) for note in found] == wanted
    assert all(len(note.references) == 1 for note in found)


def test_a_reference_that_a_line_cuts_off_is_no_note(drawn) -> None:
    def draw(pdf: Sheet) -> None:
        pdf.add_page()
        for line, number in enumerate((1, 2, 3)):
            pdf.set_xy(20, 20 + 16 * line)
            pdf.write(5, "The court fined the defendants after the hearing")
            pdf.set_xy(20, 26 + 16 * line)
            pdf.raise_(str(number))
            pdf.write(5, " and nobody appealed the sentence in time.")
        pdf.set_font("Helvetica", size=8)
        for number in (1, 2, 3):
            pdf.set_xy(20, 240 + 5 * number)
            pdf.write(4, f"{number} Source {number}")

    assert [note.text for note in drawn(draw)] == ["Source 1", "Source 2", "Source 3"]


@pytest.mark.parametrize("place", [(100.0, 8.0, ""), (100.0, 290.0, ""), (20.0, 8.0, " A report")])
def test_page_numbers_are_no_notes(drawn, place: tuple[float, float, str]) -> None:
    x, y, more = place

    def draw(pdf: Sheet) -> None:
        for page in range(12):
            pdf.add_page()
            pdf.text(x, y, f"{page + 1}{more}")
            pdf.set_xy(20, 20)
            for number in range(1, 6):
                pdf.write(5, "The court fined the defendants")
                pdf.raise_(str((5 * page + number) % 9 + 1))
                pdf.write(5, " that day. ")

    assert drawn(draw) == []


def test_works_listed_in_brackets_are_no_references() -> None:
    works = "\n".join(f"[{n}] Author {n} ({1990 + n}). A book." for n in range(1, 9))
    commands = "\n".join(f"{n}. gcc -O{n} file{n}.c" for n in range(1, 8))
    assert notes_of(body(3, lambda _: "") + f"\n\nReferences\n{works}\n\n{commands}\n") == []


def test_rows_of_a_far_table_do_not_go_on_with_notes() -> None:
    text = "One¹, another², and a third³ wrote this.\n\n¹ A university.\n\n"
    found = notes_of(text + "Words follow. " * 400 + "\n\n2 - 100% 39%\n3 - 86% 14%\n")
    assert [(note.marker, note.text) for note in found] == [("1", "A university.")]


def test_a_list_that_only_seems_referred_to_is_no_note() -> None:
    text = f"A rule¹ holds,² {'and again¹ it does,² ' * 4}as said.\n\n"
    notes = "1. The first note.\n\n2. The second note.\n\n"
    found = notes_of(text + notes + "Do this:\n\n1. Set the bit.\n\n2. Load the address.\n\n")
    assert [note.text for note in found] == ["The first note.", "The second note."]
    assert [len(note.references) for note in found] == [5, 5]


@pytest.mark.parametrize("font", ["Times", "Courier"])
def test_a_note_goes_on_over_cut_words_and_in_another_font(drawn, font: str) -> None:
    def draw(pdf: Sheet) -> None:
        pdf.add_page()
        pdf.set_xy(20, 20)
        for line in range(12):
            pdf.set_xy(20, 20 + 6 * line)
            pdf.write(5, "The court fined the defendants after a hearing")
            if line == 3:
                pdf.raise_("1")
        pdf.set_font("Helvetica", size=8)
        pdf.set_xy(20, 240)
        pdf.raise_("1")
        pdf.set_font("Times", size=8)
        pdf.write(4, "A decision of the judge of the court of the dis-")
        for line, (words, face) in enumerate(
            (
                ("trict, and another of the regional court of ap-", "Times"),
                ("peal, whose grounds are published. See https://example.org/", "Times"),
                ("decisions/2016/15", font),
                ("and the file of the case.", "Times"),
            )
        ):
            pdf.set_font(face, size=8)
            pdf.set_xy(20, 244 + 4 * line)
            pdf.write(4, words)

    (note,) = drawn(draw)
    assert note.text.endswith("and the file of the case.")
    assert "https://example.org/decisions/2016/15" in note.urls


@pytest.mark.parametrize(
    ("mark", "shape"), [("[{}]", "[{}] {}"), ("{}", "{}. {}"), ("^{{{}}}", "{} {}")]
)
def test_notes_of_chapters_that_stand_together_find_their_references(mark: str, shape: str) -> None:
    counts = (5, 3, 8, 1, 6)
    chapters, lists = [], []
    for chapter, count in enumerate(counts):
        steps = "\n".join(f"{n}. Do step {n} of it." for n in range(1, 4))
        chapters.append(f"{body(count, mark.format)}\n\nThe steps are these:\n\n{steps}\n\n")
        notes = "\n".join(shape.format(n, f"Source {chapter}-{n}.") for n in range(1, count + 1))
        lists.append(f"Chapter {'ABCDE'[chapter]}\n\n{notes}\n\n")
    text = "".join(chapters) + "Notes\n\n" + "".join(lists)
    found = notes_of(text)
    assert [note.text for note in found] == [
        f"Source {chapter}-{n}."
        for chapter, count in enumerate(counts)
        for n in range(1, count + 1)
    ]
    assert all(len(note.references) == 1 for note in found)
    places = [note.references[0].start for note in found]
    assert places == sorted(places)
