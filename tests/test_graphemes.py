"""No cut goes through what a reader sees as one character."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from index import graphemes

SIGNS = st.text(st.sampled_from("aй\u0438\u0306\r\n\u200d👩👨🇰🇿\u0301ә \ufe0f"), max_size=30)


@given(SIGNS, st.integers(0, 30))
def test_snapping_ends_on_boundaries(text: str, offset: int) -> None:
    ends = {0} | {match.end() for match in regex.finditer(r"\X", text)}
    offset = min(offset, len(text))
    assert graphemes.is_boundary(text, offset) == (offset in ends)
    assert graphemes.snap_back(text, offset) == max(end for end in ends if end <= offset)
    assert graphemes.snap_forward(text, offset) == min(end for end in ends if end >= offset)


@pytest.mark.parametrize("inside", ["и\u0306", "\r\n", "🇰🇿", "👩\u200d👨"])
def test_known_clusters_hold_together(inside: str) -> None:
    assert not graphemes.is_boundary(f"a{inside}b", 2)
