"""Drafts of bundles are kept without secrets, in order, and every change can be undone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import NotFound
from index.export.content import in_order
from index.library import Library
from index.model import Anchor, BundleSection, ExportRequest, Passage
from index.store.bundles import from_json, to_json


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "archive") as opened:
        yield opened


def test_drafts_are_kept_changed_and_undone(library: Library) -> None:
    draft = library.add_bundle(ExportRequest(title="Land protests"))
    changed = replace(draft.request, sections=(BundleSection("Arrests", ("a", "b")),))
    changes = library.change_bundle(draft.id, changed)
    assert changes.bundles == {draft.id}
    assert library.bundle(draft.id).request == changed
    library.undo()
    assert library.bundle(draft.id).request.sections == ()
    library.remove_bundle(draft.id)
    assert library.bundles() == []
    library.undo()
    assert [one.id for one in library.bundles()] == [draft.id]
    library.remove_bundle(draft.id)
    with pytest.raises(NotFound):
        library.bundle(draft.id)


def test_secrets_and_a_yes_given_once_are_not_kept() -> None:
    request = ExportRequest(
        passphrase="rosebud", signing_key=Path("/key"), signing_passphrase="x", replace=True
    )
    text = to_json(request)
    assert "rosebud" not in text
    assert from_json(text) == ExportRequest()


@given(
    st.lists(st.tuples(st.text(), st.lists(st.text()).map(tuple)), max_size=4),
    st.dictionaries(st.text(), st.text(), max_size=3),
)
def test_requests_come_back_as_they_were(
    sections: list[tuple[str, tuple[str, ...]]], names: dict[str, str]
) -> None:
    request = ExportRequest(
        title="T",
        entities=("e",),
        pseudonyms=names,
        sections=tuple(BundleSection(*one) for one in sections),
    )
    assert from_json(to_json(request)) == request


def test_passages_stand_in_the_order_of_the_sections() -> None:
    anchor = Anchor("", "", "", 0, 1, 0, "", "x", "", "")
    made = [Passage(name, "d", anchor, (), "", "", "", "") for name in "abcd"]
    request = ExportRequest(sections=(BundleSection("1", ("c",)), BundleSection("2", ("a",))))
    assert [passage.id for passage in in_order(made, request)] == ["c", "a", "b", "d"]
