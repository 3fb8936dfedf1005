"""Reads the arguments, runs one command, and turns what happened into an exit status."""

import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from app.cli import status
from app.cli.context import Context
from app.cli.output import Output
from app.cli.parser import build


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status; no command opens the window."""
    parser = build()
    parsed = parser.parse_args(arguments)
    if parsed.command is None:
        return _window(parsed.archive)
    output = Output(as_json=parsed.json, quiet=parsed.quiet)
    context = Context(parsed, output)
    with contextlib.suppress(ValueError):  # not the main thread: a test runs us
        signal.signal(signal.SIGTERM, _interrupt)
    try:
        result: int = parsed.run(context)
        return result
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return status.DONE
    except BaseException as error:
        return _failed(output, error)
    finally:
        context.close()


def _failed(output: Output, error: BaseException) -> int:
    """Say what happened in one sentence; let our own bugs through."""
    code = status.of(error)
    if code is None:
        raise error
    if code == status.CANCELLED:
        output.warn("Cancelled. Everything finished so far is kept.")
    else:
        output.warn(str(error))
    return code


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _window(archive: str | None) -> int:
    from pathlib import Path

    from app.application import run_window
    from index.library import default_folder

    named = archive or os.environ.get("MUNIMENT_ARCHIVE")
    return run_window(Path(named).expanduser() if named else default_folder())
