"""The one place where code points meet the UTF-16 units in which Qt counts."""

import re
from bisect import bisect_left

ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16:
    """Both ways between offsets into a text in code points and in UTF-16 units."""

    def __init__(self, text: str) -> None:
        self._astral = [match.start() for match in ASTRAL.finditer(text)]
        # The unit at which the n-th astral character begins.
        self._units = [place + count for count, place in enumerate(self._astral)]

    def units(self, offset: int) -> int:
        """Return the UTF-16 position of a code-point offset."""
        return offset + bisect_left(self._astral, offset)

    def offset(self, units: int) -> int:
        """Return the code-point offset of a UTF-16 position; inside a pair, its beginning."""
        # A position inside a pair counts its character and so falls on the beginning.
        return units - bisect_left(self._units, units)
