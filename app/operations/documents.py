"""Correcting documents' citation data, sorting them into collections, removing them."""

from collections.abc import Callable, Mapping, Sequence

from app.session import Session
from index.model import Changes, Document
from index.progress import Progress


def describe(
    *,
    session: Session,
    document: str,
    fields: Mapping[str, str],
    done: Callable[[Changes], None] | None = None,
    failed: Callable[[Exception], None] | None = None,
) -> None:
    """Correct the citation data of a document."""
    session.write(
        "Keeping the citation data",
        lambda progress: session.library.describe(document, fields),
        done=done,
        failed=failed,
    )


def move(*, session: Session, documents: Sequence[str], collection: str) -> None:
    """Put documents into a collection; an empty name takes them out of theirs."""
    library = session.library
    name = f"Move to “{collection}”" if collection else "Take out of the collection"

    def work(progress: Progress) -> Changes:
        with library.history.action(name) as recording:
            for document in documents:
                library.describe(document, {"collection": collection})
        return recording.changes

    session.write("Moving", work)


def remove(*, session: Session, documents: Sequence[Document]) -> None:
    """Remove documents and their originals for good; those with passages stay and are named."""
    library = session.library

    def work(progress: Progress) -> Changes:
        gone = set()
        for number, document in enumerate(documents):
            progress.report(number, len(documents))
            library.remove_document(document.id)
            gone.add(document.id)
        return Changes(documents=frozenset(gone))

    def told(changes: Changes) -> None:
        count = len(changes.documents)
        session.notice.emit("1 document removed." if count == 1 else f"{count} documents removed.")

    def failed(error: Exception) -> None:
        session.announce(Changes(everything=True))
        session.problem.emit(str(error))

    session.write("Removing", work, done=told, failed=failed)
