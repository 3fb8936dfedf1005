"""Where a page view gets pictures and boxes from: asked on workers, answered on this thread."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.jobs import Jobs
from app.widgets.reader.lines import PageBoxes
from index.errors import MunimentError
from index.model import PagePicture, Rect

MOST_PIXELS = 16_000_000  # of one picture; a larger page is stretched


class Drawing(Protocol):
    """What draws and measures one document; blocking, asked on worker threads."""

    def draw(self, page: int, scale: float) -> PagePicture:
        """Return the picture of a page at `scale` pixels a point."""

    def boxes(self, page: int) -> tuple[Rect, ...]:
        """Return the box of every code point of a page."""


class PictureSource(QObject):
    """Asks for the pictures and boxes of one document, and for nothing twice."""

    drawn = Signal(int, float, QImage)  # page index, scale, picture
    measured = Signal(int, object)  # page index, PageBoxes
    failed = Signal(int, str)  # page index, sentence

    def __init__(
        self,
        jobs: Jobs,
        open_drawing: Callable[[], Drawing],
        page_text: Callable[[int], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._open = open_drawing
        self._page_text = page_text
        self._wanted: dict[int, float] = {}
        self._measuring: set[int] = set()

    def want(self, page: int, scale: float, width: float, height: float) -> None:
        """Ask for a picture of `width` x `height` points, unless it is on its way already."""
        if self._wanted.get(page) == scale:
            return
        self._wanted[page] = scale
        most = (MOST_PIXELS / max(width * height, 1.0)) ** 0.5
        self._jobs.run(
            lambda progress: image_of(self._open().draw(page, min(scale, most))),
            done=lambda image: self._take(page, scale, image),
            failed=lambda error: self._fail(page, error),
            key=self._key(page),
            owner=self,
            lane="draw",
        )

    def want_boxes(self, page: int) -> None:
        """Ask where the characters of a page are."""
        if page in self._measuring:
            return
        self._measuring.add(page)
        text = self._page_text(page)
        self._jobs.run(
            lambda progress: PageBoxes(self._open().boxes(page), text),
            done=lambda boxes: self._take_boxes(page, boxes),
            failed=lambda error: self._measuring.discard(page),
            owner=self,
            lane="draw",
        )

    def forget(self, page: int) -> None:
        """Stop drawing a page that nobody looks at any more."""
        if self._wanted.pop(page, None) is not None:
            self._jobs.drop(self._key(page))

    def _key(self, page: int) -> str:
        return f"draw {id(self)} {page}"

    def _take(self, page: int, scale: float, image: QImage) -> None:
        if self._wanted.get(page) == scale:
            del self._wanted[page]
            self.drawn.emit(page, scale, image)

    def _take_boxes(self, page: int, boxes: PageBoxes) -> None:
        self._measuring.discard(page)
        self.measured.emit(page, boxes)

    def _fail(self, page: int, error: Exception) -> None:
        self._wanted.pop(page, None)
        sentence = str(error) if isinstance(error, MunimentError) else ""
        self.failed.emit(page, sentence or "This page could not be drawn.")


def image_of(picture: PagePicture) -> QImage:
    """Return a drawn page as an image that owns its pixels."""
    image = QImage(
        picture.pixels,
        picture.width,
        picture.height,
        picture.stride,
        QImage.Format.Format_RGB32,
    )
    return image.copy()
