"""The library: an archive of documents, its search index, entities, passages and bundles."""
