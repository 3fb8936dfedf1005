"""A file becomes canonical text: all parsing and drawing of foreign files, in locked processes."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.reading.readers import Readers
    from index.reading.view import DocumentView

__all__ = ["DocumentView", "Readers"]


def __getattr__(name: str) -> Any:
    """Import the library's side only when it is asked for: readers themselves do without it."""
    if name == "Readers":
        from index.reading.readers import Readers

        return Readers
    if name == "DocumentView":
        from index.reading.view import DocumentView

        return DocumentView
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
