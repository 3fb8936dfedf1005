"""Web addresses in running text, also those that a line's end or a bracket cuts in two."""

import re

_ADDRESS = re.compile(
    r"<\s*(?P<held>(?:https?://|www\.)[^<>]{3,2000}?)>"
    r"|(?P<plain>(?:https?://|www\.)[^\s<>\"“”«»{}|\\^`]+"
    r"(?:(?<=[-/?&=_.%\u00ad])[ \t]*\r?[ \t]*\n[^\s<>\"“”«»{}|\\^`]+)*)",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")
_PAIRS = (("(", ")"), ("[", "]"))


def find_urls(text: str) -> tuple[str, ...]:
    """Return the addresses in the order in which they stand, each once."""
    lowered = text.lower()
    if "http" not in lowered and "www." not in lowered:
        return ()
    found = dict.fromkeys(
        address
        for match in _ADDRESS.finditer(text.replace("](", "] ("))
        if (address := _clean(match["held"] or match["plain"]))
    )
    return tuple(found)


def _clean(address: str) -> str:
    """Join what a line's end has cut, and drop the punctuation of the sentence around it."""
    # The hyphen at a line's end is the address's own.
    address = _SPACE.sub("", address).replace("\u00ad", "-")
    while address:
        if address[-1] in ".,;:!?'’*_":
            address = address[:-1]
            continue
        pair = next((pair for pair in _PAIRS if address.endswith(pair[1])), None)
        if pair is None or address.count(pair[0]) >= address.count(pair[1]):
            break
        address = address[:-1]
    return address if len(address) > 8 else ""
