"""Pictures of the pages that passages stand on, with the passages highlighted."""

import io
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from PIL import Image, ImageChops, ImageColor

from index.errors import MunimentError
from index.export.bag import Bag
from index.export.content import BundleContent
from index.export.prepared import PDF, Prepared, stem_of
from index.export.tools import Tools
from index.model import Document, PagePicture, Rect

SCALE = 1.4  # pixels a point: about 100 to the inch
LONGEST = 2400  # pixels of the longer side
COLORS = 64
TINT = 0.45


Pictures = list[tuple[Document, "Future[dict[int, str]]"]]


def begin(content: BundleContent, bag: Bag, tools: Tools, pool: ThreadPoolExecutor) -> Pictures:
    """Let the reader processes begin to draw every page that holds a passage."""
    if not content.request.pictures or not content.copies:
        return []
    jobs = []
    for document in content.documents:
        pages = _pages(content, bag, document) if document.media_type == PDF else {}
        if pages:
            jobs.append((document, pool.submit(_draw, content, bag, tools, document, pages)))
    return jobs


def finish(prepared: Prepared, pictures: Pictures) -> None:
    """Wait for the pictures and note which page has one."""
    for number, (document, job) in enumerate(pictures):
        prepared.progress.report(number, len(pictures), "Drawing pages")
        try:
            found = job.result()
        except MunimentError as error:
            prepared.notices.append(f"“{document.title}” is there without pictures: {error}")
            continue
        prepared.pictures.update({(document.id, page): path for page, path in found.items()})


def _pages(content: BundleContent, bag: Bag, document: Document) -> dict[int, str]:
    """Return the payload path of each page to be drawn, in the order of pages."""
    labels = {page.index: page.label for page in content.pages(document.id)}
    pages = {page for one in content.of_document(document.id) for page in one.anchor.rects}
    return {
        page: bag.name("data/pages", f"{stem_of(document)} p{labels.get(page) or page + 1}", ".png")
        for page in sorted(pages)
    }


def _draw(
    content: BundleContent, bag: Bag, tools: Tools, document: Document, pages: dict[int, str]
) -> dict[int, str]:
    marks: dict[int, list[tuple[Rect, str]]] = {page: [] for page in pages}
    for passage in content.of_document(document.id):
        for page, rects in passage.anchor.rects.items():
            marks[page] += [(rect, content.color_of(passage)) for rect in rects]
    sizes = {page.index: max(page.width, page.height) for page in content.pages(document.id)}
    view = tools.open(content.original(document.id), document.media_type)
    try:
        for page, path in pages.items():
            scale = min(SCALE, LONGEST / (sizes.get(page) or 842.0))
            bag.write(path, highlighted(view.draw(page, scale), scale, marks[page]))
    finally:
        view.close()
    return pages


def highlighted(picture: PagePicture, scale: float, marks: Sequence[tuple[Rect, str]]) -> bytes:
    """Return a drawn page as PNG with rectangles marked in their colours."""
    size = (picture.width, picture.height)
    image = Image.frombuffer("RGB", size, picture.pixels, "raw", "BGRX", picture.stride, 1).copy()
    for rect, color in marks:
        _mark(image, rect, color, scale)
    image = image.quantize(COLORS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=3)  # half the time of 6, a third larger
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
