"""Where a small box can stand beside words without covering any of them."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize

GAP = 6


def place_beside(box: QSize, words: Sequence[QRect], bounds: QRect) -> QPoint | None:
    """Return the top left of a box inside `bounds` that touches none of `words`, or None.

    Tried in this order: below the words, above them, to the right, to the left.
    """
    if not words:
        return QPoint(
            bounds.center().x() - box.width() // 2, bounds.center().y() - box.height() // 2
        )
    around = QRect(words[0])
    for rect in words:
        around = around.united(rect)
    last, first = words[-1], words[0]
    for x, y in (
        (last.left(), around.bottom() + GAP),
        (first.left(), around.top() - GAP - box.height()),
        (around.right() + GAP, last.top()),
        (around.left() - GAP - box.width(), last.top()),
    ):
        left = min(max(x, bounds.left()), bounds.right() + 1 - box.width())
        top = min(max(y, bounds.top()), bounds.bottom() + 1 - box.height())
        place = QRect(QPoint(left, top), box)
        if bounds.contains(place) and not any(place.intersects(rect) for rect in words):
            return place.topLeft()
    return None
