"""What the pages of a document are called."""

from collections.abc import Callable, Sequence

from app.session import Session
from index import labelling
from index.model import Changes


def apply(
    *,
    session: Session,
    document: str,
    labels: Sequence[str],
    done: Callable[[Changes], None] | None = None,
    failed: Callable[[Exception], None] | None = None,
) -> None:
    """Give the pages of a document these labels; its passages follow."""

    def told(changes: Changes) -> None:
        session.notice.emit("The pages have their printed numbers. Ctrl+Z takes it back.")
        if done is not None:
            done(changes)

    session.write(
        "Labelling the pages",
        lambda progress: labelling.apply(session.library, document, labels),
        done=told,
        failed=failed,
    )
