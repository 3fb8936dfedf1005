"""Styles made fit for the processor: ¶ for paragraphs, Kazakh words, given names in full."""

from lxml import etree

from index.citing.rich import GAP

NAMESPACE = "http://purl.org/net/xbiblio/csl"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

KAZAKH = {
    "accessed": "қаралған күні",
    "and": "және",
    "and others": "және т.б.",
    "anonymous": "авторсыз",
    "at": "",
    "available at": "қолжетімді",
    "by": "",
    "edition": "басылым",
    "et-al": "т.б.",
    "from": "",
    "ibid": "Сонда",
    "in": "Кітапта",
    "no date": "жылы көрсетілмеген",
    "online": "онлайн",
    "page": "б.",
    "retrieved": "алынған күні",
    "open-quote": "«",
    "close-quote": "»",
    "open-inner-quote": "„",
    "close-inner-quote": "“",
    "page-range-delimiter": "–",
    "month-01": "қаңтар",
    "month-02": "ақпан",
    "month-03": "наурыз",
    "month-04": "сәуір",
    "month-05": "мамыр",
    "month-06": "маусым",
    "month-07": "шілде",
    "month-08": "тамыз",
    "month-09": "қыркүйек",
    "month-10": "қазан",
    "month-11": "қараша",
    "month-12": "желтоқсан",
}
SHORT = {"page": "б.", "edition": "бас.", "no date": "ж.к."}


def adapted(xml: bytes, locale: str) -> bytes:
    """Return a style that cites paragraphs with ¶ in every language, and speaks Kazakh."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(xml, parser)
    _spell_out_names(root)
    _part_numbers(root)
    _part_blocks(root)
    terms = _terms_of(root, locale)
    for form in (None, "short", "symbol"):
        _set(terms, "paragraph", "¶", form)
    if locale == "kk-KZ":
        for name, text in KAZAKH.items():
            _set(terms, name, text, None)
        for name, text in SHORT.items():
            _set(terms, name, text, "short")
        _add_dates(terms.getparent())
    return etree.tostring(root, encoding="UTF-8")


def _spell_out_names(root: etree._Element) -> None:
    """Move the mark of initials to the names that want it.

    The processor does not know `initialize="false"`, which says that a name has
    no initials although the style has a mark for them.
    """
    mark = root.get("initialize-with")
    names = [
        name
        for parent in root.iter(f"{{{NAMESPACE}}}names")
        for name in parent.findall(f"{{{NAMESPACE}}}name")
    ]
    if mark is not None and any(name.get("initialize") == "false" for name in names):
        del root.attrib["initialize-with"]
        for name in names:
            if "initialize-with" not in name.attrib:
                name.set("initialize-with", mark)
    for name in names:
        if name.get("initialize", root.get("initialize")) == "false":
            name.attrib.pop("initialize-with", "")


def _part_numbers(root: etree._Element) -> None:
    """Put a space after the number of an entry, which a style leaves to the page's columns."""
    bibliography = root.find(f"{{{NAMESPACE}}}bibliography")
    if bibliography is None or not bibliography.get("second-field-align"):
        return
    layout = bibliography.find(f"{{{NAMESPACE}}}layout")
    if layout is not None and len(layout):
        suffix = layout[0].get("suffix", "")
        if not suffix.endswith(" "):
            layout[0].set("suffix", f"{suffix} ")


def _part_blocks(root: etree._Element) -> None:
    """Put a space where a style begins a line or a column of its own."""
    for element in root.iter(f"{{{NAMESPACE}}}*"):
        place = element.get("display")
        if place in ("block", "left-margin"):
            element.set("suffix", element.get("suffix", "") + GAP)
        if place in ("block", "right-inline", "indent"):
            element.set("prefix", GAP + element.get("prefix", ""))


def _terms_of(root: etree._Element, locale: str) -> etree._Element:
    """Return the terms of the locale that the processor looks into first, made if missing."""
    language = locale or root.get("default-locale") or "en-US"
    wanted = None
    for element in root.findall(f"{{{NAMESPACE}}}locale"):
        if element.get(XML_LANG) == language:
            wanted = element
    if wanted is None:
        wanted = etree.Element(f"{{{NAMESPACE}}}locale")
        wanted.set(XML_LANG, language)
        info = root.find(f"{{{NAMESPACE}}}info")
        root.insert(0 if info is None else root.index(info) + 1, wanted)
    terms = wanted.find(f"{{{NAMESPACE}}}terms")
    return etree.SubElement(wanted, f"{{{NAMESPACE}}}terms") if terms is None else terms


def _set(terms: etree._Element, name: str, text: str, form: str | None) -> None:
    for old in terms.findall(f"{{{NAMESPACE}}}term"):
        if old.get("name") == name and old.get("form") == form:
            terms.remove(old)
    term = etree.SubElement(terms, f"{{{NAMESPACE}}}term", {"name": name})
    if form:
        term.set("form", form)
    for number in ("single", "multiple"):
        etree.SubElement(term, f"{{{NAMESPACE}}}{number}").text = text


def _add_dates(locale: etree._Element | None) -> None:
    if locale is None:
        return
    for form in ("text", "numeric"):
        if any(date.get("form") == form for date in locale.findall(f"{{{NAMESPACE}}}date")):
            continue
        date = etree.SubElement(locale, f"{{{NAMESPACE}}}date", {"form": form})
        if form == "text":
            parts = (("year", "", " ж. "), ("day", "", " "), ("month", "", ""))
        else:
            parts = (("day", "", "."), ("month", "", "."), ("year", "", ""))
        for name, prefix, suffix in parts:
            part = etree.SubElement(date, f"{{{NAMESPACE}}}date-part", {"name": name})
            if form == "numeric" and name != "year":
                part.set("form", "numeric-leading-zeros")
            if prefix:
                part.set("prefix", prefix)
            if suffix:
                part.set("suffix", suffix)
