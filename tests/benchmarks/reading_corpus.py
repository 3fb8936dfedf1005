"""Measure reading over the shared corpus: hostile files, reports, texts, offsets, speed.

python -m tests.benchmarks.reading_corpus [hostile] [reports] [text] [offsets] [speed] [big]
"""

import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from index.errors import UnreadableFile
from index.model import ImportOptions
from index.reading import Readers
from index.reading.result import Reading
from tests.conftest import shared_folder

OPTIONS = ImportOptions(ocr="never")
CORPUS = shared_folder() / "corpus"


def words(text: str) -> Counter[str]:
    """Count the words of a text."""
    return Counter(re.findall(r"\w{2,}", unicodedata.normalize("NFKC", text).lower()))


def recall(wanted: Counter[str], found: Counter[str]) -> float:
    """Return the share of the wanted words that were found."""
    total = sum(wanted.values())
    return sum((wanted & found).values()) / total if total else 1.0


def canonical(reading: Reading) -> str:
    """Return the text of a reading."""
    text = ("\f" if reading.paged else "").join(page.text for page in reading.pages)
    # pdftotext joins words at line ends as the index does.
    return re.sub("\u00ad(?: ?\n)?", "", text)


def hostile(readers: Readers) -> None:
    """Read every hostile file, and a good one after each."""
    good = next(iter(sorted((CORPUS.parent / "reports").glob("*.pdf"))))
    fates: Counter[str] = Counter()
    slowest: list[tuple[float, str]] = []
    for path in sorted((CORPUS / "hostile").iterdir()):
        begin = time.monotonic()
        try:
            reading = readers.read(path, OPTIONS)
            states = {page.state.value for page in reading.pages}
            fate = "text" if "text" in states else "/".join(sorted(states))
            if "failed" in states:
                print("  pages failed:", path.name, reading.warnings[:1])
        except UnreadableFile as error:
            fate = str(error)
        fates[fate] += 1
        slowest.append((time.monotonic() - begin, path.name))
        assert readers.read(good, OPTIONS).pages[0].text, "a good file fails after " + path.name
    print(f"hostile: {sum(fates.values())} files, one status each")
    for fate, count in fates.most_common():
        print(f"  {count:4d} {fate}")
    for seconds, name in sorted(slowest, reverse=True)[:5]:
        print(f"  {seconds:6.2f} s {name}")
    print(f"  this process {_peak()} MB, largest reader {readers.peak_memory >> 20} MB")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def pdftotext(path: Path, *options: str) -> str | None:
    """Return what pdftotext extracts, or None when it hangs."""
    command = ["pdftotext", *options, "-q", "-enc", "UTF-8", str(path), "-"]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=20)
    except subprocess.TimeoutExpired:
        print("  pdftotext hangs:", path.name)
        return None
    return done.stdout.decode("utf-8", "replace")


def as_searched(text: str) -> Counter[str]:
    """Count the words of a text as somebody who searches means them.

    Words that a line's end cuts are whole; marks over and under letters and the strokes that
    draw Arabic words out are no letters. A mark with a code of its own is a mark, though
    NFKC puts a space before it.
    """
    text = re.sub("\u00ad\\s*", "", text)
    text = re.sub("[\ufc5e-\ufc63\ufe70-\ufe7f\u0640]", "", text)
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))
    letters = "".join(sign for sign in text if unicodedata.category(sign) != "Mn")
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFC", letters).casefold()))


def plain_words(text: str) -> Counter[str]:
    """Count the words of a text by the plainest of definitions."""
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def recall_of_set(wanted: Counter[str], found: Counter[str]) -> float:
    """Return the share of the different wanted words that were found at all."""
    return len(wanted.keys() & found.keys()) / len(wanted) if wanted else 1.0


Words = Callable[[str], Counter[str]]
DEFINITIONS: dict[str, tuple[Words, Callable[[Counter[str], Counter[str]], float], bool]] = {
    "every \\w+, as printed": (plain_words, recall, False),
    "every \\w+, cut words joined": (plain_words, recall, True),
    "different \\w+, cut words joined": (plain_words, recall_of_set, True),
    "every \\w{2,}, cut words joined": (words, recall, True),
    "every word as it is searched": (as_searched, recall, True),
}
"""How words are counted, how recall is, and whether what a line's end cuts is joined before."""


def reports(readers: Readers) -> None:
    """Compare the words of every report with pdftotext, by several definitions of a word."""
    import pypdfium2 as pdfium

    pairs: dict[str, tuple[str, str]] = {}
    for path in sorted((CORPUS / "reports").glob("*.pdf")):
        try:
            reading = readers.read(path, OPTIONS)
        except UnreadableFile as error:
            try:
                pdfium.PdfDocument(path).close()
                print("  PDFium opens it, we do not:", path.name, error)
            except pdfium.PdfiumError:
                pass
            continue
        wanted = pdftotext(path)
        if wanted is not None:
            pairs[path.name] = wanted, "\f".join(page.text for page in reading.pages)
    print(f"reports: {len(pairs)} read; word recall against pdftotext")
    for name, (count, measure, joined) in DEFINITIONS.items():
        scores = []
        total = 0
        for file, (wanted, found) in pairs.items():
            found = re.sub("\u00ad(?: ?\n)?", "", found) if joined else found
            counted = count(wanted)
            scores.append((measure(counted, count(found)), file, sum(counted.values())))
            total += sum(counted.values())
        mean = sum(score for score, *_ in scores) / len(scores)
        pooled = sum(score * number for score, _, number in scores) / total
        print(f"  {name:34} mean {mean:.4f}, of all words {pooled:.4f}")
        worst = scores
    for score, file, number in sorted(worst)[:12]:
        print(f"  {score:.3f} of {number:6d} words {file}")


ENCODINGS = {
    "cp1251": "cp1251", "koi8r": "koi8-r", "koi8": "koi8-r", "cp866": "cp866", "utf16le": "utf-16",
    "utf16be": "utf-16-be", "utf16": "utf-16", "kz1048": "kz1048", "ptcp154": "ptcp154",
    "utf8": "utf-8-sig", "latin1": "latin-1",
}  # fmt: skip
_CODEC = re.compile(
    r"(utf[-_]?16[-_]?[lb]e|utf[-_]?16|utf[-_]?32[-_]?[lb]?e?|utf[-_]?8|cp\d{3,4}|windows[-_]\d{4}|"
    r"koi8[-_]?[rtu]|iso[-_]?8859[-_]\d+|latin[-_]?\d+|kz1048|ptcp154|mac[-_]?cyrillic|gb\d+|big5|"
    r"shift[-_]?jis|euc[-_]?(?:jp|kr)|ibm\d+|tis[-_]?620)",
    re.IGNORECASE,
)


def stated(name: str) -> str | None:
    """Return the codec that a file name states, or None."""
    import codecs

    for found in reversed(_CODEC.findall(name)):
        label = found.lower().replace("utf16", "utf-16-").replace("koi8r", "koi8-r").strip("-")
        label = label.replace("koi8u", "koi8-u").replace("-_", "-")
        try:
            return codecs.lookup(label).name
        except LookupError:
            continue
    return None


def visible(markup: str) -> str:
    """Return the text that a page of HTML shows, by another way than the reader's."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(markup)
    tree.strip_tags(["script", "style", "noscript", "head", "template"])
    return tree.root.text(separator=" ") if tree.root is not None else ""


def text(readers: Readers) -> None:
    """Compare texts with Python's own decoding by the charset in the name."""
    good = total = 0
    for folder in ("text", "text_made"):
        for path in sorted((CORPUS / folder).iterdir()):
            codec = stated(path.name)
            try:
                found = readers.read(path, OPTIONS)
            except UnreadableFile as error:
                print("  refused:", path.name, error)
                continue
            if codec is None:
                continue
            data = path.read_bytes()
            wanted = data.decode(codec, "replace")
            if found.media_type == "text/html":
                wanted = visible(wanted)
            score = recall(words(wanted), words(canonical(found)))
            total += 1
            good += score >= 0.99
            if score < 0.99:
                print(f"  {score:.3f} {path.name} {codec}", found.details.get("encoding"))
    print(f"text: {good} of {total} = {good / total:.3f} with a stated charset at 0.99 or better")


def big(readers: Readers) -> None:
    """Read a text of 50 MB."""
    sample = "".join(
        path.read_text(errors="replace") for path in sorted(CORPUS.parent.glob("reports/*.txt"))
    ).encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "big.txt")
        path.write_bytes(sample * (1 + (50 << 20) // len(sample)))
        begin = time.monotonic()
        reading = readers.read(path, OPTIONS)
        seconds = time.monotonic() - begin
    peak = readers.peak_memory >> 20
    print(f"big: 50 MB in {seconds:.1f} s, {len(reading.pages)} sections, this process", end=" ")
    print(f"{_peak()} MB, largest reader {peak} MB")


def offsets(readers: Readers) -> None:
    """Compare random spans with what PDFium has under their rectangles."""
    from tests.benchmarks.reading_offsets import measure

    measure(readers, sorted((CORPUS / "reports").glob("*.pdf")), random.Random(7))


def main(names: Iterable[str]) -> None:
    """Run the named measurements, or all."""
    measures: dict[str, Callable[[Readers], None]] = {
        "reports": reports, "text": text, "big": big, "offsets": offsets, "hostile": hostile,
    }  # fmt: skip
    readers = Readers()
    try:
        for name in list(names) or list(measures):
            measures[name](readers)
    finally:
        readers.close()


if __name__ == "__main__":
    main(sys.argv[1:])
