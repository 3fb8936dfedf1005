"""Citations and annotations held against a schema and models that others made.

CSL: the schema of the Citation Style Language, as csl-data carries it. It is that
of 2016, so what CSL 1.0.2 added to it is named here and looked at no further.
W3C: the models of Web Annotations that the libraries of the IIIF community use.
FollowTheMoney: the schemas of its library, and the languages that it knows.
"""

import copy
import importlib
import json
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urljoin

import pytest
from jsonschema import Draft3Validator
from pydantic import ValidationError

from index.citing import items
from index.export.follow_the_money import FILES, LANGUAGES, SCHEMAS
from index.library import Library
from index.model import ENTITY_KINDS, ExportRequest
from tests.export import ftm_schema

SINCE_2016 = {
    "types": "classic collection document event hearing performance periodical regulation software "
    "standard".split(),
    "variables": "archive_collection available-date chair citation-key compiler contributor "
    "curator custom division event-title executive-producer guest host narrator organizer part "
    "part-title performer printing producer reviewed-genre script-writer series-creator "
    "supplement volume-title volume-title-short".split(),
}


def package(name: str) -> Path:
    """Return where an installed package lies, without running it."""
    spec = find_spec(name)
    assert spec is not None and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])


@pytest.fixture(scope="module")
def csl() -> Draft3Validator:
    return Draft3Validator(json.loads((package("csl_data") / "csl-data.json").read_bytes()))


@pytest.fixture(scope="module")
def model() -> ModuleType:
    """The models of iiif-prezi3 alone: the package as a whole wants to fetch and to draw."""
    shell = ModuleType("iiif_prezi3")
    shell.__path__ = [str(package("iiif_prezi3"))]
    sys.modules["iiif_prezi3"] = shell
    return importlib.import_module("iiif_prezi3.skeleton")


def of_2016(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return items without what the schema is too old for."""
    return [
        {
            key: "report" if key == "type" and value in SINCE_2016["types"] else value
            for key, value in item.items()
            if key not in SINCE_2016["variables"]
        }
        for item in found
    ]


def test_citations_follow_the_schema(bundle: Path, csl: Draft3Validator) -> None:
    found = json.loads((bundle / "citations.csl.json").read_bytes())
    assert len(found) == 2
    csl.validate(of_2016(found))


def test_every_variable_and_type_is_in_the_schema(csl: Draft3Validator) -> None:
    known = csl.schema["items"]["properties"]
    ours = items.NAMES | items.DATES | items.STRINGS
    assert ours - set(known) == set(SINCE_2016["variables"]) - {"custom"}
    assert items.TYPES - set(known["type"]["enum"]) == set(SINCE_2016["types"])


def test_whatever_was_said_of_a_document_is_cited_by_the_schema(
    library: Library, csl: Draft3Validator
) -> None:
    given: dict[str, Any] = {
        "type": "hearsay",
        "author": [{"family": "Nurlan", "given": 7}, "Committee", {"literal": "A", "given": "B"}],
        "editor": "nobody",
        "issued": {"date-parts": [[2016, "05", 21, 9], ["2017"], [2018]], "season": 3, "x": 1},
        "accessed": {"raw": "last week", "literal": ""},
        "submitted": "2016",
        "number": 12,
        "volume": 3,
        "page": ["1", "2"],
        "number-of-pages": 100,
        "URL": None,
        "title": {"en": "no text"},
        "x-own": {"of": "ours"},
    }
    one = items.clean(given, "1")
    assert set(one["custom"]) == {"x-own"}
    csl.validate(of_2016([one, *map(items.of_document, library.documents())]))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("type", "hearsay"),
        ("author", [{"name": "Nurlan"}]),
        ("issued", {"date-parts": [2016]}),
        ("issued", {"year": 2016}),
        ("publisher", ["a"]),
        ("sha256", "0"),
    ],
)
def test_the_schema_notices_what_is_wrong(
    bundle: Path, csl: Draft3Validator, key: str, value: object
) -> None:
    found = of_2016(json.loads((bundle / "citations.csl.json").read_bytes()))
    found[0][key] = value
    assert not csl.is_valid(found)


def annotations(bundle: Path) -> list[dict[str, Any]]:
    """Return the annotations, their addresses resolved as readers of JSON-LD do it."""
    path = bundle / "annotations.jsonld"
    found: list[dict[str, Any]] = json.loads(path.read_bytes())["first"]["items"]
    for one in found:
        for target in one["target"]:
            target["source"] = urljoin(path.as_uri(), target["source"])
    return found


def test_annotations_follow_the_models(bundle: Path, model: ModuleType) -> None:
    found = annotations(bundle)
    assert len(found) == 4
    for one in found:
        read = model.Annotation.model_validate(one)
        back = json.loads(read.model_dump_json(by_alias=True, exclude_none=True))
        assert lost(one, back) <= {"dcterms:identifier", "dcterms:type", "dcterms:source", "label"}


def lost(given: Any, back: Any) -> set[str]:
    """Return the keys that the models do not know; what they know has to come back as given."""
    if isinstance(given, Mapping):
        found = {key for key in given if key not in back}
        return found.union(*(lost(given[key], back[key]) for key in given if key in back))
    if isinstance(given, list):
        assert len(given) == len(back)
        return set().union(*map(lost, given, back))
    assert given == back
    return set()


def test_the_models_notice_what_is_wrong(bundle: Path, model: ModuleType) -> None:
    right = max(annotations(bundle), key=lambda one: len(one["target"]))
    model.Annotation.model_validate(right)
    wrong = [copy.deepcopy(right) for _ in range(8)]
    wrong[0]["type"] = "annotation"
    wrong[1]["target"][0]["source"] = "documents/a.txt"
    wrong[2]["target"][1]["type"] = "Resource"
    wrong[3]["target"][0]["selector"][0]["start"] = "12"
    del wrong[4]["target"][0]["selector"][1]["exact"]
    wrong[5]["body"][0]["source"] = {"label": "somebody"}
    del wrong[6]["target"]
    wrong[7]["id"] = "passage 7"
    for number, one in enumerate(wrong):
        with pytest.raises(ValidationError):
            model.Annotation.model_validate(one)
            pytest.fail(f"change {number} went unnoticed")


def every_kind(library: Library) -> None:
    """Tag one passage with an entity of each kind."""
    made = [library.add_entity(kind, f"Some {kind}").id for kind in ENTITY_KINDS]
    library.set_passage(library.passages()[0].id, entities=made)
    document = library.documents()[0]
    library.describe(document.id, {"url": "https://example.org/a", "date": "2016-05-21"})


def ftm_lines(path: Path) -> list[dict[str, Any]]:
    """Return the entities of a FollowTheMoney file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_follow_the_money_follows_its_schemas(library: Library, tmp_path: Path) -> None:
    every_kind(library)
    request = ExportRequest(pictures=False)
    found = ftm_lines(
        library.export(tmp_path / "bundle", request).bundle / "data/entities.ftm.jsonl"
    )
    assert list(ftm_schema.problems(found)) == []
    assert {*SCHEMAS.values(), "Mention", "Documentation"} <= {one["schema"] for one in found}
    handed = ftm_lines(library.hand_over(tmp_path / "out").folder / "entities.ftm.jsonl")
    assert list(ftm_schema.problems(handed)) == []
    assert set(LANGUAGES.values()) <= ftm_schema.languages()
    assert set(FILES.values()) <= set(ftm_schema.schemas())


@pytest.mark.parametrize(
    ("schema", "key", "value", "problem"),
    [
        ("Person", "names", ["A"], "a Person has no names"),
        ("Person", "name", [], "name of a Person is no list of texts"),
        ("Mention", "resolved", ["nobody"], "resolved of a Mention is not in the file"),
        ("Documentation", "entity", None, "a Documentation lacks entity"),
        ("Pages", "date", ["May"], "date of a Pages is no date: May"),
        ("Pages", "language", ["ru"], "language of a Pages is no language: ru"),
    ],
)
def test_the_schemas_of_follow_the_money_notice_what_is_wrong(
    library: Library, tmp_path: Path, schema: str, key: str, value: list[str] | None, problem: str
) -> None:
    every_kind(library)
    found = ftm_lines(library.hand_over(tmp_path / "out").folder / "entities.ftm.jsonl")
    one = next(each for each in found if each["schema"] == schema)
    if value is None:
        del one["properties"][key]
    else:
        one["properties"][key] = value
    assert problem in list(ftm_schema.problems(found))
