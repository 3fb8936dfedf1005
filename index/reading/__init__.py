"""A file becomes canonical text: all parsing and drawing of foreign files, in locked processes."""

from index.reading.readers import Readers
from index.reading.view import DocumentView

__all__ = ["DocumentView", "Readers"]
