"""In and out: files of other programs read and taken in, archives merged, hand-over files."""

from index.exchange.incoming import Incoming
from index.exchange.reading import read
from index.exchange.taking import Taken, take_in

__all__ = ["Incoming", "Taken", "read", "take_in"]
