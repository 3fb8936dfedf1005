"""The cited documents as CSL-JSON, BibTeX and RIS."""

import json

from index.citing import bibtex, ris
from index.export.prepared import Prepared


def write(prepared: Prepared) -> None:
    """Write `citations.csl.json`, `references.bib` and `references.ris`."""
    items = list(prepared.references)
    text = json.dumps(items, ensure_ascii=False, indent=1)
    prepared.bag.write("data/citations.csl.json", text + "\n")
    prepared.bag.write("data/references.bib", bibtex.write(items))
    prepared.bag.write("data/references.ris", ris.write(items))
