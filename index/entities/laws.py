"""Articles of laws: Article 174, ст. 174 УК РК, 174-бап, with the code they belong to."""

import re
from dataclasses import dataclass

from index.entities import reasons
from index.entities.claims import Claim
from index.entities.textwords import TextWords
from index.entities.words import folded_name
from index.model import How

_CODES = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "criminal procedure",
            r"criminal procedur\w+ code|code of criminal procedure|\bупк\b"
            r"|уголовно-процессуальн\w+(?: кодекс\w*)?",
        ),
        (
            "criminal execution",
            r"(?:penal|criminal)[ -]executi\w+ code|\bуик\b|уголовно-исполнительн\w+",
        ),
        (
            "administrative",
            r"code (?:of|on) administrative \w+|administrative (?:\w+ )?code|\bкоап\b"
            r"|(?:кодекс\w* об )?административн\w+ (?:правонарушени\w+|кодекс\w*)|әқбтк",
        ),
        (
            "criminal",
            r"criminal code|penal code|\bcc\b|\bук\b|\bқк\b|уголовн\w+ кодекс\w*"
            r"|қылмыстық кодекс\w*|қылмыстық заң\w*|жиноят кодекс\w*|jinoyat kodeks\w*"
            r"|кылмыш(?:-жаза)? кодекс\w*|\bжк\b|\bjk\b|кодекси ҷиноят\w*",
        ),
        ("civil procedure", r"civil procedur\w+ code|\bгпк\b|гражданск\w+ процессуальн\w+"),
        ("civil", r"civil code|\bгк\b|гражданск\w+ кодекс\w*"),
        ("labour", r"labou?r code|\bтк\b|трудов\w+ кодекс\w*"),
        ("tax", r"tax code|\bнк\b|налогов\w+ кодекс\w*"),
        ("constitution", r"constitution\w*|конституци\w+|\bата заң\w*"),
        ("covenant", r"covenant|\biccpr\b|\bicescr\b|\bмпгпп\b|\bпакт\w*"),
        ("convention", r"convention|\bechr\b|конвенци\w+"),
        ("law", r"\blaw on\b|\bact\b|закон\w*"),
    )
)
_ARTICLE = re.compile(
    r"^(?:articles?|arts?|модда(?:и|ҳои)|стат(?:ья|ьи|ье|ью|ьей|ьёй|ей|ьям|ьях|ьями)|ст|§)$"
)
_KAZAKH = re.compile(  # and Uzbek, Kyrgyz
    r"^(?:бап\w*|баб\w+|б|bap\w*|модда\w*|modda\w*|берене\w*)$"
)
_PART = r"[-–.](?=\d)"
_LIST = re.compile(r"^(?:and|or|и|или|және|to|по)$")
_PLACE_AFTER = re.compile(
    r"[’']?s?\s*(?:of )?(?:the )?(?:Republic of )?"
    r"(?:Kazakhstan|Kyrgyzstan|Uzbekistan|Tajikistan|Turkmenistan|Russia|Azerbaijan|Ukraine"
    r"|Armenia|Georgia|Belarus|Қазақстан\w*|Казахстан\w*|РК|ҚР|RK|РФ|КР|РТ|РУз|РБ)\b"
    r"|\s*(?:the )?Russian Federation|\s*Российской Федерации"
    r"|\s*(?:Кыргызской )?Республики(?: [А-Я]\w+)?"
)
_LINK = re.compile(
    r"(?:\s*\([^)\n]{1,12}\))*(?:,?\s*(?:parts?|paragraphs?|para|ч|п|части|пункт\w*)\.?\s*[\d, ]+)*"
    r"\s*,?\s*(?:of|in|under|from)?\s*(?:the\s+)?(?:(?:Republic of )?Kazakhstan(?:i|’s|'s)?\s+)?"
    r"(?:Kazakh\s+|РК\s+)?"
)
BARE = 0.7
VOUCHED = 0.88


@dataclass(frozen=True)
class LawName:
    """One article of a law."""

    entity: int
    how: How
    name: str
    number: str
    code: str  # "" when the list does not say
    part: str = ""  # what follows the number (207.3, 174-1)

    @property
    def folded(self) -> tuple[str, ...]:
        """The word that a text must hold."""
        return (self.number,)


def code_of(text: str) -> str:
    """Return which code a text names first, or ""."""
    found = [(match.start(), name) for name, one in _CODES if (match := one.search(text))]
    return min(found)[1] if found else ""


def law_name(number: int, how: How, name: str) -> LawName | None:
    """Return a law's name as an article of a code, or None when it is no article."""
    folded = folded_name(name).split()
    for at, word in enumerate(folded):
        if word.isdigit() and (
            (at and _ARTICLE.match(folded[at - 1]))
            or (at + 1 < len(folded) and _KAZAKH.match(folded[at + 1]))
        ):
            part = folded[at + 1] if re.search(rf"\b{word}{_PART}", name) else ""
            return LawName(number, how, name, word, code_of(name), part)
    return None


class LawFinder:
    """Finds one article around its number."""

    def __init__(self, text: TextWords) -> None:
        self._text = text

    def find(self, law: LawName, at: int) -> Claim | None:
        """Return the article whose number is the text's word `at`, or None."""
        bounds = self._bounds(at, law.part)
        if bounds is None:
            return None
        start, end = bounds
        code, stop = self._code_after(end)
        if not code:
            code = self._code_before(start)
        if law.code and code and code != law.code:
            return None
        if code and stop:
            end = stop
        shown = self._text.text[start:end]
        if folded_name(shown) == folded_name(law.name):
            return Claim(law.entity, start, end, law.how, 1.0, "", at=at)
        reason = reasons.why(shown, law.name) if code or not law.code else ""
        full = bool(code) or not law.code
        score = 0.96 if full else BARE
        reason = reason or f"the article of {law.name}, with no code named here"
        return Claim(law.entity, start, end, How.VARIANT, score, reason, full=full, at=at)

    def _bounds(self, at: int, part: str) -> tuple[int, int] | None:
        """Return where an article begins and its number ends, or None when it is no article."""
        goes_on, last = self._goes_on(at), self._text.info(at + 1)
        if goes_on != bool(part) or (goes_on and (last is None or last.folded != part)):
            return None
        end = at + goes_on
        if goes_on and self._goes_on(end):
            return None
        after = self._text.info(end + 1)
        if after and _KAZAKH.match(after.folded) and self._text.gap(end) in ("hyphen", "space"):
            return self._text.range(at, end + 1)
        place = at - 1
        for _ in range(8):
            one = self._text.info(place)
            if one is None or self._text.gap(place) not in ("space", "stop", "comma", "glued"):
                return None
            if _ARTICLE.match(one.folded):
                first = place if place == at - 1 else at
                return self._text.range(first, end)
            if not (one.folded.isdigit() or _LIST.match(one.folded)):
                return None
            place -= 1
        return None

    def _goes_on(self, at: int) -> bool:
        """Say whether a number is only the beginning of one (174-1, 174.2)."""
        end = self._text.span(at)[1]
        return re.match(_PART, self._text.text[end : end + 2]) is not None

    def _code_after(self, end: int) -> tuple[str, int]:
        text = self._text.text
        link = _LINK.match(text, end)
        start = link.end() if link else end
        for name, pattern in _CODES:
            found = pattern.match(text, start)
            if found:
                place = _PLACE_AFTER.match(text, found.end())
                return name, place.end() if place else found.end()
        return "", 0

    def _code_before(self, start: int) -> str:
        """Return the code named right before an article (Criminal Code Article 174)."""
        before = self._text.text[max(start - 40, 0) : start]
        for name, pattern in _CODES:
            for found in pattern.finditer(before):
                rest = before[found.end() :]
                if re.fullmatch(r"(?:[’']s)?[\s,(]*(?:РК|ҚР|RK)?[\s,(]*", rest):
                    return name
        return ""
