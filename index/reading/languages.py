"""Which language a text is in, told from its letters and its commonest words."""

import re
from collections import Counter

_WORDS = {
    "en": "the of and to in is that for on was with as by are be this from at have it not were",
    "ru": "и в не на что с по как это из для от к до о а но или его был также при за об",
    "de": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch",
    "fr": "le la les des et en un une du que est pour dans qui par sur au avec ne pas sont",
    "es": "el la los de y en que un una las del se por con para es su al no como más",
    "pl": "i w na z do nie się że jest to o po od za przez jak oraz przy był są",
    "tr": "ve bir bu için ile da de olarak olan daha çok gibi en ne kadar sonra",
    "uz": "va bu bilan uchun ham bir edi emas deb u oʻz yoki kerak boʻlgan hamda",
    "tg": "ва дар аз ба ки бо барои ин он аст ҳам буд онҳо мо шумо ё",
    "ky": "жана менен үчүн бул бир деп да болгон ал эле анын кыргыз эмес же",
    "kk": "және мен үшін бұл бір деп да де болып ол емес немесе қазақстан туралы бойынша",
    "uk": "і в не на що з та як це до від за про для але був його також або",
    "tk": "we bu bilen üçin bir hem ýa da diýip türkmenistan bolan onuň",
}
_VOCABULARY = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_LETTERS = {
    "kk": "әғқңұһі", "ky": "ңөү", "tg": "ҷҳӯғӣқ", "uk": "іїєґ", "uz": "ʻ", "tr": "ğışç",
    "tk": "ýňžä", "pl": "ąęłńśźż", "de": "äöüß", "ru": "ыэё",
}  # fmt: skip
_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_ALPHABETS = {
    "ru": _RUSSIAN, "kk": _RUSSIAN + "әғқңөұүһі", "ky": _RUSSIAN + "ңөү",
    "tg": "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}  # fmt: skip
_STRANGE = {
    language: "".join(set("".join(_ALPHABETS.values())) - set(alphabet))
    for language, alphabet in _ALPHABETS.items()
}
"""Of languages that look alike, the letters that one does not have: they speak against it."""

_WORD = re.compile(r"[^\W\d_]+")


def guess_language(text: str) -> tuple[str, float] | None:
    """Return the language of a text and how sure that is, or None for too little text."""
    lowered = text[:20_000].lower()
    words = _WORD.findall(lowered)
    if len(words) < 12:
        return None
    counts = Counter(words)
    total = sum(map(len, words))
    letters = frozenset(lowered)

    def share(of: str) -> float:
        """Return what part of the letters some are."""
        return sum(lowered.count(letter) for letter in of if letter in letters) / total

    scores = {}
    for language, vocabulary in _VOCABULARY.items():
        common = sum(counts[word] for word in vocabulary if word in counts) / len(words)
        own = min(0.2, 3 * share(_LETTERS.get(language, "")))
        strange = min(0.4, 3 * share(_STRANGE.get(language, "")))
        scores[language] = common + own - strange
    best, second = sorted(scores, key=lambda name: -scores[name])[:2]
    if scores[best] < 0.05:
        return None
    margin = (scores[best] - scores[second]) / scores[best]
    return best, round(min(0.99, 0.5 + 0.5 * margin), 2)
