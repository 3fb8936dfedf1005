"""Notes of RTF files, in the letters and with the marks that word processors write."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from index.model import ImportOptions
from index.reading import Readers, rtf

HEAD = r"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\froman\fcharset204 Times;}}\f0 "


def test_footnotes_and_endnotes_are_notes(readers: Readers, tmp_path: Path) -> None:
    code = (
        HEAD + r"The law\par was changed{\super\chftn}{\footnote\pard\plain {\super\chftn} "
        r"See {\field{\*\fldinst HYPERLINK x}{\fldrslt https://example.org/a}}, p. \{2\}.} in May. "
        r"\'d1\'f3\'e4{\super\chftn}{\footnote\ftnalt\f0 {\super\chftn} \'c7\'e0\'ea\'ee\'ed.}"
        r" decided.\par}"
    )
    path = tmp_path / "report.rtf"
    path.write_bytes(code.encode("latin-1"))
    reading = readers.read(path, ImportOptions())
    text = "".join(page.text for page in reading.pages)
    assert text.startswith("The law\n\nwas changed¹ in May. Суд² decided.")
    assert [(note.marker, note.text) for note in reading.notes] == [
        ("1", "See https://example.org/a, p. {2}."),
        ("2", "Закон."),
    ]
    assert reading.notes[0].urls == ("https://example.org/a",)
    shown = [text[s.start : s.end] for note in reading.notes for s in note.references]
    assert shown == ["¹", "²"]


def test_marks_of_the_author_give_way_to_numbers() -> None:
    text, notes = rtf.converted(HEAD + r"word{\super *}{\footnote {\super *} First.} end\par}")
    assert (text.strip(), notes) == ("word¹ end", ["First."])


def test_a_note_without_end_loses_no_words() -> None:
    text, notes = rtf.converted(HEAD + r"one{\footnote two")
    assert text.startswith("one") and notes == []


def test_braces_and_raw_bytes_in_notes_end_nothing() -> None:
    text, notes = rtf.converted(HEAD + r"a{\footnote b \} c \bin3 }}} d} e\par}")
    assert text.startswith("a¹ e")
    assert len(notes) == 1 and notes[0].startswith("b } c")


@given(st.text(alphabet="{}\\abfotne '*0é\n", max_size=80))
def test_any_code_is_borne(code: str) -> None:
    rtf.converted(HEAD + code)
    rtf.converted(code)
