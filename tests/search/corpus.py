"""Random pages in three languages, alike enough that queries find several of them."""

import random
from itertools import accumulate

ENGLISH = (
    "report trial trials court prisoner tortured detention the of and in was authorities human"
    " rights don't organisation reported reporting sentenced police Bokayev Nurlanova Almaty 2016"
    " 1,000 1000 Soviet-era covid19 law laws"
).split()
RUSSIAN = (
    "суд суда дело дела осуждён осужден права человека в и не на полиция Бокаев Бокаева Нурланова"
    " Алматы отчёт отчет статья 174 заключение"
).split()
KAZAKH = "қазақстан сот адам құқығы әділ және туралы заң өмір Нұрланова тілі мемлекет".split()


def page(rng: random.Random, longest: int = 60) -> str:
    """Return one page."""
    words = list(rng.choice((ENGLISH, RUSSIAN, KAZAKH, ENGLISH + RUSSIAN)))
    rng.shuffle(words)
    weights = list(accumulate(1 / (n + 1) for n in range(len(words))))
    chosen = rng.choices(words, cum_weights=weights, k=rng.randrange(longest))
    joints = (" ", " ", " ", ", ", ". ", "\n", " — ", "\r\n")
    text = "".join(word + rng.choice(joints) for word in chosen)
    if chosen and rng.random() < 0.3:
        text += "orga\ufffe\r\nnisation and auto-\nrities"
    return text


def pages(seed: int, count: int, longest: int = 60) -> list[str]:
    """Return some pages, the same for the same seed."""
    rng = random.Random(seed)
    return [page(rng, longest) for _ in range(count)]


def word(rng: random.Random) -> str:
    """Return a word that the pages may have."""
    return rng.choice(ENGLISH + RUSSIAN + KAZAKH + ["nothing", "organisation", "authorities"])


def query(rng: random.Random, depth: int = 3) -> str:
    """Return a random query of the whole language but its fields."""
    kind = rng.randrange(12 if depth else 7)
    one = word(rng)
    plain = "".join(sign for sign in one if sign.isalnum()) or "a"
    match kind:
        case 0 | 1:
            return one
        case 2:
            return f'"{one} {word(rng)}"'
        case 3:
            return f'"{one} {word(rng)}"~{rng.randrange(1, 6)}'
        case 4:
            return f"{plain[:2]}*"
        case 5:
            return f"{plain[0]}?{plain[2:3]}*"
        case 6:
            return f"{plain}~"
        case 7:
            return f"NOT ({query(rng, depth - 1)})"
        case 8 | 9:
            return f"({query(rng, depth - 1)} OR {query(rng, depth - 1)})"
        case _:
            return f"{query(rng, depth - 1)} {query(rng, depth - 1)}"
