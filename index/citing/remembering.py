"""What every style element of citeproc-py gains: it remembers what it looks up.

The processor compiles an XPath for every macro it meets and walks through all
macros again to learn whether they print a variable: four fifths of the time of a
citation in a large style. Here both are kept on the root of the style.
"""

from functools import lru_cache
from typing import Any, cast

from citeproc.string import MixedString, String
from lxml import etree

NAMESPACE = "http://purl.org/net/xbiblio/csl"
PREFIXES = {"cs": NAMESPACE, "xml": "http://www.w3.org/XML/1998/namespace"}
# Where a term is looked for that a locale has not in the form that is wanted.
NEXT_FORM = {"symbol": "short", "verb-short": "verb", "short": None, "verb": None}


def _own(text: Any) -> Any:
    """Return a text or number as the processor's own kind of text."""
    if isinstance(text, MixedString):
        return MixedString([one if isinstance(one, String) else String(one) for one in text])
    return text if isinstance(text, String) else String(text)


@lru_cache(maxsize=512)
def _compiled(expression: str) -> etree.XPath:
    return etree.XPath(expression, namespaces=PREFIXES)


class Remembering:
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


class Termed(Remembering):
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
            if found is None and form in NEXT_FORM:
                found = self.get_term(name, NEXT_FORM[form], fallback_locale, zero_padded)
            known[key] = found
        return known[key]

    def case(self, text: Any, *rest: Any) -> Any:
        """Return a text in the case that a style wants; the processor's own text cannot do that."""
        return super().case(_own(text), *rest) if text else text  # type: ignore[misc]

    def strip_periods(self, text: Any) -> Any:
        """Return a text without full stops where a style wants none."""
        return super().strip_periods(_own(text))  # type: ignore[misc]
