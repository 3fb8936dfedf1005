"""citeproc-py's styles and cited items, with style elements of ours in them."""

from copy import copy
from functools import lru_cache
from io import BytesIO
from typing import Any

from citeproc import CitationItem, CitationStylesStyle
from citeproc import model as elements
from lxml import etree

from index.citing import corrections
from index.citing.remembering import NAMESPACE, Remembering, Termed


@lru_cache(maxsize=1)
def _classes() -> dict[str | None, type]:
    plain = elements.CitationStylesElement
    found: dict[str | None, type] = {None: type("Element", (Remembering, plain), {})}
    for cls in plain.__subclasses__():
        if cls is found[None]:
            continue
        name = cls.__name__.replace("_", "-").lower()
        gained = Remembering if cls is elements.Locale else Termed
        found[name] = type(cls.__name__, (gained, cls), {})
    found.update(corrections.CLASSES)
    return found


class RememberingStyle(CitationStylesStyle):  # type: ignore[misc]
    """A style for the processor, read from XML that was checked before."""

    def __init__(self, xml: bytes, locale: str | None, ambiguous: frozenset[str]) -> None:
        lookup = etree.ElementNamespaceClassLookup()
        lookup.get_namespace(NAMESPACE).update(_classes())
        self.parser = etree.XMLParser(
            remove_comments=True, resolve_entities=False, no_network=True, huge_tree=False
        )
        self.parser.set_element_class_lookup(lookup)
        self.xml = etree.parse(BytesIO(xml), self.parser)
        root: Any = self.xml.getroot()
        # The root is kept for as long as the style, and what is set on it with it.
        root.macros = {macro.get("name"): macro for macro in root.findall(f"{{{NAMESPACE}}}macro")}
        root.calls = {}
        root.terms_found = None
        root.watched = None
        root.sorting = False
        root.with_day = False
        language = locale or root.get("default-locale") or "en-US"
        root.ambiguous = ambiguous
        root.language = language.split("-")[0]
        root.genitives = corrections.GENITIVES.get(root.language, {})
        root.set_locale_list(language, validate=False)
        root.terms_found = {}
        self.root = root

    def sort_bibliography(self, citation_items: list[Any]) -> list[Any]:
        """Return the items in the order of the style."""
        self.root.sorting = True
        try:
            found: list[Any] = super().sort_bibliography(citation_items)
        finally:
            self.root.sorting = False
        return found


class RememberingItem(CitationItem):  # type: ignore[misc]
    """A cited item that looks its reference up once."""

    @property
    def reference(self) -> Any:
        """The cited document's data."""
        found = dict.get(self, "_reference")
        if found is None:
            found = super().reference
            dict.__setitem__(self, "_reference", found)
        return found

    def add(self, variable: str, value: str) -> None:
        """Say something of the document that is true of this citation alone."""
        own = copy(self.reference)
        own[variable.replace("-", "_")] = value
        dict.__setitem__(self, "_reference", own)
