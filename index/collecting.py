"""Pausing the search for reference cycles while much is made that has none.

Python looks through every object it holds whenever their number has grown by a
quarter. Going through an archive makes millions of small ones, and a third of
the time went into looking.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_inside: list[bool] = []  # for each pause, whether cycles were looked for before the first


@contextmanager
def cycles_left() -> Iterator[None]:
    """Look for no cycles within; several threads may be inside at once."""
    with _lock:
        _inside.append(_inside[0] if _inside else gc.isenabled())
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            if _inside.pop() and not _inside:
                gc.enable()
