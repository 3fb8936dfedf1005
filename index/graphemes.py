"""Where a text may be cut without cutting through what a reader sees as one character."""

import regex

_CLUSTER = regex.compile(r"\X")
WINDOW = 64
"""Code points looked at on each side; longer clusters are piles of marks nobody reads."""


def is_boundary(text: str, offset: int) -> bool:
    """Tell whether `offset` lies between two graphemes."""
    return snap_back(text, offset) == offset


def snap_back(text: str, offset: int) -> int:
    """Return the last grapheme boundary at or before `offset`."""
    if offset <= 0 or offset >= len(text):
        return max(0, min(offset, len(text)))
    begin = max(0, offset - WINDOW)
    last = begin
    for cluster in _CLUSTER.finditer(text, begin, min(len(text), offset + WINDOW)):
        if cluster.start() > offset:
            break
        last = cluster.start()
    return last


def snap_forward(text: str, offset: int) -> int:
    """Return the first grapheme boundary at or after `offset`."""
    back = snap_back(text, offset)
    if back == offset:
        return offset
    cluster = _CLUSTER.match(text, back)
    return max(offset, cluster.end() if cluster else offset)
