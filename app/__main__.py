"""Starts the program: `muniment`, or `python -m app`."""

import sys


def main() -> int:
    """Run the command line, which opens the window when there is no command."""
    # A frozen program starts its reader helper as itself with this argument.
    if sys.argv[1:2] == ["--muniment-reader"]:
        from index.reading.launch import serve_if_asked

        serve_if_asked(sys.argv[1:])
        return 0

    try:
        from app.cli.main import main as run

        return run()
    except KeyboardInterrupt:  # before a command began, or after it ended
        sys.stderr.write("muniment: Cancelled.\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())
