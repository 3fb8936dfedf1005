"""What an archive does with drafts of bundles: keep, change, remove."""

from __future__ import annotations

from index.methods.entities import EntityMethods
from index.methods.wording import short
from index.model import BundleDraft, Changes, ExportRequest
from index.store.bundles import BundleStore


class BundleMethods(EntityMethods):
    """The methods of a library that are about bundles being put together."""

    @property
    def bundles_store(self) -> BundleStore:
        """The drafts in the record."""
        return BundleStore(self.database)

    def bundles(self) -> list[BundleDraft]:
        """Return the drafts, the newest first."""
        return self.bundles_store.all()

    def bundle(self, identity: str) -> BundleDraft:
        """Return one draft by its id; raise `NotFound`."""
        return self.bundles_store.get(identity)

    def add_bundle(self, request: ExportRequest) -> BundleDraft:
        """Begin a bundle."""
        with self.history.action(f"New bundle “{short(request.title)}”"):
            return self.bundles_store.add(request)

    def change_bundle(self, identity: str, request: ExportRequest) -> Changes:
        """Change what is in a bundle, or how it is shown."""
        with self.history.action(f"Change “{short(request.title)}”") as recording:
            self.bundles_store.update(identity, request)
        return recording.changes

    def remove_bundle(self, identity: str) -> Changes:
        """Remove a draft; its passages stay."""
        title = self.bundle(identity).request.title
        with self.history.action(f"Remove the bundle “{short(title)}”") as recording:
            self.bundles_store.remove(identity)
        return recording.changes
