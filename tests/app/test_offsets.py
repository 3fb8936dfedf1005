"""Code points and UTF-16: there and back for any text."""

from hypothesis import given
from hypothesis import strategies as st

from app.offsets import Utf16

TEXTS = st.text(alphabet=st.sampled_from("aжә😀𝐀\u0301 \n"), max_size=60)


@given(TEXTS)
def test_there_and_back(text: str) -> None:
    units = Utf16(text)
    for offset in range(len(text) + 1):
        position = units.units(offset)
        assert position == len(text[:offset].encode("utf-16-le")) // 2
        assert units.offset(position) == offset


@given(TEXTS)
def test_inside_a_pair_is_its_beginning(text: str) -> None:
    units = Utf16(text)
    for offset, character in enumerate(text):
        if ord(character) > 0xFFFF:
            assert units.offset(units.units(offset) + 1) == offset
