"""What another program's file brings: documents, entities and passages, not yet in the archive."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class IncomingDocument:
    """A document by a key of its own; `data` are its bytes, when the file holds them."""

    key: str
    name: str = ""  # of its file
    title: str = ""
    sha256: str = ""  # of the original
    csl: Mapping[str, Any] = field(default_factory=dict)
    data: bytes | None = field(default=None, repr=False)
    suffix: str = ".txt"  # what kind of file `data` is


@dataclass(frozen=True, slots=True)
class IncomingEntity:
    """Somebody or something with its names; a `key` says who it is in the file."""

    key: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    description: str = ""
    color: str = ""
    identity: str = ""  # the id it had in an archive of this program


@dataclass(frozen=True, slots=True)
class IncomingPassage:
    """A quoted passage; offsets are a hint, the quote decides."""

    document: str  # key
    quote: str
    entities: tuple[str, ...] = ()  # keys
    note: str = ""
    start: int = 0
    prefix: str = ""
    suffix: str = ""
    page: int | None = None  # counted from 1
    creator: str = ""
    created: str = ""
    identity: str = ""  # the id it had in an archive of this program
    modified: str = ""
    origin: str = "import"


@dataclass(frozen=True, slots=True)
class Incoming:
    """Everything of one file, and what of it could not be read, each a sentence."""

    documents: tuple[IncomingDocument, ...] = ()
    entities: tuple[IncomingEntity, ...] = ()
    passages: tuple[IncomingPassage, ...] = ()
    problems: tuple[str, ...] = ()
