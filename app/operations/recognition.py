"""Reading pages without text from their pictures, beside all other work."""

from collections.abc import Sequence

from app.jobs import Job
from app.models.faces import plural
from app.session import Session
from index import ocr_run
from index.model import Changes
from index.ocr_run import Recognition
from index.progress import Cancelled

KEY = "recognise"


def recognise(*, session: Session, documents: Sequence[str], languages: Sequence[str]) -> Job:
    """Recognise the pages without text of some documents; stopping keeps what was done."""
    touched = Changes(documents=frozenset(documents))

    def told(done: Recognition) -> None:
        session.announce(touched)
        session.refresh_info()
        session.notice.emit(_summary(done))

    def failed(error: Exception) -> None:
        session.announce(touched)
        session.refresh_info()
        if isinstance(error, Cancelled):
            session.notice.emit("Stopped. The pages recognised so far are kept.")
        else:
            session.problem.emit(str(error))

    # It writes now and then and takes minutes, so that tagging must go on meanwhile.
    return session.jobs.run(
        lambda progress: ocr_run.recognise(session.library, documents, languages, progress),
        done=told,
        failed=failed,
        label="Reading scanned pages",
        key=KEY,
        owner=session,
        lane="recognise",
    )


def _summary(done: Recognition) -> str:
    if not done.pages:
        return "No words were found on the scanned pages."
    text = f"{plural(done.pages, 'scanned page')} can be searched now"
    if done.empty:
        text += f"; no words were found on {plural(done.empty, 'page')}"
    return text + "."
