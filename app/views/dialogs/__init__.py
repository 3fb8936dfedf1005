"""Dialogs: each asks for what one action needs, says in a sentence what is wrong, and acts."""
