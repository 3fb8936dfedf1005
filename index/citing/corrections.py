"""citeproc-py's style elements where it does not print what a style says.

It forgets what a macro printed in the place of a missing author, and prints a
title twice; prints the label of a variable that is not there, and leaves one for
title case as it is; joins the parts of a locale's date by nothing; and takes every
citation for one that is not clear without its title.
"""

from typing import Any

from citeproc import model as elements
from citeproc.source import VariableError
from citeproc.string import join

from index.citing.positions import NEAR
from index.citing.remembering import Termed
from index.citing.rich import IN_QUOTE

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


class Date(Termed, elements.Date):  # type: ignore[misc]
    """A `cs:date` with the genitive of a month, «24 мая», and with its locale's delimiter."""

    def render_single_date(self, date: Any, show_parts: Any = None, context: Any = None) -> Any:
        """Return one date, its parts joined as the style or else its locale says."""
        parts = self.parts(date, show_parts, None if context is self else context)
        if not parts:
            return None
        asking = self.is_locale_date() and context is not None and "delimiter" in context.attrib
        return (context if asking else self).join(parts)

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


class DatePart(Termed, elements.Date_Part):  # type: ignore[misc]
    """A `cs:date-part` of a locale that takes the form a style wants for that date alone."""

    def render(self, date: Any, context: Any = None) -> Any:
        """Return the part as marked text."""
        own = dict(self.attrib)
        try:
            return super().render(date, context)
        finally:
            self.attrib.clear()
            self.attrib.update(own)


class Label(Termed, elements.Label):  # type: ignore[misc]
    """A `cs:label` that prints nothing without what it is the label of."""

    def process(
        self, item: Any, variable: Any = None, plural: Any = None, context: Any = None, **rest: Any
    ) -> Any:
        """Return the term, or None without a value."""
        if variable is None and not self._has_value(item):
            return None
        return super().process(item, variable, plural, context, **rest)

    def _has_value(self, item: Any) -> bool:
        name = str(self.get("variable"))
        if name == "locator":
            return bool(item.has_locator)
        return name.replace("-", "_") in item.reference

    def _is_plural(self, item: Any) -> bool:
        name = str(self.get("variable"))
        if name.startswith("number-of"):
            return str(item.reference.get(name.replace("-", "_"))).strip() != "1"
        return bool(super()._is_plural(item))

    def case(self, text: Any, language: str | None = None) -> Any:
        """Return a term in the case of the style; only English has titles."""
        return super().case(text, language or self.get_root().language)


class _Conditional(Termed):
    """A condition that knows which documents only their titles tell from others."""

    def render(self, item: Any, context: Any = None, **rest: Any) -> Any:
        """Return what stands under the condition, or raise `ConditionFailed`."""
        if "disambiguate" in self.attrib:  # type: ignore[attr-defined]
            met = item.key in self.get_root().ambiguous  # type: ignore[attr-defined]
            match = self.get("match", "all")  # type: ignore[attr-defined]
            if met and match == "any":
                return self.render_children(item, context=context, **rest)  # type: ignore[attr-defined]
            if met == (match == "none") and match != "any":
                raise elements.ConditionFailed
        return super().render(item, context=context, **rest)  # type: ignore[misc]

    def _type(self, item: Any) -> list[bool]:
        found: list[bool] = super()._type(item)  # type: ignore[misc]
        # A document is of one type: of several, “all” can only mean one of them.
        return [any(found)] if self.get("match", "all") == "all" else found  # type: ignore[attr-defined]


class If(_Conditional, elements.If):  # type: ignore[misc]
    """A `cs:if` that heeds `disambiguate`."""


class ElseIf(_Conditional, elements.Else_If):  # type: ignore[misc]
    """A `cs:else-if` that heeds `disambiguate`."""


class NamePart(Termed, elements.Name_Part):  # type: ignore[misc]
    """A `cs:name-part` whose names are one text, which the processor joins to others."""

    def format_part(self, given: Any, family: Any) -> Any:
        """Return a given and a family name, one of them formatted."""
        return tuple(name and str(name) for name in super().format_part(given, family))


class Style(Termed, elements.Style):  # type: ignore[misc]
    """A `cs:style` that is asked how near a note is, which stands in its `cs:citation`."""

    def get_option(self, name: str) -> Any:
        """Return an option of the style."""
        if name == "near-note-distance":
            return int(self.citation.get(name, NEAR))
        return super().get_option(name)


def _held_back(element: Any, context: Any, tag: str) -> list[str]:
    """Return the variables that a substitute printed in this entry."""
    layout = context.get_layout()
    if layout.repressed is None:
        layout.repressed = {}
    found: list[str] = layout.repressed.setdefault(tag, [])
    return found


def _note(element: Any, tag: str, variable: str) -> None:
    """Tell the substitute around an element, if there is one, what was printed."""
    watched: set[tuple[str, str]] | None = element.get_root().watched
    if watched is not None:
        watched.add((tag, variable))


class Macro(Termed, elements.Macro):  # type: ignore[misc]
    """A `cs:macro` that, like a group, prints nothing when none of its variables is there."""

    def render(self, item: Any, context: Any = None, sort_options: Any = None) -> Any:
        """Return what the children print, or None."""
        called = printed = False
        found = []
        for child in self.iterchildren():
            calls = child.calls_variable()
            called = called or calls
            try:
                text = child.render(item, context=context, sort_options=sort_options)
            except VariableError:
                continue
            if text is not None:
                found.append(text)
                printed = printed or calls
        return join(found, "") if found and (printed or not called) else None


class Text(Termed, elements.Text):  # type: ignore[misc]
    """A `cs:text` that asks a macro once whether it prints a variable, and notes what it prints."""

    def _variable(self, item: Any, context: Any) -> Any:
        variable = self.get("variable")
        if variable in _held_back(self, context, "text"):
            return None
        text = super()._variable(item, context)
        if text is not None and variable != "locator":
            _note(self, "text", variable)
        return text

    def quote(self, string: Any) -> Any:
        """Return a text in quotes, with a mark where a full stop goes that stands inside them."""
        quoted = self.get("quotes", "false").lower() == "true"
        if quoted and self.get_locale_option("punctuation-in-quote") == "true":
            string = string + IN_QUOTE
        return super().quote(string)

    def calls_variable(self) -> bool:
        """Say whether this prints a variable."""
        name = self.get("macro")
        if name is None or "variable" in self.attrib:
            return bool(super().calls_variable())
        known: dict[str, bool] = self.get_root().calls
        if name not in known:
            known[name] = bool(super().calls_variable())
        return known[name]


class Names(Termed, elements.Names):  # type: ignore[misc]
    """A `cs:names` that prints nothing when a substitute printed these names already."""

    def process(
        self, item: Any, names_context: Any = None, context: Any = None, **rest: Any
    ) -> Any:
        """Return the names as marked text."""
        held = _held_back(self, context if context is not None else self, "names")
        if self.get("variable") in held:
            return None
        text = super().process(item, names_context=names_context, context=context, **rest)
        if text:
            _note(self, "names", self.get("variable"))
        return text


class Substitute(Termed, elements.Substitute):  # type: ignore[misc]
    """A `cs:substitute` that holds back all that it printed from the rest of the entry."""

    def render(self, item: Any, context: Any = None, **rest: Any) -> Any:
        """Return what stands in the place of missing names."""
        root = self.get_root()
        outer, root.watched = root.watched, set()
        try:
            text = super().render(item, context=context, **rest)
            if text and not root.sorting:
                for tag, variable in sorted(root.watched):
                    _held_back(self, context, tag).append(variable)
        finally:
            root.watched = outer
        return text

    def add_to_repressed_list(self, child: Any, context: Any) -> None:
        """Leave it to what the children noted: a choice may have printed names, too."""


CLASSES: dict[str, type] = {
    "date": Date,
    "date-part": DatePart,
    "else-if": ElseIf,
    "if": If,
    "label": Label,
    "macro": Macro,
    "name-part": NamePart,
    "names": Names,
    "style": Style,
    "substitute": Substitute,
    "text": Text,
}
