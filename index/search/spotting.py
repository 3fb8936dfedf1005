"""Finding the words of a query in a text without cutting all of it into words.

What a form may look like in a text is looked for as it is; only around such places is
the text cut, exactly as the whole of it would be. Texts with signs that change their
length or shape when they become a form are left to the long way.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache

from index.search.analysis import APOSTROPHES, BREAKS, SPACES, TOKEN, form_of, printed

MOST = 40  # forms of a word that are looked for

_JOINTS = frozenset(BREAKS + "-‐" + APOSTROPHES)  # may go on after white space
_RUN = re.compile(r"[^\W_]+")
_SPACED = re.compile(rf"\d[{SPACES}]\d")
_BETWEEN = re.compile(rf"[ё{APOSTROPHES}{BREAKS}]|[-‐](?=[ \t]*\r?\n)|(?<=\d)[.,](?=\d)")
_LAST_COMMON = 0x530
_HARMLESS = "\u2000-\u206f\u20a0-\u20cf\u2190-\u245f\u2500-\u2775\ue000-\uf8ff\ufeff\ufffd\ufffe"


@lru_cache(maxsize=1)
def _simple() -> re.Pattern[str]:
    """Return what fits texts whose letters become forms one by one."""
    kept = [chr(code) for code in range(_LAST_COMMON) if _is_simple(chr(code))]
    return re.compile("[" + re.escape("".join(kept)) + _HARMLESS + "]*")


def _is_simple(sign: str) -> bool:
    if unicodedata.combining(sign):
        return False
    if re.match(r"\w", sign) is None:
        return True
    folded = sign.casefold()
    return (
        unicodedata.normalize("NFKC", sign) == sign
        and len(folded) == 1
        and unicodedata.normalize("NFC", folded) == folded
    )


def folded(text: str) -> str | None:
    """Return a text in lower case, sign for sign, or None when that cannot be had."""
    if text.isascii():
        return text.lower()
    if _SPACED.search(text) or not _simple().fullmatch(text):
        return None
    return text.casefold()


def needles(forms: Collection[str]) -> list[str] | None:
    """Return letters of which some are wherever one of these forms is; None if they are many."""
    if len(forms) > MOST:
        return None
    runs = []
    for form in forms:
        found = _RUN.findall(printed(form))
        if not found:
            return None
        runs.append(max(found, key=len))
    kept: list[str] = []
    for run in sorted(set(runs), key=len):
        if not any(other in run for other in kept):
            kept.append(run)
    return kept


def tokens_at(
    text: str, lowered: str, wanted: Sequence[str], *, parted: bool
) -> Iterator[re.Match[str]]:
    """Yield the tokens that have one of these runs of letters in them, in no order.

    With `parted`, those follow in which something may stand between the letters, or for one.
    """
    for needle in wanted:
        at = lowered.find(needle)
        while at >= 0:
            token = _token_over(text, at)
            if token is not None:
                yield token
            at = lowered.find(needle, max(at + 1, token.end() if token else 0))
    for sign in _BETWEEN.finditer(lowered) if parted else ():
        token = _token_over(text, sign.start())
        if token is not None:
            yield token


def _token_over(text: str, at: int) -> re.Match[str] | None:
    """Return the token of the text that a letter is in."""
    token = TOKEN.search(text, _border(text, at))
    while token is not None and token.end() <= at:
        token = TOKEN.search(text, token.end())
    return token if token is not None and token.start() <= at else None


def _border(text: str, at: int) -> int:
    """Return a place before a letter where no token goes on over it."""
    while at > 0:
        at -= 1
        if text[at].isspace():
            before = at
            while before > 0 and text[before - 1].isspace():
                before -= 1
            if before == 0 or text[before - 1] not in _JOINTS:
                return at
            at = before
    return 0


def run_from(
    text: str, token: re.Match[str], accepted: Sequence[Callable[[str], bool]]
) -> re.Match[str] | None:
    """Return the last token of a phrase that begins with `token`, or None if it does not."""
    last: re.Match[str] | None = token
    for number, accepts in enumerate(accepted):
        if number:
            last = _following(text, last) if last is not None else None
        if last is None or not accepts(form_of(last[0])):
            return None
    return last


def _following(text: str, token: re.Match[str]) -> re.Match[str] | None:
    found = TOKEN.search(text, token.end())
    while found is not None and not form_of(found[0]):
        found = TOKEN.search(text, found.end())
    return found
