"""Citation data from the XMP packet of a PDF, found without walking through the file.

A packet is stored as it is, so that programs which know no PDF can find it; where
there is none, one that a program has packed all the same is looked for. An encrypted
one is not found. Pictures carry packets of their own: the one that the catalogue names
is taken, else the one that speaks of the PDF.
"""

import contextlib
import re
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from index.reading.source import Source

ORIGIN = "XMP"
MOST_BYTES = 1 << 20
MOST_PACKETS = 20
MOST_DEPTH = 40

_BEGIN, _END = b"<x:xmpmeta", b"</x:xmpmeta>"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_XMP = "http://ns.adobe.com/xap/1.0/"
_PDF = b"http://ns.adobe.com/pdf/1.3/"
_METADATA = re.compile(rb"/Metadata\s+(\d+)\s+(\d+)\s+R")
_CATALOGUE = re.compile(rb"/Type\s*/Catalog\b")
_DOI = re.compile(r"10\.\d{4,9}/\S{2,200}")
_ISBN = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]")

Fact = tuple[str, str, str, float]
Values = dict[tuple[str, str], list[str]]


def facts(source: Source) -> list[Fact]:
    """Return what a PDF's packet says, each with its origin and how sure it is."""
    packet = find_packet(source)
    return facts_of(packet) if packet else []


def facts_of(packet: bytes) -> list[Fact]:
    """Return what a packet says; one that is no XML, or declares anything, says nothing."""
    try:
        values = _values(packet)
    except (expat.ExpatError, ValueError, LookupError):
        return []
    named: dict[str, str] = {}
    for (space, name), found in values.items():
        if "prism" in space or "crossmark" in space or "pdfx" in space:
            named.setdefault(name.lower(), found[0])

    def first(space: str, name: str) -> str:
        return values.get((space, name), [""])[0]

    identifiers = [named.get("doi", ""), *values.get((_DC, "identifier"), [])]
    doi = next((match[0] for text in identifiers if (match := _DOI.search(text))), "")
    isbn = next((m[0] for m in [_ISBN.fullmatch(named.get("isbn", ""))] if m), "")
    address = named.get("url", "") or first(_DC, "source")
    language = first(_DC, "language")
    every = [
        ("title", first(_DC, "title"), 0.72),
        ("author", "; ".join(values.get((_DC, "creator"), [])), 0.65),
        ("publisher", first(_DC, "publisher"), 0.7),
        ("container-title", named.get("publicationname", ""), 0.6),
        ("issued", (named.get("publicationdate") or named.get("coverdate", ""))[:10], 0.75),
        ("issued", first(_DC, "date")[:10], 0.6),
        ("issued", first(_XMP, "CreateDate")[:10], 0.42),
        ("DOI", doi.rstrip(".,;)"), 0.9),
        ("ISBN", isbn, 0.9),
        ("URL", address if address.startswith(("http://", "https://")) else "", 0.6),
        ("language", language[:2].lower() if language[:2].isalpha() else "", 0.5),
    ]
    return [(field, value[:1000], ORIGIN, sure) for field, value, sure in every if value]


# Finding the packet


def find_packet(source: Source) -> bytes:
    """Return the packet that is about the whole PDF, empty when there is none."""
    packets: list[tuple[int, bytes]] = []
    at = source.find(_BEGIN, 0)
    while at >= 0 and len(packets) < MOST_PACKETS:
        end = source.find(_END, at)
        if end < 0:
            break
        end += len(_END)
        if end - at <= MOST_BYTES:
            packets.append((at, source.part(at, end)))
        at = source.find(_BEGIN, end)
    if not packets:
        packets = list(_packed(source))
    if len(packets) < 2:
        return packets[0][1] if packets else b""
    place = _place_of_metadata(source)
    if place >= 0 and (after := [packet for start, packet in packets if start > place]):
        return after[0]
    return next((packet for _, packet in reversed(packets) if _PDF in packet), b"")


def _packed(source: Source) -> Iterator[tuple[int, bytes]]:
    """Yield the packets that stand deflated in the file, with the places of their streams."""
    at = -1
    for _ in range(MOST_PACKETS):
        at = source.find(b"/XML", at + 1)
        if at < 0:
            return
        around = source.part(max(0, at - 300), at + 300)
        head, _, rest = around[min(at, 300) :].partition(b"stream")
        head = around[around.rfind(b"obj", 0, min(at, 300)) + 3 : min(at, 300)] + head
        if not rest or b"endobj" in head or b"/FlateDecode" not in head:
            continue
        start = source.find(b"stream", at) + len(b"stream")
        start += 2 if source.part(start, start + 2) == b"\r\n" else 1
        with contextlib.suppress(zlib.error):
            data = zlib.decompressobj().decompress(
                source.part(start, start + MOST_BYTES), MOST_BYTES
            )
            begin, end = data.find(_BEGIN), data.find(_END)
            if 0 <= begin < end:
                yield start, data[begin : end + len(_END)]


def _place_of_metadata(source: Source) -> int:
    """Return where the object begins that the last catalogue names as its metadata, or -1."""
    place, at = -1, source.find(b"/Catalog", 0)
    while at >= 0:
        # The dictionary around the word: objects are short where a catalogue is not packed.
        begin = max(0, at - 4000)
        around = source.part(begin, at + 4000)
        first = around.rfind(b" obj", 0, at - begin)
        last = around.find(b"endobj", at - begin)
        catalogue = around[max(0, first) : last if last >= 0 else len(around)]
        match = _METADATA.search(catalogue) if _CATALOGUE.search(catalogue) else None
        if match is not None:
            head = b"\n%b %b obj" % (match[1], match[2])
            place = max(place, source.find(head, 0), source.find(head.replace(b"\n", b"\r"), 0))
        at = source.find(b"/Catalog", at + 1)
    return place


# Reading the packet


def _values(packet: bytes) -> Values:
    """Return the texts of every property, in order; lists give several, the default first."""
    values: Values = defaultdict(list)
    path: list[tuple[str, str]] = []
    texts: list[list[str]] = []
    defaults: list[bool] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: Any) -> None:
        raise ValueError("a packet has no declarations")

    def split(name: str) -> tuple[str, str]:
        space, _, local = name.rpartition(" ")
        return sys.intern(space), local

    def begin(name: str, attributes: dict[str, str]) -> None:
        element = split(name)
        if len(path) >= MOST_DEPTH:
            raise ValueError("a packet is nested too deeply")
        path.append(element)
        texts.append([])
        language = attributes.get("http://www.w3.org/XML/1998/namespace lang", "")
        defaults.append(language == "x-default")
        if element == (_RDF, "Description"):
            for key, value in attributes.items():
                if " " in key and value.strip():
                    values[split(key)].append(value.strip())

    def end(name: str) -> None:
        element, text = path.pop(), " ".join("".join(texts.pop()).split())
        is_default = defaults.pop()
        if not text:
            return
        if element == (_RDF, "li"):
            element = next((e for e in reversed(path) if e[0] != _RDF), element)
        if is_default:
            values[element].insert(0, text)
        else:
            values[element].append(text)

    def data(text: str) -> None:
        if texts:
            texts[-1].append(text)

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = data
    parser.Parse(packet, True)
    return values
