"""Which program a file is from, and the reading of it."""

import zipfile
from pathlib import Path

from index.errors import BadInput, NotFound
from index.exchange import (
    own_bundle,
    qualcoder,
    refi_project,
    taguette,
    web_annotations,
    zotero,
)
from index.exchange.hardened import read_json
from index.exchange.incoming import Incoming


def read(path: Path) -> Incoming:
    """Return what a file of another program, or a bundle of ours, brings.

    Raises `NotFound` without a file and `BadInput` for one that nothing here reads.
    """
    if not path.exists():
        raise NotFound(f"There is no file {path}.")
    if path.is_dir():
        if (path / "bagit.txt").is_file():
            return _bundle(path)
        if (path / "data.qda").is_file():
            return qualcoder.read(path)
        raise BadInput(f"{path.name} is a folder that no program known here has made.")
    suffix = path.suffix.lower()
    readers = {
        ".qdpx": refi_project.read,
        ".qdc": refi_project.read_codebook,
        ".qda": qualcoder.read,
        ".csv": taguette.read,
        ".bib": zotero.read_bibtex,
        ".ris": zotero.read_ris,
        ".json": _json,
        ".jsonld": _json,
    }
    if suffix in readers:
        return readers[suffix](path)
    if zipfile.is_zipfile(path):
        return _bundle(path)
    raise BadInput(f"{path.name} is not a file of a program known here.")


def _bundle(path: Path) -> Incoming:
    try:
        return own_bundle.read(path)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        raise BadInput(f"{path.name} is not a citation bundle that can be read.") from error


def _json(path: Path) -> Incoming:
    value = read_json(path)
    values = value if isinstance(value, list) else [value]
    try:
        if values and zotero.is_annotation(values[0]):
            return zotero.read_annotations(values)
        if values and isinstance(values[0], dict) and "target" not in values[0]:
            found = zotero.read_csl(values)
            if found.documents and "@context" not in values[0]:
                return found
        return web_annotations.read(path)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadInput(f"{path.name} is not an export that can be read.") from error
