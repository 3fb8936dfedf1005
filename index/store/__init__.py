"""SQLite, the record: everything an archive knows, and the originals by their hash."""
