"""Putting citation bundles together, writing and checking them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.jobs import Job
from app.models.bundle_plan import with_passages
from app.session import Session
from index.model import BundleDraft, BundleSummary, Changes, ExportRequest, Verdict
from index.progress import Progress

Failed = Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft that was made, with what changed."""

    draft: BundleDraft
    changes: Changes


def export(
    *,
    session: Session,
    out: Path,
    request: ExportRequest,
    done: Callable[[BundleSummary], None],
    failed: Failed | None = None,
) -> Job:
    """Write a bundle; nothing is left behind when it is stopped."""
    # It reads for long and writes one line of custody, so that tagging can go on meanwhile.
    return session.jobs.run(
        lambda progress: session.library.export(out, request, progress),
        done=done,
        failed=failed,
        label="Exporting",
        key="export",
        owner=session,
        stake=True,
    )


def verify(
    *,
    session: Session,
    bundle: Path,
    done: Callable[[Verdict], None],
    failed: Failed | None = None,
) -> Job:
    """Check a bundle against itself and this archive."""
    return session.jobs.run(
        lambda progress: session.library.verify(bundle, progress),
        done=done,
        failed=failed,
        label="Verifying",
        key="verify",
        owner=session,
    )


def begin(*, session: Session, request: ExportRequest, done: Callable[[BundleDraft], None]) -> None:
    """Begin a bundle in the archive."""

    def work(progress: Progress) -> Begun:
        draft = session.library.add_bundle(request)
        return Begun(draft, Changes(bundles=frozenset({draft.id})))

    session.write("Beginning a bundle", work, done=lambda begun: done(begun.draft))


def change(*, session: Session, bundle: str, request: ExportRequest) -> None:
    """Change what is in a bundle, or how it is shown."""
    session.write(
        "Keeping the bundle", lambda progress: session.library.change_bundle(bundle, request)
    )


def add_passages(*, session: Session, bundle: BundleDraft, passages: Sequence[str]) -> None:
    """Put passages at the end of a bundle."""
    title = bundle.request.title
    library = session.library

    def work(progress: Progress) -> Changes:
        request = library.bundle(bundle.id).request
        sections = with_passages(request.sections, passages)
        return library.change_bundle(bundle.id, replace(request, sections=sections))

    def told(changes: Changes) -> None:
        what = "Added" if changes else "It is there already"
        session.notice.emit(f"{what}: “{title}”.")

    session.write("Adding to the bundle", work, done=told)


def remove(*, session: Session, bundle: BundleDraft) -> None:
    """Remove a draft; its passages stay, and it can be undone."""
    session.write(
        "Removing the bundle",
        lambda progress: session.library.remove_bundle(bundle.id),
        done=lambda changes: session.notice.emit(
            f"“{bundle.request.title}” is removed. Ctrl+Z brings it back."
        ),
    )


def copy_citation(
    *, session: Session, document: str, passage: str, kind: str, done: Callable[[str], None]
) -> Job:
    """Read a citation of a passage, or else of a document, in the format of another program."""
    library, style = session.library, session.settings.style
    return session.jobs.run(
        lambda progress: library.copy_citation(document, kind, style, passage=passage),
        done=done,
        key="copy a citation",
        owner=session,
    )
