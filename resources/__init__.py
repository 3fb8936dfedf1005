"""Files that ship with the program: demo reports, templates, icons, screenshots."""

from pathlib import Path


def path(name: str) -> Path:
    """Return where the shipped file or folder `name` lies on disk."""
    return Path(__file__).parent / name
