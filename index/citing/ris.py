"""RIS: CSL items written through rispy."""

from collections.abc import Iterable, Mapping
from typing import Any

from index.citing.bibtex import one_line

TYPES = {
    "report": "RPRT",
    "book": "BOOK",
    "chapter": "CHAP",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "article": "JOUR",
    "webpage": "ELEC",
    "post": "BLOG",
    "post-weblog": "BLOG",
    "thesis": "THES",
    "legislation": "STAT",
    "regulation": "STAT",
    "treaty": "STAT",
    "bill": "BILL",
    "legal_case": "CASE",
    "hearing": "HEAR",
    "manuscript": "UNPB",
    "paper-conference": "CPAPER",
    "dataset": "DATA",
    "map": "MAP",
}
FIELDS = {
    "title": "title",
    "container-title": "secondary_title",
    "collection-title": "tertiary_title",
    "publisher": "publisher",
    "publisher-place": "place_published",
    "volume": "volume",
    "issue": "number",
    "number": "number",
    "edition": "edition",
    "page": "start_page",
    "DOI": "doi",
    "ISBN": "issn",
    "ISSN": "issn",
    "abstract": "abstract",
    "language": "language",
    "genre": "type_of_work",
}


def write(items: Iterable[Mapping[str, Any]]) -> str:
    """Return a `.ris` file of CSL items."""
    import rispy

    class Writer(rispy.RisWriter):  # type: ignore[misc]
        """A writer that does not number the entries, which some programs read as text."""

        def set_header(self, count: int) -> str:
            """Return what stands before an entry."""
            return ""

    return str(rispy.dumps([_entry(item) for item in items], implementation=Writer)).lstrip()


def _entry(item: Mapping[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "type_of_reference": TYPES.get(str(item.get("type")), "GEN"),
        "id": str(item["id"]),
    }
    for role, name in (("author", "authors"), ("editor", "secondary_authors")):
        if item.get(role):
            entry[name] = [_name(one) for one in item[role]]
    for key, name in FIELDS.items():
        if item.get(key) and name not in entry:
            entry[name] = one_line(str(item[key]))
    if item.get("URL"):
        entry["urls"] = [one_line(str(item["URL"]))]
    parts = ((item.get("issued") or {}).get("date-parts") or [[]])[0]
    if parts:
        entry["year"] = str(parts[0])
        numbers = [f"{int(part):02d}" for part in parts[1:]]
        entry["date"] = "/".join([str(parts[0]), *numbers, *[""] * (2 - len(numbers)), ""])
    return entry


def _name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return one_line(name["literal"])
    return ", ".join(one_line(name[part]) for part in ("family", "given") if name.get(part))
