"""Reading HTML: what a browser would show as text, and what the page says about itself."""

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from index.errors import UnreadableFile
from index.reading.draft import Draft, raised
from index.reading.result import Reading
from index.reading.source import Source
from index.reading.text import Decoded, decode

MEDIA_TYPE = "text/html"
MAX_NODES = 3_000_000
_HIDDEN = frozenset("script style noscript template head iframe object svg math select".split())
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form header hr html legend li main nav ol p pre section summary "
    "table tbody tfoot thead tr ul h1 h2 h3 h4 h5 h6".split()
)
_CELLS = frozenset(("td", "th"))
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_LANGUAGE = re.compile(r"^([a-z]{2,3})(?:[-_]|$)", re.IGNORECASE)

Facts = list[tuple[str, str, str, float]]
"""Field, value, where it came from, how sure it is (0 to 1)."""


def read(source: Source, encoding: str | None = None) -> Reading:
    """Read an HTML file whole."""
    decoded = decode_html(source.whole(), encoding)
    draft = Draft()
    facts = gather(draft, decoded.text)
    details = {
        "encoding": decoded.encoding,
        "encoding_confidence": decoded.confidence,
        "encoding_how": decoded.how,
        "facts": facts,
    }
    return draft.reading(MEDIA_TYPE, {"type": "webpage"}, details)


def decode_html(data: bytes, encoding: str | None) -> Decoded:
    """Decode HTML as told, else by mark, else as it declares, else by a guess."""
    declared = _CHARSET.search(data[:8192]) or _XML_CHARSET.search(data[:1024])
    if encoding or declared is None or data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return decode(data, encoding)
    try:
        found = decode(data, declared[1].decode("ascii", "replace"))
    except UnreadableFile:
        return decode(data, None)
    if found.damaged * 100 > len(found.text):
        return decode(data, None)
    return Decoded(found.text, found.encoding, 0.9, "declared", found.damaged)


def gather(draft: Draft, text: str) -> Facts:
    """Add the visible text of a page to a draft; return what the page says about itself."""
    tree = LexborHTMLParser(text)
    if tree.root is None:
        return []
    _Walk(draft).walk(tree.root)
    return _facts(tree)


class _Walk:
    """Goes through a tree in order, without recursion: pages nest as deep as they like."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._parts: list[str] = []
        self._level: int | None = None
        self._preformatted = 0
        self._raised = 0  # inside a raised part, or a link to another place of the page
        self._counters: list[int] = []

    def walk(self, root: Any) -> None:
        node: Any = root
        count = 0
        while node is not None:
            count += 1
            if count > MAX_NODES:
                raise UnreadableFile("The page holds more parts than a report can have.")
            entered = node.tag not in _HIDDEN
            if entered:
                self._enter(node)
            child = node.child if entered else None
            if child is not None:
                node = child
                continue
            if entered:
                self._leave(node)
            while node is not None and node.next is None:
                node = None if node.mem_id == root.mem_id else node.parent
                if node is not None:
                    self._leave(node)
            node = None if node is None or node.mem_id == root.mem_id else node.next
        self._flush()

    def _enter(self, node: Any) -> None:
        tag = node.tag
        if tag == "-text":
            self._text(node.text_content or "")
        elif tag == "br":
            self._parts.append("\n")
        elif tag in _CELLS:
            self._parts.append("\t")
        elif tag in _BLOCKS:
            self._flush()
            if tag[0] == "h" and tag[1:].isdigit():
                self._level = int(tag[1:]) - 1
            elif tag == "pre":
                self._preformatted += 1
            elif tag in ("ol", "ul"):
                self._counters.append(_start(node) if tag == "ol" else -1)
            elif tag == "li" and self._counters and self._counters[-1] >= 0:
                self._parts.append(f"{self._counters[-1]}. ")
                self._counters[-1] += 1
        elif _raises(node):
            self._raised += 1

    def _leave(self, node: Any) -> None:
        tag = node.tag
        if tag in _BLOCKS:
            if tag == "pre":
                self._preformatted -= 1
            elif tag in ("ol", "ul") and self._counters:
                self._counters.pop()
            self._flush()
        elif _raises(node):
            self._raised -= 1

    def _text(self, text: str) -> None:
        if not self._preformatted:
            text = re.sub(r"\s+", " ", text)
        if self._raised and text.strip().isdecimal():
            text = raised(text.strip())
        self._parts.append(text)

    def _flush(self) -> None:
        if self._parts:
            self._draft.add("".join(self._parts), self._level)
        self._parts = []
        self._level = None


def _raises(node: Any) -> bool:
    """Say whether a number in this part is the marker of a note.

    Word processors raise it in the text only; before the note it is a link back.
    """
    if node.tag == "sup":
        return True
    return node.tag == "a" and (node.attributes.get("href") or "").startswith("#")


def _start(node: Any) -> int:
    value = node.attributes.get("start") or "1"
    return int(value) if value.isdecimal() and len(value) < 6 else 1


_META = {
    "citation_title": ("title", 0.95), "dc.title": ("title", 0.9), "og:title": ("title", 0.85),
    "citation_author": ("author", 0.95), "author": ("author", 0.85), "dc.creator": ("author", 0.9),
    "article:author": ("author", 0.7),
    "citation_publication_date": ("issued", 0.95), "citation_date": ("issued", 0.9),
    "article:published_time": ("issued", 0.95), "dc.date": ("issued", 0.85),
    "date": ("issued", 0.8), "pubdate": ("issued", 0.8),
    "citation_publisher": ("publisher", 0.95), "dc.publisher": ("publisher", 0.9),
    "og:site_name": ("publisher", 0.8),
    "citation_doi": ("DOI", 0.95), "citation_isbn": ("ISBN", 0.95), "og:url": ("URL", 0.9),
}  # fmt: skip


def _facts(tree: Any) -> Facts:
    """Return what the head of a page states."""
    found: Facts = []
    for meta in tree.css("meta")[:500]:
        name = (meta.attributes.get("name") or meta.attributes.get("property") or "").lower()
        value = " ".join((meta.attributes.get("content") or "").split())[:500]
        if name in _META and value and not (name == "article:author" and "/" in value):
            field, sure = _META[name]
            found.append((field, value, "the page's own description", sure))
    title = tree.css_first("title")
    if title is not None and (value := " ".join(title.text().split())[:500]):
        found.append(("title", value, "the page's title", 0.6))
    link = tree.css_first('link[rel="canonical"]')
    if link is not None and (link.attributes.get("href") or "").startswith("http"):
        found.append(("URL", link.attributes["href"], "the page's own description", 0.95))
    root = tree.css_first("html")
    if root is not None and (match := _LANGUAGE.match(root.attributes.get("lang") or "")):
        found.append(("language", match[1].lower(), "the page's own description", 0.8))
    return found
