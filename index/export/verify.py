"""Check a bundle: the bag, every quote at its place, and an archive that has the documents."""

import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from index.errors import MunimentError
from index.export import bag_check, encrypting
from index.export.bag_source import BagSource, opened
from index.model import Verdict
from index.progress import NullProgress, Progress

ANNOTATIONS = "data/annotations.jsonld"
REFERENCES = "data/citations.csl.json"
MAX_BYTES = 512 << 20

TextOf = Callable[[str], str | None]
"""Returns the canonical text of the document whose original has a SHA-256, or None."""
Sha256Of = Callable[[str], str | None]
"""Returns the SHA-256 that the archive's original of a document has now, or None."""


def verify(
    bundle: Path,
    text_of: TextOf | None = None,
    sha256_of: Sha256Of | None = None,
    progress: Progress | None = None,
) -> Verdict:
    """Return every problem of a bundle as a sentence; raise `NotFound` or `BadInput` without one.

    A signature over the tag manifest is checked, and who made it stands in the
    notices. The two callables compare with an archive, each given the SHA-256 that the
    bundle states for an original.
    """
    if bundle.is_file() and encrypting.is_encrypted(bundle):
        return Verdict(False, ("The bundle is encrypted. Decrypt it with age and check the zip.",))
    try:
        with opened(bundle) as source:
            report = bag_check.check(source, progress or NullProgress())
            problems = report.problems
            notices = _signatures(source, problems)
            if ANNOTATIONS in source.names():
                problems += _contents(source, text_of, sha256_of)
    except OSError as error:
        return Verdict(False, (f"The bundle cannot be read: {error.strerror or error}.",))
    except MunimentError as error:
        if not bundle.exists():
            raise
        return Verdict(False, (str(error),))
    return Verdict(not problems, tuple(problems), tuple(notices))


def _signatures(source: BagSource, problems: list[str]) -> list[str]:
    from index.export import signing

    notices = []
    for name in source.names():
        if not re.fullmatch(r"tagmanifest-\w+\.txt\.sig", name):
            continue
        try:
            message, armoured = (_small(source, path) for path in (name[:-4], name))
            found = signing.check(message, armoured.decode("ascii"))
        except (KeyError, ValueError, OSError, zipfile.BadZipFile, zlib.error):
            problems.append(f"The signature in {name} cannot be read.")
            continue
        if found.holds:
            notices.append(f"Signed with the key {found.fingerprint}.")
        else:
            problems.append(f"The signature in {name} does not hold: the bundle was changed.")
    return notices


def _small(source: BagSource, name: str) -> bytes:
    if source.size(name) > MAX_BYTES:
        raise ValueError("too large")
    with source.open(name) as reader:
        return reader.read()


def _contents(source: BagSource, text_of: TextOf | None, sha256_of: Sha256Of | None) -> list[str]:
    names = set(source.names())
    try:
        annotations = list(_annotations(_json(source, ANNOTATIONS)))
        references = _json(source, REFERENCES) if REFERENCES in names else []
    except (ValueError, KeyError, TypeError, OSError, zipfile.BadZipFile, zlib.error):
        return ["The passages in the bundle cannot be read."]
    problems: list[str] = []
    texts: dict[str, str | None] = {}
    for number, annotation in enumerate(annotations, 1):
        problems += _quote(number, annotation, source, names, texts, text_of)
    if sha256_of is not None:
        problems += _originals(references, sha256_of)
    return problems


def _annotations(collection: Any) -> Iterator[Mapping[str, Any]]:
    page = collection.get("first") or {}
    yield from page.get("items", ())


def _quote(
    number: int,
    annotation: Mapping[str, Any],
    source: BagSource,
    names: set[str],
    texts: dict[str, str | None],
    text_of: TextOf | None,
) -> list[str]:
    try:
        file, start, end, exact, sha256 = _place(annotation)
    except (KeyError, TypeError, ValueError, StopIteration, AttributeError):
        return [f"Passage {number} does not say where it stands."]
    short = " ".join(exact.split())[:40]
    if file not in texts:
        texts[file] = _text(source, file, names)
    text = texts[file]
    problems = []
    if text is None:
        problems.append(f"The text of passage {number}, “{short}”, is not in the bundle.")
    elif text[start:end] != exact:
        problems.append(f"Passage {number}, “{short}”, is not at its place in {file}.")
    if text_of is not None and sha256:
        key = f"archive:{sha256}"
        if key not in texts:
            texts[key] = text_of(sha256)
        there = texts[key]
        if there is not None and there[start:end] != exact:
            problems.append(
                f"Passage {number}, “{short}”, is not at its place in the archive's document."
            )
    return problems


def _place(annotation: Mapping[str, Any]) -> tuple[str, int, int, str, str]:
    targets = annotation["target"]
    targets = targets if isinstance(targets, list) else [targets]
    for target in targets:
        selectors = {one["type"]: one for one in target.get("selector", ())}
        if "TextPositionSelector" in selectors:
            origin = target.get("dcterms:source") or {}
            position, quote = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
            return (
                "data/" + unquote(target["source"]),
                int(position["start"]),
                int(position["end"]),
                str(quote["exact"]),
                str(origin.get("id", "")).removeprefix("urn:sha256:"),
            )
    raise KeyError("selector")


def _originals(references: Any, sha256_of: Sha256Of) -> list[str]:
    problems = []
    for reference in references if isinstance(references, list) else ():
        custom = reference.get("custom") if isinstance(reference, dict) else None
        stated = custom.get("sha256") if isinstance(custom, dict) else None
        if not isinstance(stated, str):
            continue
        found = sha256_of(stated)
        if found is not None and found != stated:
            title = str(reference.get("title", ""))[:60]
            problems.append(f"The archive's original of “{title}” is not what the bundle cites.")
    return problems


def _text(source: BagSource, file: str, names: set[str]) -> str | None:
    if file not in names or source.size(file) > MAX_BYTES:
        return None
    try:
        with source.open(file) as reader:
            return reader.read().decode("utf-8", "surrogatepass")
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile, zlib.error):
        return None


def _json(source: BagSource, name: str) -> Any:
    if source.size(name) > MAX_BYTES:
        raise ValueError("too large")
    with source.open(name) as reader:
        return json.loads(reader.read())
