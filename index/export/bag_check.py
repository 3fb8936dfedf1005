"""Check any BagIt bag, ours or another program's, against its manifests."""

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from index.export.bag import CHUNK, decode_path
from index.export.bag_source import BagSource
from index.progress import Progress

ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
MAX_TAG_BYTES = 256 << 20
_MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(.+)")
_VERSION = re.compile(r"BagIt-Version: *(\d+)\.(\d+)")


@dataclass(slots=True)
class BagReport:
    """The problems of a bag, and the SHA-256 or SHA-512 of what was read."""

    problems: list[str] = field(default_factory=list)
    info: dict[str, str] = field(default_factory=dict)


def check(source: BagSource, progress: Progress) -> BagReport:
    """Return every problem of a bag as a sentence."""
    report = BagReport()
    names = set(source.names())
    if "bagit.txt" not in names:
        report.problems.append("This is not a bag: bagit.txt is missing.")
        return report
    encoding = _declaration(source, report)
    report.info = _info(source, names, encoding, report)
    wanted = _manifests(source, names, encoding, report)
    _completeness(source, names, wanted, report)
    _hashes(source, names, wanted, report, progress)
    _oxum(source, names, report)
    return report


def _declaration(source: BagSource, report: BagReport) -> str:
    lines = _text(source, "bagit.txt", "utf-8", report).lstrip("\ufeff").splitlines()
    version = _VERSION.fullmatch(lines[0].strip()) if lines else None
    if version is None or len(lines) < 2:
        report.problems.append("bagit.txt does not say which version of BagIt this is.")
        return "utf-8"
    if int(version[1]) > 1:
        report.problems.append(f"The bag is of a newer BagIt version, {version[1]}.{version[2]}.")
    _, _, encoding = lines[1].partition(":")
    try:
        "".encode(encoding.strip())
    except (LookupError, ValueError):
        report.problems.append("bagit.txt names an encoding that is not known.")
        return "utf-8"
    return encoding.strip() or "utf-8"


def _info(source: BagSource, names: set[str], encoding: str, report: BagReport) -> dict[str, str]:
    found: dict[str, str] = {}
    if "bag-info.txt" not in names:
        return found
    last = ""
    for line in _text(source, "bag-info.txt", encoding, report).splitlines():
        if line[:1] in (" ", "\t") and last:
            found[last] += " " + line.strip()
        elif ":" in line:
            last, _, value = line.partition(":")
            found[last.strip()] = value.strip()
    return found


def _manifests(
    source: BagSource, names: set[str], encoding: str, report: BagReport
) -> dict[str, dict[str, str]]:
    """Return {path: {algorithm: hash}} from every manifest."""
    wanted: dict[str, dict[str, str]] = {}
    payload = 0
    for name in sorted(names):
        match = _MANIFEST.fullmatch(name)
        if match is None:
            continue
        if match[2] not in ALGORITHMS:
            report.problems.append(f"{name} uses a checksum that is not known here.")
            continue
        payload += match[1] is None
        for raw, digest in _entries(source, name, encoding, report):
            # Some programs write “%” as it is; what is there says which was meant.
            decoded = decode_path(raw)
            path = raw if raw in names and decoded not in names else decoded
            hashes = wanted.setdefault(path, {})
            if match[2] in hashes and hashes[match[2]] != digest:
                report.problems.append(f"{name} lists “{path}” twice with different checksums.")
            hashes[match[2]] = digest
    if not payload:
        report.problems.append("The bag has no manifest of its files.")
    return wanted


def _entries(
    source: BagSource, name: str, encoding: str, report: BagReport
) -> Iterator[tuple[str, str]]:
    for line in _text(source, name, encoding, report).split("\n"):
        line = line.rstrip("\r")
        if not line.strip():
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            report.problems.append(f"A line of {name} cannot be read: “{line[:60]}”.")
            continue
        path = match[2].removeprefix("./")
        if path.startswith(("/", "~")) or ".." in path.split("/"):
            report.problems.append(f"{name} lists a path that leads out of the bag: “{path}”.")
            continue
        yield path, match[1].lower()


def _completeness(
    source: BagSource, names: set[str], wanted: dict[str, dict[str, str]], report: BagReport
) -> None:
    for link in getattr(source, "links", ()):
        report.problems.append(f"“{link}” is a link, not a file.")
    if "fetch.txt" in names:
        report.problems.append("The bag is not complete: fetch.txt names files to be fetched.")
    for path in sorted(set(wanted) - names):
        report.problems.append(f"“{path}” is missing.")
    for path in sorted(names - set(wanted)):
        if path.startswith("data/"):
            report.problems.append(f"“{path}” is not in the manifest.")


def _hashes(
    source: BagSource,
    names: set[str],
    wanted: dict[str, dict[str, str]],
    report: BagReport,
    progress: Progress,
) -> None:
    present = sorted(set(wanted) & names)
    for number, path in enumerate(present):
        progress.report(number, len(present), "Checking files")
        try:
            found = digests(source, path, wanted[path])
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError):
            report.problems.append(f"“{path}” cannot be read.")
            continue
        if any(found[name] != digest for name, digest in wanted[path].items()):
            report.problems.append(f"“{path}” was changed: its checksum does not agree.")


def digests(source: BagSource, path: str, algorithms: dict[str, str]) -> dict[str, str]:
    """Return the hashes of a file by the names of their algorithms."""
    hashes = {name: hashlib.new(name, usedforsecurity=False) for name in algorithms}
    with source.open(path) as reader:
        while chunk := reader.read(CHUNK):
            for digest in hashes.values():
                digest.update(chunk)
    return {name: digest.hexdigest() for name, digest in hashes.items()}


def _oxum(source: BagSource, names: set[str], report: BagReport) -> None:
    oxum = report.info.get("Payload-Oxum", "")
    if not re.fullmatch(r"\d+\.\d+", oxum):
        return
    payload = [name for name in names if name.startswith("data/")]
    found = f"{sum(source.size(name) for name in payload)}.{len(payload)}"
    if found != oxum:
        size, _, count = found.partition(".")
        files = "1 file" if count == "1" else f"{count} files"
        told_size, _, told = oxum.partition(".")
        report.problems.append(
            f"The bag holds {files} of {size} bytes; bag-info.txt says {told} of {told_size}."
        )


def _text(source: BagSource, name: str, encoding: str, report: BagReport) -> str:
    if source.size(name) > MAX_TAG_BYTES:
        report.problems.append(f"{name} is too large to be read.")
        return ""
    try:
        with source.open(name) as reader:
            return reader.read().decode(encoding)
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError):
        report.problems.append(f"“{name}” cannot be read.")
    except UnicodeDecodeError:
        report.problems.append(f"{name} is not written in the encoding that bagit.txt names.")
    return ""
