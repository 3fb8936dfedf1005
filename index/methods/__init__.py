"""The methods of `Library`, a module a noun; each class builds on the one before."""
