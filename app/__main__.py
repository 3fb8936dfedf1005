"""Starts the program: `muniment`, or `python -m app`."""

import sys


def main() -> int:
    """Run the command line, which opens the window when there is no command."""
    from app.cli.main import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
