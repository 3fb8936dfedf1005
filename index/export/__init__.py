"""Citation bundles: made from a content, checked, and compared with an archive."""

from index.export.bundle import export
from index.export.content import BundleContent, gather
from index.export.preview import Preview, preview
from index.export.verify import verify

__all__ = ["BundleContent", "Preview", "export", "gather", "preview", "verify"]
