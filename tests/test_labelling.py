"""Page labels: made of rules, offered from running heads, followed by passages, undone."""

from pathlib import Path

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from index import labelling, versions
from index.errors import BadInput
from index.labelling import Digits, Rule
from index.library import Library


def write_numbered(path: Path) -> Path:
    """Write a report whose second page bears the number 7 and so on."""
    pdf = FPDF(format="A4")
    pdf.set_font("helvetica", size=11)
    for index in range(6):
        pdf.add_page()
        pdf.multi_cell(0, 8, f"Chapter {'abcdef'[index]} says something about the square.")
        pdf.ln(20)
        pdf.multi_cell(0, 8, "The report goes on here for a while, in several lines of words.")
        if index:
            pdf.ln(20)
            pdf.cell(0, 8, str(index + 6), align="C")
    pdf.output(str(path))
    return path


@pytest.fixture
def numbered(tmp_path: Path) -> tuple[Library, str]:
    library = Library.create(tmp_path / "archive")
    (result,) = library.import_files([write_numbered(tmp_path / "numbered.pdf")])
    return library, result.document or ""


def labels_of(library: Library, document: str) -> list[str]:
    return [page.label for page in library.pages(document)]


def test_rules_make_labels() -> None:
    rules = [Rule(1, 1, Digits.ROMAN), Rule(4)]
    assert labelling.of_rules(6, rules) == ["i", "ii", "iii", "1", "2", "3"]
    assert labelling.of_rules(3, [Rule(2, 9, Digits.CAPITALS)]) == ["1", "IX", "X"]
    assert labelling.of_rules(2, []) == ["1", "2"]
    with pytest.raises(BadInput, match="There is no page 4"):
        labelling.of_rules(3, [Rule(4)])
    with pytest.raises(BadInput, match="Two rules"):
        labelling.of_rules(3, [Rule(2), Rule(2, 5)])


@given(
    st.lists(
        st.builds(Rule, st.integers(1, 30), st.integers(1, 300), st.sampled_from(Digits)),
        unique_by=lambda rule: rule.first,
        max_size=4,
    )
)
def test_labels_lead_back_to_rules(rules: list[Rule]) -> None:
    labels = labelling.of_rules(30, rules)
    again = labelling.rules_of(labels)
    assert again is not None and len(again) <= len(rules)
    assert labelling.of_rules(30, again) == labels


def test_labels_no_rule_gives() -> None:
    assert labelling.rules_of(["Cover", "1"]) is None
    assert labelling.rules_of(["1", "2"]) == []


def test_printed_numbers_are_offered_applied_and_undone(numbered: tuple[Library, str]) -> None:
    library, document = numbered
    offer = labelling.offered(library, document)
    assert offer is not None and offer.agreeing == 5
    assert offer.labels == ("6", "7", "8", "9", "10", "11")
    passage = library.tag_quote(document, "Chapter c")
    assert passage.anchor.label == "3"
    changes = labelling.apply(library, document, offer.labels)
    assert changes.documents == {document} and changes.passages == {passage.id}
    assert labels_of(library, document) == list(offer.labels)
    assert library.passage(passage.id).anchor.label == "8"
    assert labelling.offered(library, document) is None
    assert "8" in library.cite(document, 3).citation

    assert library.undo().documents == {document}
    assert labels_of(library, document) == ["1", "2", "3", "4", "5", "6"]
    assert library.passage(passage.id) == passage
    library.redo()
    before = library.passage(passage.id)
    versions.reread(library, document)
    assert labels_of(library, document) == list(offer.labels)
    library.undo()  # the reading
    library.undo()  # takes back the tag: the labels of the old pages are no longer undone
    assert library.passages() == [] and before.anchor.label == "8"
    assert labels_of(library, document) == list(offer.labels)
    library.close()


def test_labels_that_do_not_fit_are_refused(numbered: tuple[Library, str]) -> None:
    library, document = numbered
    for labels in (["1"], [""] * 6, ["x" * 65] * 6):
        with pytest.raises(BadInput):
            labelling.apply(library, document, labels)
    assert labels_of(library, document) == ["1", "2", "3", "4", "5", "6"]
    library.close()
