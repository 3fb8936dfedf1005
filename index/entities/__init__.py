"""The entity list: reading and writing lists, and finding their names in texts."""

from index.entities.lists import ListEntry, ListReading, read_list, write_list
from index.entities.matching import Matcher

__all__ = ["ListEntry", "ListReading", "Matcher", "read_list", "write_list"]
