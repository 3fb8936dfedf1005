"""Citation data from XMP packets, and packets made to do harm."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import ImportOptions
from index.reading import Readers, xmp
from index.reading.source import Source

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
NAMES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    ' xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"'
    ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
)
TITLE = (
    '<dc:title><rdf:Alt><rdf:li xml:lang="fr">Le droit</rdf:li>'
    '<rdf:li xml:lang="x-default">The law of assembly</rdf:li></rdf:Alt></dc:title>'
)
AUTHORS = (
    "<dc:creator><rdf:Seq><rdf:li>Айгерім Нұрланова</rdf:li><rdf:li>Peter Reed</rdf:li>"
    "</rdf:Seq></dc:creator>"
)


def packet(properties: str, attributes: str = "") -> str:
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {RDF}>'
        f'<rdf:Description rdf:about="" {NAMES} {attributes}>{properties}</rdf:Description>'
        "</rdf:RDF></x:xmpmeta>"
    )


def with_packet(path: Path, *packets: str, is_packed: bool = False) -> Path:
    """Add metadata streams to a PDF as a new part of it; the catalogue names the last one."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, StreamObject

    writer = PdfWriter(clone_from=PdfReader(path))
    for text in packets:
        stream = StreamObject()
        stream.set_data(text.encode())
        stream[NameObject("/Type")] = NameObject("/Metadata")
        stream[NameObject("/Subtype")] = NameObject("/XML")
        if is_packed:
            stream = stream.flate_encode()
        writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)
    writer.write(path)
    return path


def test_a_packed_packet_is_found_too(readers: Readers, make_pdf) -> None:
    path = with_packet(make_pdf("Words of a report."), packet(TITLE + AUTHORS), is_packed=True)
    assert b"x:xmpmeta" not in path.read_bytes()
    reading = readers.read(path, ImportOptions(ocr="never"))
    assert reading.csl["title"] == "The law of assembly"
    assert reading.origins["title"][0] == xmp.ORIGIN


@given(st.binary(max_size=300), st.sampled_from([b"\r\n", b"\n", b""]))
def test_what_is_packed_badly_says_nothing(data: bytes, line_end: bytes) -> None:
    head = b"1 0 obj<</Subtype/XML/Filter/FlateDecode>>stream"
    assert xmp.facts(Source(head + line_end + data, "a.pdf")) == []


def test_a_packet_says_what_the_properties_do_not(readers: Readers, make_pdf) -> None:
    text = packet(
        TITLE + AUTHORS + "<prism:doi>10.1234/abc.5</prism:doi>",
        'xmp:CreateDate="2019-03-02T10:00:00Z" prism:publicationDate="2018-11"',
    )
    reading = readers.read(
        with_packet(make_pdf("Words of a report."), text), ImportOptions(ocr="never")
    )
    assert reading.csl["title"] == "The law of assembly"
    assert reading.csl["author"] == [
        {"family": "Нұрланова", "given": "Айгерім"},
        {"family": "Reed", "given": "Peter"},
    ]
    assert reading.csl["DOI"] == "10.1234/abc.5"
    assert reading.csl["issued"] == {"date-parts": [[2018, 11]]}
    assert reading.origins["DOI"] == ("XMP", 0.9)


def test_the_packet_of_the_catalogue_is_taken_and_not_a_picture_s(
    readers: Readers, make_pdf
) -> None:
    picture = packet("<dc:title>Holiday picture</dc:title>")
    path = with_packet(make_pdf("Words of a report."), picture, packet(TITLE))
    assert readers.read(path, ImportOptions(ocr="never")).csl["title"] == "The law of assembly"
    data = path.read_bytes()
    # The same with a picture's packet behind, of which nobody speaks.
    path.write_bytes(data + b"\n" + picture.encode())
    assert xmp.find_packet(Source(path.read_bytes(), "")).decode().count("assembly") == 1


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>' + packet("<dc:title>&a;</dc:title>"),
        packet("<dc:title>Open"),
        packet("<rdf:li>" * 100 + "</rdf:li>" * 100),
        packet("<dc:title>\x00</dc:title>"),
    ],
)
def test_packets_that_are_not_as_they_should_be_say_nothing(text: str) -> None:
    assert xmp.facts_of(text.encode()) == []


@given(st.binary(max_size=200))
def test_any_bytes_are_borne(data: bytes) -> None:
    xmp.facts_of(data)
    xmp.find_packet(Source(b"<x:xmpmeta" + data + b"</x:xmpmeta>" + data, ""))


@given(st.binary(max_size=300), st.binary(min_size=1, max_size=3), st.integers(0, 300))
def test_bytes_are_found_where_they_are(data: bytes, words: bytes, start: int) -> None:
    start = min(start, len(data))
    assert Source(data, "").find(words, start) == data.find(words, start)
