"""The export as a list of named steps: prepare, write each file, close the bag, put it in place."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from index import private
from index.errors import BadInput
from index.export import (
    annotations,
    crate,
    custody_file,
    documents,
    encrypting,
    follow_the_money,
    last_search,
    pictures,
    placing,
    references,
    refi,
    report_docx,
    report_html,
    report_markdown,
    tables,
)
from index.export.bag import Bag
from index.export.blank import blanked
from index.export.content import BundleContent
from index.export.prepared import Prepared, prepare
from index.export.tools import Tools
from index.export.treating import treated
from index.model import BundleSummary, ExportRequest
from index.progress import NullProgress, Progress

WORKERS = 2
PER_BYTE = 4  # bytes of a bundle in the making for each byte of its originals, at most
STEPS: tuple[tuple[str, Callable[[Prepared], None]], ...] = (
    ("references", references.write),
    ("annotations", annotations.write),
    ("the table of passages", tables.write_passages),
    ("the table of entities", tables.write_entities),
    ("FollowTheMoney", follow_the_money.write),
    ("the REFI-QDA project", refi.write),
    ("the custody record", custody_file.write),
    ("the report", report_html.write),
    ("the report as Markdown", report_markdown.write),
    ("the report for Word", report_docx.write),
    ("the description of the bundle", crate.write),
)


def export(
    content: BundleContent, readers: Tools, out: Path, progress: Progress | None = None
) -> BundleSummary:
    """Write a citation bundle to `out`, a folder or, when asked for or named so, a zip.

    Nothing is left behind when the work is cancelled or fails, and a bundle that
    was there before stays as it was. Raises `BundleThere` when a bundle is there that
    is not to be replaced, `BadInput` when `out` is something else.
    """
    progress = progress or NullProgress()
    if not content.passages:
        raise BadInput("There are no passages to export. Tag some first.")
    out = target(out, content.request)
    placing.require_free(out, content.request.replace)
    content, hider = treated(content)
    request = content.request
    with placing.workplace(out) as work, _inside(work, content, out) as inside:
        root = out.name.removesuffix(".age").removesuffix(".zip")
        bag = Bag(inside / root)
        prepared = _filled(content, bag, readers, progress)
        bag.close(_info(prepared))
        if request.signing_key is not None:
            bag.sign(request.signing_key, request.signing_passphrase)
        if hider is not None:

            def empty() -> Path:
                return _empty(content, Bag(inside / "empty" / root), readers)

            last_search.require_hidden(bag.folder, hider, progress, empty)
        built = bag.folder
        if out.suffix in (".zip", ".age"):
            built = inside / f"{root}.zip"
            placing.pack(bag.folder, root, built, progress)
        if out.suffix == ".age":
            packed, built = built, work / out.name
            encrypting.encrypt(packed, built, request.recipients, request.passphrase)
        files, size = _size(bag.folder)
        progress.report(1, 1, "Moving into place")
        placing.require_free(out, request.replace)
        placing.place(built, out)
    return BundleSummary(
        bundle=out,
        passages=len(prepared.items),
        documents=len(content.documents),
        files=files,
        bytes=size,
        notices=tuple(prepared.notices),
    )


def _inside(work: Path, content: BundleContent, out: Path) -> AbstractContextManager[Path]:
    """Return where a bundle is put together: one to be encrypted in memory, if it has room."""
    if out.suffix != ".age":
        return nullcontext(work)
    size = sum(document.size for document in content.documents)
    return private.folder("bundle-", PER_BYTE * size, work)


def target(out: Path, request: ExportRequest) -> Path:
    """Return where a bundle goes: a zip and an encrypted one have their extensions."""
    out = out.expanduser().absolute()
    encrypted = bool(request.recipients or request.passphrase)
    if encrypted:
        out = out.with_name(out.name.removesuffix(".age"))
    if (request.zip or encrypted) and out.suffix != ".zip":
        out = out.with_name(out.name + ".zip")
    return out.with_name(out.name + ".age") if encrypted else out


def _filled(content: BundleContent, bag: Bag, readers: Tools, progress: Progress) -> Prepared:
    """Write every payload file; the reader processes work while citations are formatted."""
    pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="bundle")
    try:
        copies = documents.begin_copies(content, readers, pool)
        drawn = pictures.begin(content, bag, readers, pool)
        prepared = prepare(content, bag, progress, _now())
        documents.write_texts(prepared)
        documents.finish_copies(prepared, copies)
        documents.write_originals(prepared)
        pictures.finish(prepared, drawn)
        for number, (name, step) in enumerate(STEPS):
            progress.report(number, len(STEPS), f"Writing {name}")
            step(prepared)
    finally:
        pool.shutdown(cancel_futures=True)
    return prepared


def _empty(content: BundleContent, bag: Bag, readers: Tools) -> Path:
    """Write the same bundle without a word of the archive's, and return its folder."""
    prepared = _filled(blanked(content), bag, readers, NullProgress())
    bag.close(_info(prepared))
    return bag.folder


def _info(prepared: Prepared) -> dict[str, str]:
    content = prepared.content
    identity = content.uuid_of("bundle", *(passage.id for passage in content.passages))
    return {
        "Bag-Software-Agent": f"Muniment {version('muniment')}",
        "Bagging-Date": prepared.made[:10],
        "External-Description": content.request.title,
        "External-Identifier": identity.urn,
    }


def _size(folder: Path) -> tuple[int, int]:
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
