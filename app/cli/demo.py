"""The demo command: make the sample archive, run the whole job on it, open it."""

import os
import sys
from pathlib import Path
from typing import Any

from app.cli import status
from app.cli.context import Context


def register(add: Any) -> None:
    """Add this command to the parser."""
    demo = add("demo", _demo, help="make the sample archive and open it")
    demo.add_argument("folder", metavar="DIR", type=Path, nargs="?")
    demo.add_argument("--no-window", action="store_true", help="do not open the window")


def _demo(context: Context) -> int:
    from index import demo

    given = context.arguments
    made = demo.make(_folder(given.folder), context.output)
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

    return run_window(made.archive)


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
