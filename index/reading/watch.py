"""One thread that ends readers which work longer than they may."""

import contextlib
import math
import threading
import time
from collections.abc import Callable

IDLE = 10.0
"""How long the thread waits for something to watch before it ends."""


class Watch:
    """Keeps the time of many readers; its thread runs only while there is something to watch."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._deadlines: dict[Watchdog, float] = {}
        self._wakes = math.inf
        self._is_running = False

    def over(self, kill: Callable[[], None]) -> "Watchdog":
        """Return a watchdog that ends a reader by calling `kill`."""
        return Watchdog(self, kill)

    def set(self, dog: "Watchdog", deadline: float | None) -> None:
        """Have a watchdog act at a moment of the monotonic clock; None: not at all."""
        with self._change:
            if deadline is None:
                self._deadlines.pop(dog, None)
                return
            self._deadlines[dog] = deadline
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._run, name="reader watch", daemon=True).start()
            elif deadline < self._wakes:
                # One that is put off needs no word: waking a thread for every page costs more.
                self._change.notify()

    def _run(self) -> None:
        while (due := self._wait()) is not None:
            for dog in due:
                with contextlib.suppress(OSError):  # the others are watched all the same
                    dog.fire()

    def _wait(self) -> "list[Watchdog] | None":
        """Return the watchdogs whose time has come; None when nothing has been watched for long."""
        with self._change:
            now = time.monotonic()
            self._wakes = min(self._deadlines.values(), default=math.inf)
            if self._wakes > now:
                left = IDLE if self._wakes == math.inf else self._wakes - now
                told = self._change.wait(left)
                if not (told or self._deadlines):
                    self._is_running = False
                    return None
            now = time.monotonic()
            due = [dog for dog, deadline in self._deadlines.items() if deadline <= now]
            for dog in due:
                del self._deadlines[dog]
            return due


class Watchdog:
    """Ends one reader that works longer than it may."""

    def __init__(self, watch: Watch, kill: Callable[[], None]) -> None:
        self._watch, self._kill = watch, kill
        self.fired = False

    def allow(self, seconds: float | None) -> None:
        """Let the reader work for so many seconds from now; None: for as long as it likes."""
        self._watch.set(self, None if seconds is None else time.monotonic() + seconds)

    def fire(self) -> None:
        """End the reader now."""
        self.fired = True
        self._kill()

    def close(self) -> None:
        """Stop watching."""
        self._watch.set(self, None)
