"""Where words begin and end, for double clicks and for Ctrl with the arrow keys."""

# Between two letters these do not end a word: apostrophes, hyphens, and what
# a reader leaves where a word is broken at the end of a line.
INSIDE = frozenset("'’ʼ-‐‑\u00ad\ufffe\x02")
BROKEN = frozenset("\u00ad\ufffe\x02")
LONGEST = 200  # characters looked at each way


def _is_letter(character: str) -> bool:
    return character.isalnum() or "\u0300" <= character <= "\u036f"


def _belongs(text: str, place: int) -> bool:
    character = text[place]
    if _is_letter(character):
        return True
    if character in "\r\n":  # only behind a word that goes on overleaf
        before = place - 1
        while before >= 0 and text[before] in "\r\n":
            before -= 1
        return before >= 0 and text[before] in BROKEN
    return (
        character in INSIDE
        and place > 0
        and _is_letter(text[place - 1])
        and place + 1 < len(text)
        and (_is_letter(text[place + 1]) or text[place + 1] in "\r\n")
        and (character in BROKEN or _is_letter(text[place + 1]))
    )


def word_at(text: str, offset: int) -> tuple[int, int]:
    """Return the word around an offset, or the one character there when it is in none."""
    if not text:
        return 0, 0
    place = min(offset, len(text) - 1)
    if not _belongs(text, place) and place > 0 and _belongs(text, place - 1):
        place -= 1
    if not _belongs(text, place):
        return place, place + 1
    start, end = place, place + 1
    while start > max(0, place - LONGEST) and _belongs(text, start - 1):
        start -= 1
    while end < min(len(text), place + LONGEST) and _belongs(text, end):
        end += 1
    return start, end


def next_word(text: str, offset: int) -> int:
    """Return where the next word begins."""
    while offset < len(text) and _belongs(text, offset):
        offset += 1
    while offset < len(text) and not _belongs(text, offset):
        offset += 1
    return offset


def previous_word(text: str, offset: int) -> int:
    """Return where the word before `offset` begins."""
    while offset > 0 and not _belongs(text, offset - 1):
        offset -= 1
    while offset > 0 and _belongs(text, offset - 1):
        offset -= 1
    return offset


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range without the white space at its ends; may be empty."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
