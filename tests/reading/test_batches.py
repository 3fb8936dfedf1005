"""Pages sent many at a time arrive as they left, and nothing that is none is taken for one."""

import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import PageState
from index.reading.batches import PageSender, pages_of
from index.reading.frames import BrokenChannel, receive
from index.reading.place import Place, Pointer
from index.reading.result import PageText

pytestmark = pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="readers share no memory")
TEXTS = st.lists(st.text(max_size=40), min_size=1, max_size=150)


@given(TEXTS)
def test_pages_arrive_as_they_left(texts: list[str]) -> None:
    place = Place()
    sent = io.BytesIO()
    sender = PageSender(sent, Pointer(place.descriptor))
    for index, text in enumerate(texts):
        sender.add(index, len(texts), PageText(text, str(index), PageState.TEXT, 1.5, 2.0))
    place.close()
    arrived: list[tuple[int, PageText]] = []
    sent.seek(0)
    while sent.tell() < len(sent.getvalue()):
        count, pages = pages_of(*receive(sent))
        assert count == len(texts)
        arrived += pages
    assert [index for index, _ in arrived] == list(range(len(texts)))
    assert [page.text for _, page in arrived] == texts


def test_the_first_page_does_not_wait() -> None:
    place = Place()
    sent = io.BytesIO()
    PageSender(sent, Pointer(place.descriptor)).add(0, 9, PageText("a", "1", PageState.TEXT))
    place.close()
    assert sent.getvalue()


def test_without_a_shared_place_every_page_goes_by_itself() -> None:
    sent = io.BytesIO()
    sender = PageSender(sent, Pointer(None))
    before = 0
    for index in range(5):
        sender.add(index, 9, PageText("a", "1", PageState.TEXT))
        assert len(sent.getvalue()) > before
        before = len(sent.getvalue())


@pytest.mark.parametrize(
    ("pages", "body"),
    [
        ([[0, "1", "text", 1, 1, 9]], b"short"),
        ([[0, "1", "text", 1, 1, -1]], b""),
        ([[5, "1", "text", 1, 1, 0]], b""),
        ([[0, "1", "no such state", 1, 1, 0]], b""),
        ([[0, "1", "text", "wide", 1, 0]], b""),
        ([[0, "1", "text"]], b""),
        ([], b"left over"),
        ("text", b""),
    ],
)
def test_what_is_no_page_is_refused(pages: object, body: bytes) -> None:
    with pytest.raises(BrokenChannel):
        pages_of({"of": 2, "pages": pages}, body)


def test_a_place_says_where_a_reader_is_and_cannot_be_cut_off() -> None:
    place = Place()
    assert place.page() == 0
    Pointer(place.descriptor).at(41)
    assert place.page() == 41
    os.ftruncate(place.descriptor, 0)
    assert place.page() == -1
    place.close()
