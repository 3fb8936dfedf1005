"""Pictures of the pages that passages stand on, with the passages highlighted."""

import io
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from PIL import Image, ImageColor

from index.errors import MunimentError
from index.export.bag import Bag
from index.export.content import BundleContent
from index.export.prepared import PDF, Prepared, stem_of
from index.export.tools import Tools
from index.model import Document, PaintedPage, Rect
from index.reading.painting import Wanted

SCALE = 1.4  # pixels a point: about 100 to the inch
LONGEST = 2400  # pixels of the longer side
COLORS, FEWEST = 64, 8  # of a page, before its marks
TINT = 0.45


Drawn = tuple[dict[int, str], str]  # paths of the pages, and why there are no more of them
Pictures = list[tuple[Document, "Future[Drawn]"]]


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
        found, failure = job.result()
        if failure:
            prepared.notices.append(f"“{document.title}” is there without all pictures: {failure}")
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
) -> Drawn:
    marks: dict[int, list[tuple[Rect, str]]] = {page: [] for page in pages}
    for passage in content.of_document(document.id):
        for page, rects in passage.anchor.rects.items():
            marks[page] += [(rect, content.color_of(passage)) for rect in rects]
    sizes = {page.index: max(page.width, page.height) for page in content.pages(document.id)}
    wanted = [
        Wanted(page, min(SCALE, LONGEST / (sizes.get(page) or 842.0)), _shades(marks[page]))
        for page in pages
    ]
    done: dict[int, str] = {}
    try:
        drawn = tools.paint(content.original(document.id), wanted)
        for one, picture in zip(wanted, drawn, strict=True):
            bag.write(pages[one.page], highlighted(picture, one.scale, marks[one.page]))
            done[one.page] = pages[one.page]
    except MunimentError as error:
        return done, str(error)
    return done, ""


def _shades(marks: Sequence[tuple[Rect, str]]) -> int:
    """Return how many colours a page may have: each is there again under every mark's colour."""
    colors = len({color for _, color in marks})
    return max(FEWEST, min(COLORS, (256 - colors) // (1 + colors)))


def highlighted(picture: PaintedPage, scale: float, marks: Sequence[tuple[Rect, str]]) -> bytes:
    """Return a drawn page as PNG with rectangles marked in their colours."""
    image = Image.frombytes("P", (picture.width, picture.height), picture.pixels)
    shades = len(picture.palette) // 3
    palette = bytearray(picture.palette)
    room = (256 - shades) // (1 + shades)
    places: dict[str, int] = {}
    for rect, color in marks:
        if color not in places and len(places) < room:
            places[color] = len(palette) // 3
            palette += _tinted(picture.palette, color)
        _mark(image, rect, scale, shades, places.get(color, next(iter(places.values()))))
    image.putpalette(bytes(palette))
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=3)  # half the time of 6, a third larger
    return out.getvalue()


def _tinted(palette: bytes, color: str) -> bytes:
    """Return the palette as seen through a mark, and the colour of the mark itself."""
    full = ImageColor.getrgb(color)[:3]
    tint = [255 - (255 - part) * TINT for part in full]
    seen = (round(shade * tint[n % 3] / 255) for n, shade in enumerate(palette))
    return bytes((*seen, *full))


def _mark(image: Image.Image, rect: Rect, scale: float, shades: int, place: int) -> None:
    box = (
        max(0, round(rect.left * scale) - 1),
        max(0, round(rect.top * scale) - 1),
        min(image.width, round(rect.right * scale) + 1),
        min(image.height, round(rect.bottom * scale) + 1),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        return
    area = image.crop(box)
    # What is marked already keeps its mark; the line below says that there is another.
    image.paste(area.point([n + place if n < shades else n for n in range(256)]), box)
    image.paste(place + shades, (box[0], max(box[1], box[3] - 2), box[2], box[3]))
