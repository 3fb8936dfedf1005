"""Where Tab goes: through a window's parts in the order of their layouts, whenever they were made.

Qt goes from widget to widget as they were made, which is at random where
activities, documents and passages build their widgets when they are first seen.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QSplitter, QWidget


def stops(parts: Sequence[QWidget]) -> list[QWidget]:
    """Return what Tab reaches, part by part."""
    return [widget for part in parts for widget in _of(part)]


def neighbour(parts: Sequence[QWidget], focused: QWidget | None, step: int) -> QWidget | None:
    """Return the widget after the focused one, or with -1 before it; None if there is none."""
    found = stops(parts)
    if not found:
        return None
    if focused in found:
        return found[(found.index(focused) + step) % len(found)]
    return found[0 if step > 0 else -1]


def _of(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible():
        return
    stop = bool(widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    if stop:
        yield widget
    if isinstance(widget, QSplitter):
        for number in range(widget.count()):
            pane = widget.widget(number)
            if pane is not None:
                yield from _of(pane)
    elif isinstance(widget, QAbstractScrollArea):
        for child in widget.viewport().findChildren(
            QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
        ):
            yield from _of(child)
    elif not stop:  # what is inside a field belongs to it
        column = widget.layout()
        if column is not None:
            yield from _laid_out(column)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from _of(widget)
        elif inner is not None:
            yield from _laid_out(inner)
