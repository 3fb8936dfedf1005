"""Everything that is read stands out enough from what is behind it, in both themes."""

import itertools

import pytest

from app.theme import DARK, LIGHT, Colors

ENOUGH = 4.5  # WCAG 2, level AA, for text of normal size
WORDS = ("text", "dim", "accent", "warning")
GROUNDS = ("background", "pane", "selection", "hover", "chip")


def luminance(color: str) -> float:
    """Return the relative luminance that WCAG 2 defines."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_words_stand_out(colors: Colors) -> None:
    pairs = [*itertools.product(WORDS, GROUNDS), ("on_accent", "accent")]
    weak = {
        f"{word} on {ground}": round(found, 2)
        for word, ground in pairs
        if (found := contrast(getattr(colors, word), getattr(colors, ground))) < ENOUGH
    }
    assert not weak
