"""The same small archive that the export tests use, and an empty one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.library import Library
from tests.export.conftest import archive_source, library, made_archive

__all__ = ["archive_source", "empty", "library", "made_archive"]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Library]:
    """An archive with nothing in it."""
    with Library.open(tmp_path / "empty", create=True) as opened:
        yield opened
