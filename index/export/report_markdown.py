"""The report as Markdown, in which every foreign sign stays text."""

from collections.abc import Iterator

from index.citing.rich import escape_markdown, to_markdown
from index.export.prepared import Item, Prepared
from index.export.wording import Wording, clean_text, one_line, web_address

PATH = "data/report.md"


def write(prepared: Prepared) -> None:
    """Write `report.md`."""
    prepared.bag.write(PATH, "\n".join(_lines(prepared)) + "\n")


def _lines(prepared: Prepared) -> Iterator[str]:
    yield f"# {_text(prepared.content.request.title)}"
    yield ""
    yield f"{Wording.of(prepared).summary} · {prepared.made[:10]}"
    for notice in prepared.notices:
        yield ""
        yield f"- {_text(notice)}"
    for group in prepared.groups():
        yield ""
        yield f"## {_text(group.title)}"
        for item in group.items:
            yield from _item(item)
    yield ""
    yield "## Bibliography"
    for _, entry in prepared.citer.bibliography():
        yield ""
        yield to_markdown(entry)


def _item(item: Item) -> Iterator[str]:
    yield ""
    yield f"### {item.number}"
    yield ""
    for line in clean_text(item.passage.quote).splitlines() or [""]:
        yield f"> {_text(line)}".rstrip()
    yield ""
    yield item.citation.markdown
    if item.entities:
        yield ""
        yield " · ".join(_text(entity.name) for entity in item.entities)
    if item.passage.note:
        yield ""
        yield f"Memo: {_text(item.passage.note)}"
    if item.notes:
        yield ""
    for note in item.notes:
        addresses = " ".join(f"<{url}>" for url in note.urls if _plain(url))
        yield f"- note {_text(note.marker)}: {_text(note.text)} {addresses}".rstrip()


def _text(text: str) -> str:
    return escape_markdown(one_line(text))


def _plain(url: str) -> bool:
    return bool(web_address(url)) and not set(url) & set("<>\\`")
