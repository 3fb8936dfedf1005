"""The Search activity: pages that match, grouped by document."""

from app.views.activity import ActivityView


class SearchView(ActivityView):
    """The list of results at the left of the reader."""

    uses_reader = True
    placeholder = "Search all documents"
