"""Pictures of the pages that passages stand on, with the passages highlighted."""

import io
from concurrent.futures import ThreadPoolExecutor

from PIL import Image, ImageChops, ImageColor

from index.errors import MunimentError
from index.export.prepared import PDF, Item, Prepared, stem_of
from index.export.tools import Tools
from index.model import Document, PagePicture, Rect

SCALE = 1.4  # pixels a point: about 100 to the inch
LONGEST = 2400  # pixels of the longer side
COLORS = 64
TINT = 0.45
WORKERS = 2


def write(prepared: Prepared, tools: Tools) -> None:
    """Write a PNG of every page that holds a passage, several documents at once."""
    if not prepared.content.request.pictures or not prepared.content.copies:
        return
    documents = [document for document in prepared.content.documents if document.media_type == PDF]
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="pictures") as pool:
        jobs = []
        for document in documents:
            pages = _pages(prepared, document)
            if pages:
                jobs.append((document, pool.submit(_draw, prepared, tools, document, pages)))
        try:
            for number, (document, job) in enumerate(jobs):
                prepared.progress.report(number, len(jobs), "Drawing pages")
                try:
                    prepared.pictures.update(job.result())
                except MunimentError as error:
                    prepared.notices.append(
                        f"“{document.title}” is there without pictures: {error}"
                    )
        finally:
            pool.shutdown(cancel_futures=True)


def _pages(prepared: Prepared, document: Document) -> dict[int, str]:
    """Return the payload path of each page to be drawn, in the order of pages."""
    labels = {page.index: page.label for page in prepared.content.pages(document.id)}
    pages = {
        page for item in prepared.of_document(document.id) for page in item.passage.anchor.rects
    }
    return {
        page: prepared.bag.name(
            "data/pages", f"{stem_of(document)} p{labels.get(page) or page + 1}", ".png"
        )
        for page in sorted(pages)
    }


def _draw(
    prepared: Prepared, tools: Tools, document: Document, pages: dict[int, str]
) -> dict[tuple[str, int], str]:
    items = prepared.of_document(document.id)
    sizes = {
        page.index: max(page.width, page.height) for page in prepared.content.pages(document.id)
    }
    found = {}
    view = tools.open(prepared.content.original(document.id), document.media_type)
    try:
        for page, path in pages.items():
            longest = sizes.get(page) or 842.0
            scale = min(SCALE, LONGEST / longest)
            picture = highlighted(view.draw(page, scale), page, scale, items)
            prepared.bag.write(path, picture)
            found[document.id, page] = path
    finally:
        view.close()
    return found


def highlighted(picture: PagePicture, page: int, scale: float, items: list[Item]) -> bytes:
    """Return a drawn page as PNG with the passages of `items` marked on it."""
    size = (picture.width, picture.height)
    image = Image.frombuffer("RGB", size, picture.pixels, "raw", "BGRX", picture.stride, 1).copy()
    for item in items:
        for rect in item.passage.anchor.rects.get(page, ()):
            _mark(image, rect, item.color, scale)
    image = image.quantize(COLORS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _mark(image: Image.Image, rect: Rect, color: str, scale: float) -> None:
    box = (
        max(0, round(rect.left * scale) - 1),
        max(0, round(rect.top * scale) - 1),
        min(image.width, round(rect.right * scale) + 1),
        min(image.height, round(rect.bottom * scale) + 1),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        return
    full = ImageColor.getrgb(color)[:3]
    tint = tuple(round(255 - (255 - part) * TINT) for part in full)
    area = image.crop(box)
    image.paste(ImageChops.multiply(area, Image.new("RGB", area.size, tint)), box)
    image.paste(full, (box[0], box[3] - 2, box[2], box[3]))
