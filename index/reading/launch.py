"""How the reader helper is started: from source, installed, or inside a frozen program.

The helper is another process of this same program, started anew and never
forked from the one that shows the window. A frozen program has no `-m`: its
entry point calls `serve_if_asked` before anything else.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import index

ARGUMENT = "--muniment-reader"
MODULE = "index.reading.zygote"


def command(*arguments: str) -> list[str]:
    """Return the command line that starts the helper."""
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT, *arguments]
    return [sys.executable, "-m", MODULE, *arguments]


def environment() -> Mapping[str, str]:
    """Return an environment in which the helper finds the same code and little else."""
    root = str(Path(index.__file__).resolve().parent.parent)
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in ("PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP")
    }
    # One thread each: a reader may start no other, and readers run side by side.
    return kept | {
        "PYTHONPATH": root,
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        # PDFium asks for and gives back thousands of small pieces a page; the C library keeps
        # only seven of a size at hand by itself.
        "GLIBC_TUNABLES": "glibc.malloc.tcache_count=20000",
    }


def serve_if_asked(arguments: list[str]) -> bool:
    """Serve as the reader helper when the arguments (without the program) ask for it."""
    if arguments[:1] != [ARGUMENT]:
        return False
    from index.reading import zygote

    zygote.main(arguments[1:])
    return True
