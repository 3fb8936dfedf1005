"""What an archive draws with: its documents' views, and the passwords given for them."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from index.errors import PasswordNeeded
from index.files import AnyFile
from index.methods.opened import Opened
from index.model import Document, ImportOptions, PaintedPage
from index.reading import DocumentView, Readers
from index.reading.painting import Wanted
from index.reading.result import Mark

T = TypeVar("T")
MAX_VIEWS = 4


class OpenReaders:
    """The readers with the passwords given so far, as a bundle needs them."""

    def __init__(self, readers: Readers, passwords: Sequence[str]) -> None:
        self._readers = readers
        self._passwords: tuple[str | None, ...] = (None, *passwords)

    def annotate(self, path: AnyFile, marks: Sequence[Mark], password: str | None = None) -> bytes:
        """Return a highlighted copy of a PDF, opened with whichever password fits."""
        return self._first(lambda word: self._readers.annotate(path, marks, word), password)

    def paint(
        self, path: AnyFile, wanted: Sequence[Wanted], password: str | None = None
    ) -> Iterator[PaintedPage]:
        """Draw pages of a PDF in few colours, opened with whichever password fits."""

        def begun(word: str | None) -> Iterator[PaintedPage]:
            pages = self._readers.paint(path, wanted, word)
            first = list(itertools.islice(pages, 1))  # where a wrong password shows
            return itertools.chain(first, pages)

        return self._first(begun, password)

    def _first(self, opening: Callable[[str | None], T], password: str | None) -> T:
        failure: PasswordNeeded | None = None
        for word in (password,) if password else self._passwords:
            try:
                return opening(word)
            except PasswordNeeded as error:
                failure = error
        raise failure or PasswordNeeded("The document is encrypted. Give its password.")


class ViewMethods(Opened):
    """The methods of a library that are about drawing documents.

    Passwords are held in memory until the archive is closed and are never
    written down; every encrypted document is tried with all of them.
    """

    def view(self, identity: str) -> DocumentView:
        """Return the reader process that draws and measures a document, shared and kept.

        Raises `PasswordNeeded` when no password given so far opens it.
        """
        with self._views_lock:
            view = self._views.pop(identity, None)
            if view is None:
                view = self._opened(self.documents_store.get(identity), tuple(self._passwords))
            self._views[identity] = view
            while len(self._views) > MAX_VIEWS:
                self._views.pop(next(iter(self._views))).close()
            return view

    def open_view(self, identity: str) -> DocumentView:
        """Return a view of a document of one's own, to be closed by whoever asked for it."""
        with self._views_lock:
            passwords = tuple(self._passwords)
        return self._opened(self.documents_store.get(identity), passwords)

    def open_readers(self) -> OpenReaders:
        """Return the readers with the passwords that were given so far."""
        with self._views_lock:
            return OpenReaders(self.readers, tuple(self._passwords))

    def unlock(self, identity: str, password: str) -> None:
        """Open an encrypted document with a password and remember it until the archive is closed.

        Raises `PasswordNeeded` when it is the wrong one.
        """
        document = self.documents_store.get(identity)
        view = self._opened(document, (password,))
        with self._views_lock:
            self._passwords[password] = None
            if old := self._views.pop(identity, None):
                old.close()
            self._views[identity] = view

    def forget_view(self, identity: str) -> None:
        """Close the view of a document whose text or file is no longer what it was."""
        with self._views_lock:
            if view := self._views.pop(identity, None):
                view.close()

    def with_passwords(self, options: ImportOptions) -> ImportOptions:
        """Remember the passwords of an import, and add those that were given before."""
        with self._views_lock:
            self._passwords.update(dict.fromkeys(options.passwords))
            return replace(options, passwords=tuple(self._passwords))

    def _opened(self, document: Document, passwords: tuple[str, ...]) -> DocumentView:
        original = self.blobs.require(document.sha256)
        details = self.documents_store.details(document.id)
        failure: PasswordNeeded | None = None
        for password in (None, *passwords):
            try:
                return self.readers.open(original, document.media_type, password, details)
            except PasswordNeeded as error:
                failure = error
        raise failure or PasswordNeeded("The document is encrypted. Give its password.")
