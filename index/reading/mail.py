"""Reading a message (EML): its headers, its words, and the names of what is attached."""

import contextlib
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from index.reading import html
from index.reading.draft import Draft
from index.reading.html import Facts
from index.reading.result import Reading
from index.reading.source import Source
from index.reading.text import decode

MEDIA_TYPE = "message/rfc822"
_SHOWN = ("From", "To", "Cc", "Date", "Subject")


def read(source: Source) -> Reading:
    """Read a message whole."""
    message: Any = message_from_bytes(source.whole(), policy=policy.default)
    draft = Draft()
    headers = {name: _header(message, name) for name in _SHOWN}
    draft.add("\n".join(f"{name}: {value}" for name, value in headers.items() if value))
    _body(draft, message)
    names = [part.get_filename() or "unnamed" for part in _attachments(message)]
    for name in names:
        draft.add(f"Attached: {name}")
    return draft.reading(
        MEDIA_TYPE,
        {"type": "personal_communication"},
        {"facts": _facts(message, headers), "attachments": names},
    )


def _header(message: EmailMessage, name: str) -> str:
    # A broken header raises when it is read.
    with contextlib.suppress(Exception):
        return " ".join(str(message.get(name, "")).split())[:2000]
    return ""


def _attachments(message: EmailMessage) -> list[Any]:
    with contextlib.suppress(Exception):
        return list(message.iter_attachments())
    return []


def _body(draft: Draft, message: EmailMessage) -> None:
    part: Any = None
    with contextlib.suppress(Exception):
        part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        part = message
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    text = ""
    with contextlib.suppress(Exception):
        text = data.decode(part.get_content_charset() or "utf-8")
    text = text or decode(data).text
    if part.get_content_type() == "text/html":
        html.gather(draft, text)
        return
    for paragraph in text.replace("\r\n", "\n").split("\n\n"):
        draft.add(paragraph)


def _facts(message: EmailMessage, headers: dict[str, str]) -> Facts:
    origin = "the message's headers"
    found: Facts = []
    if headers["Subject"]:
        found.append(("title", headers["Subject"], origin, 0.95))
    with contextlib.suppress(Exception):
        addresses: Any = message["From"].addresses
        name = addresses[0].display_name or addresses[0].addr_spec
        found.append(("author", name, origin, 0.95))
    with contextlib.suppress(Exception):
        date: Any = message["Date"].datetime
        found.append(("issued", date.date().isoformat(), origin, 0.95))
    return found
