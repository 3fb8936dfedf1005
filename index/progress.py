"""How long work reports where it is, and how it is told to stop."""

from typing import Protocol


class Cancelled(Exception):
    """Raised by `Progress.report` when the user wants the work to stop."""


class Progress(Protocol):
    """What a job reports to; `report` may raise `Cancelled`."""

    def report(self, done: int, total: int, text: str = "") -> None:
        """Say that `done` of `total` units are finished (`total` 0: not known)."""


class NullProgress:
    """A progress that nobody watches, which makes every job callable from a test."""

    def report(self, done: int, total: int, text: str = "") -> None:
        """Take the report and do nothing with it."""
