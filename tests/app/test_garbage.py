"""Widgets in cycles of references are destroyed by the window's thread alone."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from app.garbage import Garbage


@pytest.fixture
def garbage(qapp: QObject) -> Iterator[Garbage]:
    made = Garbage(qapp)
    yield made
    made.deleteLater()
    gc.enable()


def test_no_other_thread_collects(garbage: Garbage) -> None:
    kept = QObject()
    thing = weakref.ref(kept)
    kept.itself = kept  # type: ignore[attr-defined]
    del kept
    worker = threading.Thread(target=lambda: [[[]] for _ in range(200_000)])
    worker.start()
    worker.join()
    assert thing() is not None
    for _ in range(gc.get_threshold()[1] + 2):
        _pile = [[] for _ in range(2 * gc.get_threshold()[0])]
        garbage.collect()
    assert thing() is None
