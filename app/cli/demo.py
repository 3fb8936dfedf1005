"""The demo command: make the sample archive, run the whole job on it, open it."""

import os
import sys
from pathlib import Path
from typing import Any

from app.cli import passphrases, status
from app.cli.context import Context
from index import archives
from index.errors import BadInput


def register(add: Any) -> None:
    """Add this command to the parser."""
    demo = add("demo", _demo, help="make the sample archive and open it")
    demo.add_argument("folder", metavar="DIR", type=Path, nargs="?")
    demo.add_argument("--encrypt", action="store_true", help="encrypt it with a passphrase")
    demo.add_argument("--no-window", action="store_true", help="do not open the window")


def _demo(context: Context) -> int:
    from index import demo

    given = context.arguments
    folder = _folder(given.folder)
    passphrase = _passphrase(context, demo.archive_in(folder))
    made = demo.make(folder, context.output, passphrase)
    context.output.line(
        {"archive": str(made.archive), "bundle": str(made.bundle)},
        f"The sample archive is in {made.archive}, its bundle in {made.bundle}.",
    )
    context.output.close()
    if given.no_window:
        return status.DONE
    if not has_screen():
        context.output.say("There is no screen here, so the window was not opened.")
        return status.DONE
    from app.application import run_window

    return run_window(made.archive, passphrase=passphrase or "")


def _passphrase(context: Context, archive: Path) -> str | None:
    """Return the passphrase of a sample archive that is there, or is to be encrypted."""
    if archives.is_encrypted(archive):
        return context.passphrase_of(archive)
    if not context.arguments.encrypt:
        passphrases.require_none(context.arguments, archive)
        return None
    if archives.is_archive(archive):
        raise BadInput(f"The sample archive {archive} is there already and is not encrypted.")
    return passphrases.new_or_named(context.arguments)


def _folder(named: Path | None) -> Path:
    import platformdirs

    if named is not None:
        return named.expanduser().absolute()
    return platformdirs.user_data_path("muniment", appauthor=False) / "demo"


def has_screen() -> bool:
    """Tell whether a window would have a screen to appear on."""
    if sys.platform in ("win32", "darwin"):
        return True
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
