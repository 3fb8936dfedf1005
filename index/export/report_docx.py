"""The report as a Word document: real styles, footnotes or author-date, memos as comments.

python-docx gives the file its styles and parts. It cannot write footnotes, and
looks a style up for each paragraph, so the body, the footnotes and the comments
are written as XML.
"""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from index.citing.rich import Rich
from index.export.docx_styles import prepare_styles
from index.export.placing import ZIP_TIME
from index.export.prepared import Item, Prepared
from index.export.wording import Wording, addresses_apart, clean_text, one_line

PATH = "data/report.docx"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TAGS = (
    ("bold", "<w:b/>"),
    ("italic", "<w:i/>"),
    ("small_caps", "<w:smallCaps/>"),
    ("underline", '<w:u w:val="single"/>'),
    ("superscript", '<w:vertAlign w:val="superscript"/>'),
    ("subscript", '<w:vertAlign w:val="subscript"/>'),
)


def write(prepared: Prepared) -> None:
    """Write `report.docx`."""
    import docx

    document = docx.Document()
    prepare_styles(document)
    _describe(document, prepared)
    report = _Report(prepared)
    _fill(document, report.body())
    if report.footnotes:
        _attach(document, "footnotes", _footnotes(report.footnotes))
    if report.comments:
        _attach(document, "comments", _wrapped("comments", "".join(report.comments)))
    out = io.BytesIO()
    document.save(out)
    prepared.bag.write(PATH, _same_every_time(out.getvalue()))


class _Report:
    """The body of the document, and the footnotes and comments met on the way."""

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self.footnotes: list[str] = []
        self.comments: list[str] = []
        self._cited = self._footnoted() if prepared.citer.notes else {}

    def _footnoted(self) -> dict[int, Rich]:
        """Return the footnote of each item; "ibid." looks back in the order of reading."""
        items = [item for group in self._prepared.groups() for item in group.items]
        cited = self._prepared.citer.sequence([(item.document, item.place) for item in items])
        return {item.number: text for item, text in zip(items, cited, strict=True)}

    def body(self) -> str:
        """Return the paragraphs of the whole report."""
        prepared = self._prepared
        parts = [
            _paragraph("Title", _run(one_line(prepared.content.request.title))),
            _paragraph("Subtitle", _run(f"{Wording.of(prepared).summary} · {prepared.made[:10]}")),
        ]
        parts += [_paragraph("ReportNotice", _run(one_line(text))) for text in prepared.notices]
        for group in prepared.groups():
            parts.append(_paragraph("Heading1", _run(one_line(group.title))))
            parts += [part for item in group.items for part in self._item(item)]
        parts.append(_paragraph("Heading1", _run("Bibliography")))
        parts += [
            _paragraph("Bibliography", rich(entry)) for _, entry in prepared.citer.bibliography()
        ]
        return "".join(parts)

    def _item(self, item: Item) -> Iterable[str]:
        words = _run(one_line(item.passage.quote), language=item.document.language)
        if item.passage.note:
            words = self._commented(words, item)
        if self._prepared.citer.notes:
            words += self._footnote(self._cited[item.number])
        else:
            words += _run(" ") + rich(item.citation.citation_rich)
        yield _paragraph("Quote", words)
        if item.entities:
            names = " · ".join(one_line(entity.name) for entity in item.entities)
            yield _paragraph("PassageTags", _run(names))
        for note in item.notes:
            parts = [f"Note {note.marker}:", note.text, *addresses_apart(note)]
            line = " ".join(map(one_line, parts))
            yield _paragraph("PassageNotes", _run(line))

    def _footnote(self, cited: Rich) -> str:
        number = len(self.footnotes) + 1
        mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        text = _paragraph("FootnoteText", f"{mark}<w:footnoteRef/></w:r>{_run(' ')}{rich(cited)}")
        self.footnotes.append(f'<w:footnote w:id="{number}">{text}</w:footnote>')
        return f'{mark}<w:footnoteReference w:id="{number}"/></w:r>'

    def _commented(self, words: str, item: Item) -> str:
        # WORKAROUND LibreOffice 7.4: a footnote loses its text to a comment of the same number.
        number = len(self._prepared.items) + 1 + len(self.comments)
        author = one_line(item.passage.creator) or "Muniment"
        lines = clean_text(item.passage.note).splitlines() or [""]
        text = "".join(_paragraph("CommentText", _run(one_line(line))) for line in lines)
        self.comments.append(
            f'<w:comment w:id="{number}" w:author={quoteattr(author)}'
            f" w:date={quoteattr(item.passage.created)} w:initials={quoteattr(author[:2])}>"
            f"{text}</w:comment>"
        )
        return (
            f'<w:commentRangeStart w:id="{number}"/>{words}<w:commentRangeEnd w:id="{number}"/>'
            f'<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
            f'<w:commentReference w:id="{number}"/></w:r>'
        )


def _paragraph(style: str, content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def _run(text: str, properties: str = "", language: str | None = None) -> str:
    if language and language.replace("-", "").isalnum():
        properties += f'<w:lang w:val="{language}"/>'
    shown = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{shown}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def rich(runs: Rich) -> str:
    """Return a citation as Word runs."""
    return "".join(
        _run(clean_text(run.text), "".join(tag for name, tag in _TAGS if name in run.styles))
        for run in runs
    )


def _wrapped(name: str, content: str) -> str:
    return f'<w:{name} xmlns:w="{NAMESPACE}" xmlns:r="{RELATIONS}">{content}</w:{name}>'


def _footnotes(notes: list[str]) -> str:
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
        for kind, number, tag in (
            ("separator", -1, "separator"),
            ("continuationSeparator", 0, "continuationSeparator"),
        )
    )
    return _wrapped("footnotes", separators + "".join(notes))


def _fill(document: Any, body: str) -> None:
    from docx.oxml import parse_xml

    element = document.element.body
    for paragraph in list(parse_xml(_wrapped("body", body))):
        element.insert(len(element) - 1, paragraph)


def _attach(document: Any, name: str, xml: str) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml
    part = Part(
        PackURI(f"/word/{name}.xml"), f"{TYPES}{name}+xml", declared.encode("utf-8"),
        document.part.package,
    )  # fmt: skip
    document.part.relate_to(part, f"{RELATIONS}/{name}")


def _describe(document: Any, prepared: Prepared) -> None:
    made = datetime.fromisoformat(prepared.made.replace("Z", "+00:00")).replace(tzinfo=None)
    properties = document.core_properties
    properties.title = one_line(prepared.content.request.title)[:255]
    properties.author = ""
    properties.comments = ""
    properties.last_modified_by = ""
    properties.created = properties.modified = made
    properties.revision = 1


def _same_every_time(data: bytes) -> bytes:
    """Return the file with the times of its members fixed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()
