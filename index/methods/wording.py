"""How things are named in menus and messages."""


def short(text: str, length: int = 40) -> str:
    """Return a text on one line, cut to `length` characters with an ellipsis."""
    words = " ".join(text.split())
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"
