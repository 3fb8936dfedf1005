"""citeproc-py's style elements, made to remember what they look up and what they printed.

The processor compiles an XPath for every macro it meets and walks through all
macros again to learn whether they print a variable: four fifths of the time of a
citation in a large style. The elements here keep both on the root.

It also forgets what a macro printed in the place of a missing author, and prints
a title twice; here a substitute holds back every variable that it printed.
"""

from functools import lru_cache
from io import BytesIO
from typing import Any, cast

from citeproc import CitationItem, CitationStylesStyle
from citeproc import model as elements
from lxml import etree

# Months after a day, in the languages whose words for them have another form there.
GENITIVES = {
    "ru": {
        "январь": "января", "февраль": "февраля", "март": "марта", "апрель": "апреля",
        "май": "мая", "июнь": "июня", "июль": "июля", "август": "августа",
        "сентябрь": "сентября", "октябрь": "октября", "ноябрь": "ноября", "декабрь": "декабря",
    },
    "uk": {
        "січень": "січня", "лютий": "лютого", "березень": "березня", "квітень": "квітня",
        "травень": "травня", "червень": "червня", "липень": "липня", "серпень": "серпня",
        "вересень": "вересня", "жовтень": "жовтня", "листопад": "листопада",
        "грудень": "грудня",
    },
}  # fmt: skip
NAMESPACE = "http://purl.org/net/xbiblio/csl"
PREFIXES = {"cs": NAMESPACE, "xml": "http://www.w3.org/XML/1998/namespace"}


@lru_cache(maxsize=512)
def _compiled(expression: str) -> etree.XPath:
    return etree.XPath(expression, namespaces=PREFIXES)


class _Remembering:
    """What every style element gains; the root of a style holds what was found."""

    def xpath_search(self, expression: str) -> Any:
        """Return what an XPath selects from here."""
        return _compiled(expression)(cast(etree._Element, self))

    def get_macro(self, name: str) -> Any:
        """Return the macro of a name."""
        root: Any = self.get_root()  # type: ignore[attr-defined]
        if name not in root.macros:
            raise IndexError(name)
        return root.macros[name]

    def get_single_term(self, name: str, *rest: Any, **named: Any) -> Any:
        """Return the singular of a term, the genitive of a month that has a day."""
        term = super().get_single_term(name, *rest, **named)  # type: ignore[misc]
        root: Any = self.get_root()  # type: ignore[attr-defined]
        if name.startswith("month-") and root.with_day:
            return type(term)(root.genitives.get(str(term), term))
        return term

    def get_layout(self) -> Any:
        """Return the layout that this element stands in."""
        element: Any = self
        while element.tag != f"{{{NAMESPACE}}}layout":
            element = element.getparent()
        return element


class _Termed(_Remembering):
    """What every element but a locale gains: terms looked up once a style."""

    def get_term(
        self,
        name: str,
        form: str | None = None,
        fallback_locale: bool = True,
        zero_padded: bool = False,
    ) -> Any:
        """Return the term of a name in the first locale that has it, or None."""
        root: Any = self.get_root()  # type: ignore[attr-defined]
        known: dict[tuple[Any, ...], Any] | None = root.terms_found
        if known is None:  # the root is a locale of the processor's own
            return super().get_term(name, form, fallback_locale, zero_padded)  # type: ignore[misc]
        key = (name, form, fallback_locale, zero_padded)
        if key not in known:
            found = super().get_term(name, form, fallback_locale, zero_padded)  # type: ignore[misc]
            known[key] = found
        return known[key]


class _Date(_Termed, elements.Date):  # type: ignore[misc]
    """A `cs:date` that has the genitive of a month when it prints a day: «24 мая»."""

    def process(
        self,
        item: Any,
        variable: Any = None,
        show_parts: Any = None,
        context: Any = None,
        **rest: Any,
    ) -> Any:
        """Return the date as marked text."""
        root = self.get_root()
        outer, root.with_day = root.with_day, self._prints_day(item, variable, show_parts)
        try:
            return super().process(item, variable, show_parts, context, **rest)
        finally:
            root.with_day = outer

    def _prints_day(self, item: Any, variable: str | None, show_parts: Any) -> bool:
        name = str(variable or self.get("variable") or "").replace("-", "_")
        date = item.reference.get(name)
        if isinstance(date, dict):
            date = date.get("begin", date)
        if not isinstance(date, dict) or not date.get("day"):
            return False
        form, parts = self.get("form"), self
        if form is not None and not self.is_locale_date():
            parts = self.get_date(form)
            show_parts = (self.get("date-parts") or "year-month-day").split("-")
        if show_parts is not None and "day" not in show_parts:
            return False
        return any(part.get("name") == "day" for part in parts)


def _held_back(element: Any, context: Any, tag: str) -> list[str]:
    """Return the variables that a substitute printed in this entry."""
    layout = context.get_layout()
    if layout.repressed is None:
        layout.repressed = {}
    found: list[str] = layout.repressed.setdefault(tag, [])
    return found


class _Text(_Termed, elements.Text):  # type: ignore[misc]
    """A `cs:text` that asks a macro once whether it prints a variable, and notes what it prints."""

    def _variable(self, item: Any, context: Any) -> Any:
        variable = self.get("variable")
        if variable in _held_back(self, context, "text"):
            return None
        text = super()._variable(item, context)
        watched: set[str] | None = self.get_root().watched
        if text is not None and watched is not None and variable != "locator":
            watched.add(variable)
        return text

    def calls_variable(self) -> bool:
        """Say whether this prints a variable."""
        name = self.get("macro")
        if name is None or "variable" in self.attrib:
            return bool(super().calls_variable())
        known: dict[str, bool] = self.get_root().calls
        if name not in known:
            known[name] = bool(super().calls_variable())
        return known[name]


class _Names(_Termed, elements.Names):  # type: ignore[misc]
    """A `cs:names` that prints nothing when a substitute printed these names already."""

    def process(
        self, item: Any, names_context: Any = None, context: Any = None, **rest: Any
    ) -> Any:
        """Return the names as marked text."""
        held = _held_back(self, context if context is not None else self, "names")
        if self.get("variable") in held:
            return None
        return super().process(item, names_context=names_context, context=context, **rest)


class _Substitute(_Termed, elements.Substitute):  # type: ignore[misc]
    """A `cs:substitute` that holds back all that it printed from the rest of the entry."""

    def render(self, item: Any, context: Any = None, **rest: Any) -> Any:
        """Return what stands in the place of missing names."""
        root = self.get_root()
        outer, root.watched = root.watched, set()
        try:
            text = super().render(item, context=context, **rest)
            if text and not root.sorting:
                _held_back(self, context, "text").extend(root.watched)
        finally:
            root.watched = outer
        return text

    def add_to_repressed_list(self, child: Any, context: Any) -> None:
        """Hold back the names of the child that was printed."""
        if not self.get_root().sorting and child.tag == f"{{{NAMESPACE}}}names":
            _held_back(self, context, "names").append(child.get("variable"))


@lru_cache(maxsize=1)
def _classes() -> dict[str | None, type]:
    plain = elements.CitationStylesElement
    found: dict[str | None, type] = {None: type("Element", (_Remembering, plain), {})}
    for cls in plain.__subclasses__():
        if cls is found[None]:
            continue
        name = cls.__name__.replace("_", "-").lower()
        gained = _Remembering if cls is elements.Locale else _Termed
        found[name] = type(cls.__name__, (gained, cls), {})
    found |= {"text": _Text, "names": _Names, "substitute": _Substitute, "date": _Date}
    return found


class RememberingStyle(CitationStylesStyle):  # type: ignore[misc]
    """A style for the processor, read from XML that was checked before."""

    def __init__(self, xml: bytes, locale: str | None) -> None:
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
        root.genitives = GENITIVES.get(language.split("-")[0], {})
        root.set_locale_list(locale or root.get("default-locale") or "en-US", validate=False)
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
