"""Icons: one-colour drawings in `resources/icons`, painted in the theme's colours."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources

SIZES = (16, 20, 24, 32, 48)


@lru_cache(maxsize=64)
def _drawing(name: str) -> bytes:
    return resources.path(f"icons/{name}.svg").read_bytes()


def pixmap(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon `name` in `color`, `size` pixels wide at scale 1."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    data = _drawing(name).replace(b"currentColor", color.encode())
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(data)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def icon(name: str, color: str, active: str = "") -> QIcon:
    """Return the icon `name` in `color`, and in `active` where it is switched on."""
    result = QIcon()
    for size in SIZES:
        result.addPixmap(pixmap(name, color, size))
        if active:
            result.addPixmap(pixmap(name, active, size), QIcon.Mode.Normal, QIcon.State.On)
    return result
