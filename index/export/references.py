"""The cited documents as CSL-JSON, BibTeX and RIS."""

import json

from index.export.prepared import Prepared


def write_csl(prepared: Prepared) -> None:
    """Write `citations.csl.json`."""
    text = json.dumps(list(prepared.references), ensure_ascii=False, indent=1)
    prepared.bag.write("data/citations.csl.json", text + "\n")
