"""The citation processor, citeproc-py, as `Citer` uses it: one bibliography a language."""

from __future__ import annotations

import warnings
from typing import Any

from index.citing import items, styles
from index.citing.adapting import adapted
from index.citing.locators import Place
from index.citing.positions import Position
from index.citing.rich import CLOSE, FIRST_NOTE, LITERAL_HYPHEN, LOCATOR, OPEN, without_marks
from index.errors import BadInput
from index.model import Document


class _Formatter:
    """What the processor calls to emphasise: our marks around the text."""

    @staticmethod
    def preformat(text: object) -> str:
        return str(text)

    @staticmethod
    def _marked(style: str, text: object) -> str:
        return f"{OPEN[style]}{text}{CLOSE[style]}"

    def Italic(self, text: object) -> str:
        return self._marked("italic", text)

    Oblique = Italic

    def Bold(self, text: object) -> str:
        return self._marked("bold", text)

    def Light(self, text: object) -> str:
        return str(text)

    def Underline(self, text: object) -> str:
        return self._marked("underline", text)

    def Superscript(self, text: object) -> str:
        return self._marked("superscript", text)

    def Subscript(self, text: object) -> str:
        return self._marked("subscript", text)

    def SmallCaps(self, text: object) -> str:
        return self._marked("small_caps", text)


class Processor:
    """citeproc-py with one bibliography a language, all of them numbering alike."""

    def __init__(self, style: str, xml: bytes) -> None:
        from citeproc.source.json import CiteProcJSON

        self._style = style
        self._xml = xml
        self._source = CiteProcJSON([])
        self._documents: dict[str, Document] = {}
        self._bibliographies: dict[str, Any] = {}
        self.suffixes: dict[str, str] = {}
        self.ambiguous: frozenset[str] = frozenset()

    def add(self, document: Document) -> bool:
        """Make a document known, numbered in order of citation; say whether its data are new."""
        known = self._documents.get(document.id)
        if known is not None and (known is document or known.csl == document.csl):
            return False
        from citeproc.source.json import CiteProcJSON

        item = items.for_processor(document.csl, document.id)
        item.setdefault("title", without_marks(document.title))
        if document.id in self.suffixes:
            item["year-suffix"] = self.suffixes[document.id]
        if document.language:
            item.setdefault("language", document.language)
        if "language" in item:
            # Only the bare code is compared when a style capitalises titles.
            item["language"] = item["language"].split("-")[0].lower()
        self._source.update(CiteProcJSON([item]))
        self._documents[document.id] = document
        for bibliography in self._bibliographies.values():
            self._register(bibliography, document)
        return True

    def cite(
        self,
        document: Document,
        place: Place | None,
        value: str,
        position: Position,
        noted: bool = False,
    ) -> str:
        """Return one citation with our marks in it, one for the note that cited it first."""
        from citeproc import Citation

        from index.citing.engine import RememberingItem

        bibliography = self._bibliography(document)
        locator = self._locator(place, value)
        item = RememberingItem(document.id, **({"locator": locator} if locator else {}))
        citation = Citation([item])
        citation.bibliography = bibliography
        before = self._before(document, position, locator)
        for earlier in before:
            earlier.citation.bibliography = bibliography
        if noted:
            item.add("first-reference-note-number", FIRST_NOTE)
        layout = bibliography.style.root.citation
        with self._calm():
            return str(layout.render(citation, before, lambda _: ""))

    def entry(self, document: Document) -> str:
        """Return the entry of a document in the bibliography, or its citation without one."""
        bibliography = self._bibliography(document)
        if not bibliography.style.has_bibliography():
            return self.cite(document, None, "", Position.FIRST)
        wanted = [item for item in bibliography.items if item.key == document.id.lower()]
        for item in wanted:
            item.pop("_reference", None)  # the document's data may have been corrected
        with self._calm():
            found = bibliography.style.render_bibliography(wanted)
        entry = str(found[0]) if found else ""
        return entry or self.cite(document, None, "", Position.FIRST)

    def in_order(self) -> list[Document]:
        """Return the documents in the order in which the style lists them."""
        if not self._documents:
            return []
        first = next(iter(self._documents.values()))
        bibliography = self._bibliography(first)
        if not bibliography.style.has_bibliography():
            return list(self._documents.values())
        with self._calm():
            items_in_order = bibliography.style.sort_bibliography(list(bibliography.items))
        by_key = {document.id.lower(): document for document in self._documents.values()}
        return [by_key[item.key] for item in items_in_order]

    @staticmethod
    def _locator(place: Place | None, value: str) -> Any:
        from citeproc import Locator

        # Every other hyphen would become a dash, as if “A-3” were a range.
        literal = value if not value or value[0].isdigit() else value.replace("-", LITERAL_HYPHEN)
        return Locator(place.label, literal) if place else None

    @staticmethod
    def _before(document: Document, position: Position, locator: Any) -> list[Any]:
        """Return the citations that must have come before for a position to be met."""
        from citeproc import Citation, CitationItem, Locator

        def item(key: str, place: Any = None) -> Any:
            cited = CitationItem(key, **({"locator": place} if place else {}))
            Citation([cited])
            return cited

        if position is Position.FIRST:
            return []
        if position is Position.IBID:
            return [item(document.id, locator)]
        if position is Position.IBID_ELSEWHERE:
            return [item(document.id, Locator("page", LOCATOR + LOCATOR))]
        others = [item("another document") for _ in range(1 if position is Position.NEAR else 9)]
        return [item(document.id), *others]

    def _bibliography(self, document: Document) -> Any:
        locale = self._locale_of(document)
        if locale not in self._bibliographies:
            self._bibliographies[locale] = self._load(locale)
        return self._bibliographies[locale]

    def _locale_of(self, document: Document) -> str:
        language = str(document.csl.get("language") or document.language or "")
        return styles.LOCALES.get(language.split("-")[0].lower(), "")

    def _load(self, locale: str) -> Any:
        from citeproc import CitationStylesBibliography

        from index.citing.engine import RememberingStyle

        try:
            with self._calm():
                keys = frozenset(document.lower() for document in self.ambiguous)
                style = RememberingStyle(adapted(self._xml, locale), locale or None, keys)
        except (ValueError, KeyError, SyntaxError) as error:
            raise BadInput(f"The citation style “{self._style}” cannot be used.") from error
        bibliography = CitationStylesBibliography(style, self._source, _Formatter())
        for document in self._documents.values():
            self._register(bibliography, document)
        return bibliography

    @staticmethod
    def _register(bibliography: Any, document: Document) -> None:
        from citeproc import Citation

        from index.citing.engine import RememberingItem

        bibliography.register(Citation([RememberingItem(document.id)]))

    @staticmethod
    def _calm() -> warnings.catch_warnings[None]:
        return warnings.catch_warnings(action="ignore")
