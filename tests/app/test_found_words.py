"""What is said about an answer is right in number, and names what could not be searched."""

from dataclasses import fields, replace

from app.models.found_words import NAMED, counted, missing_rows, missing_words
from index.model import Document, Results

NOTHING = Results("q", (), 0, 0, 0, 0, 0.0)


def document(name: str, pages: int, unsearchable: tuple[int, ...]) -> Document:
    facts = {"authors": (), "unsearchable_pages": unsearchable, "page_count": pages, "csl": {}}
    given = {each.name: facts.get(each.name) for each in fields(Document)}
    return Document(**(given | {"id": name, "title": name}))


def test_numbers_and_nouns_agree() -> None:
    assert counted(replace(NOTHING, pages=1, documents=1)) == "1 page in 1 document"
    assert counted(replace(NOTHING, pages=1204, documents=3)) == "1,204 pages in 3 documents"
    assert missing_words(NOTHING) == ""
    one = missing_words(replace(NOTHING, unsearchable_documents=1))
    assert one.strip() == "1 document has pages that cannot be searched."
    two = missing_words(replace(NOTHING, unsearchable_documents=2))
    assert two.strip() == "2 documents have pages that cannot be searched."


def test_a_few_documents_are_named_and_the_rest_counted() -> None:
    whole = document("whole", 3, ())
    scans = [document(f"scan {n}", 1 if n == 0 else 60, (1,)) for n in range(NAMED + 1)]
    results = replace(NOTHING, unsearchable_pages=9, unsearchable_documents=len(scans))
    rows = missing_rows(results, [whole, *scans])
    assert len(rows) == NAMED + 1
    assert rows[0].text == "“scan 0”: its only page cannot be searched."
    assert rows[1].text == "“scan 1”: 1 of 60 pages cannot be searched."
    assert rows[-1].text == "1 more document has such pages."
    assert [row.document for row in rows] == [*(s.id for s in scans[:NAMED]), ""]
    assert missing_rows(NOTHING, scans) == []
    # The search counts its own documents; those of the window may not be read yet.
    (unnamed,) = missing_rows(results, [])
    assert unnamed.text == f"{len(scans)} documents have such pages."
