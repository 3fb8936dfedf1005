"""Reads the arguments, runs one command, and turns what happened into an exit status."""

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from app.cli import passphrases, status
from app.cli.context import Context, archive_of
from app.cli.output import Output, harmless
from app.cli.parser import build

CANCELLED = "Cancelled. Everything finished so far is kept."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status; no command opens the window."""
    parser = build()
    parsed = parser.parse_args(arguments)
    if parsed.command is None:
        return _window(parsed)
    output = Output(as_json=parsed.json, quiet=parsed.quiet)
    context = Context(parsed, output)
    with contextlib.suppress(ValueError):  # not the main thread: a test runs us
        signal.signal(signal.SIGTERM, _interrupt)
    try:
        result: int = parsed.run(context)
        return result
    except BrokenPipeError:
        _let_go_of_output()  # whoever read it has seen enough
        return status.DONE
    except BaseException as error:
        return _failed(context, error)
    finally:
        context.close()


def _failed(context: Context, error: BaseException) -> int:
    """Say what happened in one sentence; let our own bugs through."""
    from index.explaining import explained

    told = explained(error, context.opened_folder()) or error
    code = status.of(told)
    if code is None:
        raise error
    if isinstance(error, OSError):
        _let_go_of_output()
    if code == status.CANCELLED:
        context.output.warn(CANCELLED)
    else:
        context.output.warn(str(told))
    return code


def _let_go_of_output() -> None:
    """Send what is still to be printed nowhere, so that it cannot fail again at the end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _window(arguments: argparse.Namespace) -> int:
    from app.cli.demo import has_screen

    if not has_screen() and not os.environ.get("QT_QPA_PLATFORM"):
        sys.stderr.write("muniment: There is no screen here. Give a command; see “muniment -h”.\n")
        return status.BAD_INPUT
    from app.application import run_window
    from index.errors import MunimentError

    folder = archive_of(arguments)
    try:
        return run_window(folder, passphrase=passphrases.given(arguments, folder))
    except MunimentError as error:
        sys.stderr.write(f"muniment: {harmless(str(error))}\n")
        return status.of(error) or status.SOMETHING_FAILED
