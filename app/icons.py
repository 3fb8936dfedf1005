"""Icons: one-colour drawings in `resources/icons`, painted in the theme's colours."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

import resources

SIZES = (16, 20, 24, 32, 48)
GAP = 4  # pixels more between an icon and the words beside it


@lru_cache(maxsize=64)
def _drawing(name: str) -> bytes:
    return resources.path(f"icons/{name}.svg").read_bytes()


def pixmap(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon `name` in `color`, `size` pixels wide at scale 1."""
    return _painted(_renderer(name, color), size, ratio)


def _renderer(name: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_drawing(name).replace(b"currentColor", color.encode())))


def _painted(drawing: QSvgRenderer, size: int, ratio: float = 1.0) -> QPixmap:
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def icon(name: str, color: str, active: str = "") -> QIcon:
    """Return the icon `name` in `color`, and in `active` where it is switched on."""
    result = QIcon()
    for paint, state in ((color, QIcon.State.Off), (active, QIcon.State.On)):
        if paint:
            drawing = _renderer(name, paint)
            for size in SIZES:
                result.addPixmap(_painted(drawing, size), QIcon.Mode.Normal, state)
    return result


def put_before_text(button: QAbstractButton, shown: QIcon, size: int) -> None:
    """Give a button an icon `size` pixels high that keeps its distance from the words."""
    # Qt leaves the icon four pixels at most, and no style sheet can say more.
    apart = QIcon()
    ratio = button.devicePixelRatioF()
    for state in (QIcon.State.Off, QIcon.State.On):
        drawing = shown.pixmap(QSize(size, size), ratio, QIcon.Mode.Normal, state)
        wide = QPixmap(round((size + GAP) * ratio), round(size * ratio))
        wide.setDevicePixelRatio(ratio)
        wide.fill(Qt.GlobalColor.transparent)
        painter = QPainter(wide)
        painter.drawPixmap(0, 0, drawing)
        painter.end()
        apart.addPixmap(wide, QIcon.Mode.Normal, state)
    button.setIcon(apart)
    button.setIconSize(QSize(size + GAP, size))
