"""Entity lists as tables: CSV and TSV with headers that are known or mapped by the user."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.entities.entry import ListEntry, ListReading
from index.errors import BadInput
from index.model import ENTITY_KINDS, Alias, Entity

FIELDS = ("kind", "name", "aliases", "weak", "description", "color", "parent", "id", "wikidata")
HEADERS: Mapping[str, tuple[str, ...]] = {
    "kind": ("kind", "schema", "type", "entity type", "тип", "вид", "түрі"),
    "name": ("name", "itemlabel", "label", "caption", "title", "имя", "название", "аты", "атауы"),
    "aliases": (
        "aliases",
        "alias",
        "itemaltlabel",
        "altlabel",
        "other names",
        "also known as",
        "aka",
        "псевдонимы",
    ),
    "weak": ("weak aliases", "weak", "weakalias"),
    "description": ("description", "itemdescription", "summary", "описание", "сипаттама"),
    "color": ("color", "colour", "цвет"),
    "parent": ("parent", "broader", "under"),
    "id": ("id", "identifier"),
    "wikidata": ("wikidata", "wikidata id", "qid", "item"),
}
KINDS: Mapping[str, str] = {
    "person": "Person",
    "people": "Person",
    "человек": "Person",
    "персона": "Person",
    "адам": "Person",
    "organization": "Organization",
    "organisation": "Organization",
    "org": "Organization",
    "company": "Organization",
    "legalentity": "Organization",
    "publicbody": "Organization",
    "politicalparty": "Organization",
    "document": "Law",
    "note": "Theme",
    "организация": "Organization",
    "ұйым": "Organization",
    "law": "Law",
    "legislation": "Law",
    "закон": "Law",
    "заң": "Law",
    "place": "Place",
    "location": "Place",
    "address": "Place",
    "gpe": "Place",
    "loc": "Place",
    "место": "Place",
    "жер": "Place",
    "event": "Event",
    "событие": "Event",
    "оқиға": "Event",
    "theme": "Theme",
    "topic": "Theme",
    "code": "Theme",
    "тема": "Theme",
    "тақырып": "Theme",
}
LARGEST_CELL = 1_000_000
_SPLIT = re.compile(r"\s*[;|]\s*")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def kind_of(text: str) -> str:
    """Return the kind that a list's own word stands for, or "" when it is not known."""
    return KINDS.get(re.sub(r"[\s_-]+", "", text.strip().casefold()), "")


def split_names(cell: str) -> tuple[str, ...]:
    """Return the names of one cell, parted by ; or |."""
    return tuple(part for part in _SPLIT.split(cell.strip()) if part)


def unquoted(cell: str) -> str:
    """Return a cell without the quote that keeps a spreadsheet from computing it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULA else cell


def quoted(cell: str) -> str:
    """Return a cell that a spreadsheet will show and never compute."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV or TSV text with the line each begins on."""
    csv.field_size_limit(LARGEST_CELL)
    first = text.partition("\n")[0]
    delimiter = max(("\t", ",", ";"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, []
            continue
        if any(cell.strip() for cell in row):
            yield line, row


def guess_mapping(headers: Sequence[str]) -> dict[str, str]:
    """Return which header holds which field, for the headers that are known."""
    by_name = {" ".join(header.split()).casefold(): header for header in headers}
    found: dict[str, str] = {}
    for name, known in HEADERS.items():
        for header in known:
            if header in by_name:
                found[name] = by_name[header]
                break
    return found


def read_table(text: str, mapping: Mapping[str, str] | None = None) -> ListReading:
    """Read a table; `mapping` gives the header of a field, or `=Kind` for one kind throughout."""
    rows = list(rows_of(text))
    if not rows:
        return ListReading((), ("The file holds no lines.",))
    headers = [cell.strip() for cell in rows[0][1]]
    used = {**guess_mapping(headers), **(mapping or {})}
    fixed = {name: header[1:] for name, header in used.items() if header.startswith("=")}
    columns = {name: header for name, header in used.items() if name not in fixed}
    for name, header in columns.items():
        if name not in FIELDS or header not in headers:
            raise BadInput(f"The file has no column “{header}” for {name}.")
    if "name" not in columns or not {"kind"} & {*columns, *fixed}:
        raise BadInput(
            "The file needs the columns kind and name; say which of its columns they are:"
            f" {', '.join(headers[:12])}; or, for every line, one kind (=Person)."
        )
    where = {name: headers.index(header) for name, header in columns.items()}
    entries: list[ListEntry] = []
    problems: list[str] = []
    for line, row in rows[1:]:
        cells = {name: unquoted(row[at]) if at < len(row) else "" for name, at in where.items()}
        made = _entry(line, {**cells, **fixed}, bool(row))
        if isinstance(made, ListEntry):
            entries.append(made)
        else:
            problems.append(made)
    return ListReading(tuple(entries), tuple(problems), tuple(headers), used)


def _entry(line: int, cells: Mapping[str, str], readable: bool) -> ListEntry | str:
    """Return the entry of one row, or a sentence that says why there is none."""
    if not readable:
        return f"Line {line} cannot be read as a row of the table."
    name = " ".join(cells["name"].split())
    if not name:
        return f"Line {line} has no name."
    kind = kind_of(cells["kind"])
    if not kind:
        return f"Line {line}: “{cells['kind'].strip()}” is no kind ({', '.join(ENTITY_KINDS)})."
    split = _split_wikidata if "/" in cells.get("wikidata", "") else split_names
    aliases = [Alias(alias) for alias in split(cells.get("aliases", ""))]
    aliases += [Alias(alias, weak=True) for alias in split_names(cells.get("weak", ""))]
    return ListEntry(
        kind=kind,
        name=name,
        aliases=tuple(aliases),
        description=cells.get("description", "").strip(),
        color=cells.get("color", "").strip(),
        parent=cells.get("parent", "").strip(),
        external=_external(cells),
        line=line,
    )


def _split_wikidata(cell: str) -> tuple[str, ...]:
    """Return the names of a cell that a query service filled: parted by commas, or as ours."""
    if ";" in cell or "|" in cell:
        return split_names(cell)
    return tuple(part.strip() for part in cell.split(", ") if part.strip())


def _external(cells: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    identity = cells.get("id", "").strip()
    if re.fullmatch(r"Q\d+", identity):
        found["wikidata"] = identity
    elif identity:
        found["opensanctions"] = identity
    item = re.search(r"Q\d+$", cells.get("wikidata", "").strip())
    if item:
        found["wikidata"] = item[0]
    return found


def is_taguette(text: str) -> bool:
    """Say whether a table is a Taguette codebook: tags with descriptions and no kind."""
    first = text.partition("\n")[0].strip().casefold()
    headers = {cell.strip(' "') for cell in first.split(",")}
    return headers in (
        {"tag", "description"},
        {"path", "description"},
        {"name", "description"},
    ) or ({"tag", "description"} <= headers and "kind" not in headers)


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([quoted(cell) for cell in row])
    return out.getvalue()


def write_opensanctions(entities: Iterable[Entity]) -> str:
    """Return entities with the columns of OpenSanctions' simple list that they can fill."""
    return _csv(
        ("id", "schema", "name", "aliases"),
        (
            (
                entity.external.get("opensanctions", entity.id),
                entity.kind,
                entity.name,
                ";".join(alias.name for alias in entity.aliases if not alias.weak),
            )
            for entity in entities
        ),
    )


def write_wikidata(entities: Iterable[Entity]) -> str:
    """Return entities as a Wikidata query would, with their kind beside."""
    return _csv(
        ("item", "itemLabel", "itemAltLabel", "itemDescription", "kind"),
        (
            (
                f"http://www.wikidata.org/entity/{entity.external['wikidata']}"
                if "wikidata" in entity.external
                else "",
                entity.name,
                "; ".join(alias.name for alias in entity.aliases if not alias.weak),
                entity.description,
                entity.kind,
            )
            for entity in entities
        ),
    )


def write_table(entities: Iterable[Entity], delimiter: str = ",") -> str:
    """Return entities as a table with a header."""
    every = list(entities)
    names = {entity.id: entity.name for entity in every}
    header = (
        *("kind", "name", "aliases", "weak aliases", "description", "color", "parent"),
        *("wikidata", "id"),
    )
    rows = []
    for entity in every:
        strong = "; ".join(alias.name for alias in entity.aliases if not alias.weak)
        weak = "; ".join(alias.name for alias in entity.aliases if alias.weak)
        row = (
            entity.kind,
            entity.name,
            strong,
            weak,
            entity.description,
            entity.color,
            names.get(entity.parent or "", ""),
            entity.external.get("wikidata", ""),
            entity.external.get("opensanctions", ""),
        )
        rows.append(row)
    return _csv(header, rows, delimiter)
