"""What a bundle will hold and hold back, and what is still to settle, before it is made."""

from dataclasses import dataclass

from index.citing.checks import Issue, issues
from index.export.content import BundleContent
from index.export.prepared import PDF
from index.export.wording import counted

PICTURE_BYTES = 60_000  # of a page of text, roughly
PASSAGE_BYTES = 9_000  # in all the tables, reports and lists together


@dataclass(frozen=True, slots=True)
class Preview:
    """A bundle before it is made; `bytes` is an estimate."""

    passages: int
    documents: int
    footnotes: int
    bytes: int
    contains: tuple[str, ...]
    held_back: tuple[str, ...]
    to_settle: tuple[Issue, ...]


def preview(content: BundleContent) -> Preview:
    """Return what a bundle of this content will be."""
    copies = [document for document in content.documents if document.media_type == PDF]
    drawn = {(one.document, page) for one in content.passages for page in one.anchor.rects}
    return Preview(
        passages=len(content.passages),
        documents=len(content.documents),
        footnotes=sum(len(notes) for notes in content.notes.values()),
        bytes=_size(content, len(drawn)),
        contains=tuple(_contains(content, len(copies), len(drawn))),
        held_back=tuple(_held_back(content, len(copies))),
        to_settle=tuple(issues(content.documents, content.passages)),
    )


def _binary(content: BundleContent) -> bool:
    return not content.request.pseudonyms


def _contains(content: BundleContent, copies: int, drawn: int) -> list[str]:
    found = [
        "Report (HTML, Word, Markdown)",
        "References (CSL-JSON, BibTeX, RIS)",
        "Annotations (W3C), REFI-QDA, FollowTheMoney",
        "Tables of passages and entities",
        f"The text of {counted(len(content.documents), 'document', 'documents')}",
        "Custody record",
    ]
    if copies and _binary(content):
        found.append(counted(copies, "highlighted copy of a PDF", "highlighted copies of PDFs"))
    if drawn and content.request.pictures and _binary(content):
        found.append(counted(drawn, "page picture", "page pictures"))
    if content.request.originals and _binary(content):
        found.append(
            counted(len(content.documents), "original file", "original files, byte for byte")
        )
    return found


def _held_back(content: BundleContent, copies: int) -> list[str]:
    request = content.request
    found = []
    if request.pseudonyms:
        names = counted(len(request.pseudonyms), "name", "names")
        found.append(f"{names} replaced by pseudonyms")
        if copies:
            found.append(f"{counted(copies, 'PDF is', 'PDFs are')} there as text only")
    if not request.memos:
        found.append("Your memos")
    if not request.authors:
        found.append("Who made each passage")
    if not request.file_names:
        found.append("The names of the files")
    if not request.originals:
        found.append("Original files")
    return found


def _size(content: BundleContent, drawn: int) -> int:
    text = sum(document.characters for document in content.documents) * 2
    size = text + len(content.passages) * PASSAGE_BYTES
    if _binary(content):
        pdf = sum(one.size for one in content.documents if one.media_type == PDF)
        size += 2 * pdf  # the copies, and again in the REFI-QDA project
        size += drawn * PICTURE_BYTES if content.request.pictures else 0
        if content.request.originals:
            size += sum(document.size for document in content.documents)
    return size
