"""Marks in page pictures: in their colours, whatever the page looks like below."""

import io
from itertools import pairwise

from PIL import Image

from index.export.pictures import COLORS, FEWEST, _shades, highlighted
from index.model import PaintedPage, Rect


def drawn(marks: list[tuple[Rect, str]], greys: int) -> Image.Image:
    """Return a white page with a black line and the given marks."""
    palette = bytes(255 * n // (greys - 1) for n in range(greys) for _ in range(3))
    row = bytes([greys - 1]) * 300
    page = PaintedPage(300, 200, palette, row * 50 + bytes(300) + row * 149)
    data = highlighted(page, 1.0, marks)
    return Image.open(io.BytesIO(data)).convert("RGB")


def test_every_mark_has_its_color() -> None:
    marks = [(Rect(10, 20, 90, 60), "#2ea8e5"), (Rect(110, 20, 190, 60), "#ff6666")]
    image = drawn(marks, _shades(marks))
    blue, red = image.getpixel((50, 30)), image.getpixel((150, 30))
    assert isinstance(blue, tuple) and isinstance(red, tuple)
    assert blue[2] > blue[0] + 40 and red[0] > red[2] + 40
    assert image.getpixel((50, 50)) == image.getpixel((250, 50)) == (0, 0, 0)
    assert image.getpixel((50, 60)) == (0x2E, 0xA8, 0xE5)
    assert image.getpixel((250, 100)) == (255, 255, 255)


def test_marks_one_upon_another_are_both_seen() -> None:
    marks = [(Rect(10, 60, 200, 100), "#2ea8e5"), (Rect(100, 60, 290, 110), "#ff6666")]
    image = drawn(marks, _shades(marks))
    assert image.getpixel((20, 80)) == image.getpixel((150, 80))
    assert image.getpixel((250, 80)) != image.getpixel((150, 80))
    assert image.getpixel((150, 110)) == (0xFF, 0x66, 0x66)


def test_any_number_of_colors_fits() -> None:
    counts = []
    for number in range(1, 40):
        marks = [(Rect(n, 60, n + 20, 90), f"#{40 + n:02x}8080") for n in range(number)]
        counts.append(_shades(marks))
        drawn(marks, counts[-1])
    assert counts[0] == COLORS and counts[-1] == FEWEST
    assert all(one >= other for one, other in pairwise(counts))


def test_marks_beyond_the_page_are_cut() -> None:
    image = drawn([(Rect(-50, -50, 5, 5), "#2ea8e5"), (Rect(400, 400, 500, 500), "#2ea8e5")], 8)
    assert image.size == (300, 200)
    assert image.getpixel((299, 199)) == (255, 255, 255)
