"""Search: a Whoosh index that can always be rebuilt from the record, and what is asked of it."""

from index.model import QueryAnswer
from index.search.saved import SavedSearches
from index.search.service import SearchService

__all__ = ["QueryAnswer", "SavedSearches", "SearchService"]
