"""REFI-QDA files read by models that others generated from the published schemas.

Strictly: no element, attribute or value may be unknown to them, and what they
write back, in the schema's order, has to be what we wrote.
"""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pyrefiqda.models import Project
from pyrefiqda.models.codebook import CodeBook
from xsdata.exceptions import ConverterWarning, ParserError
from xsdata.formats.dataclass.parsers.config import ParserConfig
from xsdata_pydantic.bindings import XmlParser, XmlSerializer

STRICT = ParserConfig(
    fail_on_unknown_properties=True,
    fail_on_unknown_attributes=True,
    fail_on_converter_warnings=True,
)


def plain(xml: bytes) -> bytes:
    """Return XML in canonical form, without the white space that sets it out.

    Sources of different kinds may stand in any order, and the models do not keep it.
    """
    root = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True))
    for sources in root.iter("{*}Sources"):
        sources[:] = sorted(sources, key=lambda source: str(source.tag))
    return etree.tostring(root, method="c14n")


def written_back(xml: bytes, kind: type[Any], namespace: str) -> bytes:
    """Read XML into the models and write it again."""
    found = XmlParser(config=STRICT).from_bytes(xml, kind)
    text: str = XmlSerializer().render(found, ns_map={None: namespace})
    return text.encode("utf-8")


def project_of(bundle: Path) -> bytes:
    """Return the project's XML out of its file."""
    with zipfile.ZipFile(bundle / "project.qdpx") as archive:
        return archive.read("project.qde")


def test_the_project_is_read_and_written_back_as_it_is(bundle: Path) -> None:
    xml = project_of(bundle)
    assert plain(written_back(xml, Project, "urn:QDA-XML:project:1.0")) == plain(xml)
    found = XmlParser(config=STRICT).from_bytes(xml, Project)
    selections = [
        selection
        for source in (*found.sources.text_source, *found.sources.pdfsource)
        for selection in getattr(source, "representation", source).plain_text_selection
    ]
    assert len(selections) == 4
    assert all(selection.coding for selection in selections)


def test_the_codebook_is_read_and_written_back_as_it_is(bundle: Path) -> None:
    xml = (bundle / "codebook.qdc").read_bytes()
    assert plain(written_back(xml, CodeBook, "urn:QDA-XML:codebook:1.0")) == plain(xml)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b' isCodable="true"', b' isCodable="maybe"'),
        (b' isCodable="true"', b' codable="true"'),
        (b"<CodeRef ", b"<Reference "),
        (b'startPosition="', b'startPosition="x'),
        (b' creationDateTime="2', b' creationDateTime="x'),
    ],
)
def test_the_models_notice_what_is_wrong(bundle: Path, right: bytes, wrong: bytes) -> None:
    xml = project_of(bundle)
    assert right in xml
    with pytest.raises((ParserError, ConverterWarning, ValueError)):
        written_back(xml.replace(right, wrong), Project, "urn:QDA-XML:project:1.0")


def test_the_order_of_children_is_the_schema_s(bundle: Path) -> None:
    root = etree.fromstring(project_of(bundle))
    root.append(root[0])
    xml = etree.tostring(root)
    assert plain(written_back(xml, Project, "urn:QDA-XML:project:1.0")) != plain(xml)
