"""The five activities, in the order of Ctrl+1 … Ctrl+5, each imported when it is first shown."""

from collections.abc import Callable
from dataclasses import dataclass

from app.session import Session
from app.views.activity import ActivityView


@dataclass(frozen=True, slots=True)
class Activity:
    """One entry of the activity bar; `icon` names a file in `resources/icons`."""

    key: str
    title: str
    icon: str
    make: Callable[[Session], ActivityView]


def _search(session: Session) -> ActivityView:
    from app.views.search_view import SearchView

    return SearchView(session)


def _library(session: Session) -> ActivityView:
    from app.views.library_view import LibraryView

    return LibraryView(session)


def _entities(session: Session) -> ActivityView:
    from app.views.entities_view import EntitiesView

    return EntitiesView(session)


def _passages(session: Session) -> ActivityView:
    from app.views.passages_view import PassagesView

    return PassagesView(session)


def _bundles(session: Session) -> ActivityView:
    from app.views.bundles_view import BundlesView

    return BundlesView(session)


ACTIVITIES = (
    Activity("search", "Search", "search", _search),
    Activity("library", "Library", "library", _library),
    Activity("entities", "Entities", "entities", _entities),
    Activity("passages", "Passages", "passages", _passages),
    Activity("bundles", "Bundles", "bundles", _bundles),
)
