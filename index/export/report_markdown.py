"""The report as Markdown, in which every foreign sign stays text."""

import re
from collections.abc import Iterator

from index.citing.rich import escape_markdown, to_markdown
from index.export.prepared import Item, Prepared
from index.export.wording import Wording, addresses_apart, clean_text, one_line, web_address
from index.model import Note

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
        yield f"- note {_text(note.marker)}: {_note(note)}"


def _note(note: Note) -> str:
    """Return a note's text with its addresses as links, where they stand or at the end."""
    text = one_line(note.text)
    links = sorted({url for url in note.urls if _plain(url)}, key=len, reverse=True)
    if links:
        pieces = re.split("(" + "|".join(map(re.escape, links)) + ")", text)
        text = "".join(f"<{one}>" if n % 2 else _kept(one) for n, one in enumerate(pieces))
    else:
        text = _text(text)
    apart = " ".join(f"<{url}>" for url in addresses_apart(note) if _plain(url))
    return f"{text} {apart}".rstrip()


def _kept(text: str) -> str:
    """Return a piece of a line that Markdown shows as it is, its outer blanks kept."""
    core = text.strip()
    return text.replace(core, _text(core), 1) if core else text


def _text(text: str) -> str:
    return escape_markdown(one_line(text))


def _plain(url: str) -> bool:
    return bool(web_address(url)) and not set(url) & set("<>\\`")
