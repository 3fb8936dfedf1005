"""The reader's page view: sheets on a grey well, marks on them, and the selection."""
