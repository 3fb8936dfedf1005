"""What a reader process does: one job over one foreign file, after giving up its rights."""

import gc
import os
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from index.errors import PasswordNeeded, UnreadableFile
from index.reading import describing, encode, pdf, preload, probe, serving
from index.reading.frames import BrokenChannel, encode_text, receive, send
from index.reading.result import PageText
from index.reading.source import Source

OUT_OF_MEMORY = "The file needs more memory than a reader may use."


def serve(
    channel: tuple[BinaryIO, BinaryIO],
    lock_down: Callable[[int], Mapping[str, str]],
    descriptor: int | None,
) -> None:
    """Receive a job, lock this process down, do the job, and send what became of it."""
    reading, writing = channel
    try:
        job, body = receive(reading)
        layers = lock_down(int(job.get("cpu", 0)))
        name = str(job.get("name", ""))
        if descriptor is None:
            source = Source(body, name)
        else:
            source = Source.from_descriptor(descriptor, name)
        _report_errors(writing, lambda: _do(job, source, reading, writing, layers))
    except BrokenChannel:
        pass


def _do(
    job: Mapping[str, Any],
    source: Source,
    reading: BinaryIO,
    writing: BinaryIO,
    layers: Mapping[str, str],
) -> None:
    kind = job["kind"]
    if kind == "read":
        _read(job, source, writing)
    elif kind == "view":
        serving.serve(job, source, reading, writing)
    elif kind == "annotate":
        from index.reading import annotate

        marks = [encode.to_mark(values) for values in job["marks"]]
        send(writing, {"done": {}}, annotate.annotate(source, marks, _passwords(job)))
    elif kind == "paint":
        from index.reading import painting

        painting.serve(job, source, writing)
    elif kind == "probe":
        send(writing, {"done": {"layers": dict(layers), "tried": probe.try_everything()}})


def _passwords(job: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(password) for password in job.get("passwords", ()))


def _read(job: Mapping[str, Any], source: Source, writing: BinaryIO) -> None:
    def on_page(index: int, count: int, page: PageText) -> None:
        send(writing, encode.page_header(index, count, page), encode_text(page.text))

    skip = frozenset(int(page) for page in job.get("skip", ()))
    # The process ends with the file; looking for cycles only costs time.
    gc.disable()
    if job.get("format") == preload.PDF:
        reading = pdf.read(source, _passwords(job), skip, on_page)
    else:
        # The helper for PDFs does without these libraries, and so starts and forks faster.
        from index.reading import formats

        reading = formats.read(source, job.get("encoding"))
    reading = describing.described(reading, source.name)
    if not reading.paged:
        for index, page in enumerate(reading.pages):
            on_page(index, len(reading.pages), page)
    send(writing, encode.reading_header(reading))


def _report_errors(writing: BinaryIO, work: Callable[[], None]) -> None:
    """Send an exception as a kind and a sentence; what is no sentence of ours gets one."""
    try:
        work()
    except BrokenChannel:
        raise
    except PasswordNeeded as error:
        send(writing, {"error": "password", "text": str(error)})
    except UnreadableFile as error:
        send(writing, {"error": "unreadable", "text": str(error)})
    except MemoryError:
        send(writing, {"error": "unreadable", "text": OUT_OF_MEMORY})
    except Exception as error:
        # A parser may raise anything over a hostile file; its own words are kept short.
        text = f"The file could not be read ({type(error).__name__})."
        send(writing, {"error": "unreadable", "text": text})


def run(
    descriptor_in: int,
    descriptor_out: int,
    lock_down: Callable[[int], Mapping[str, str]],
    file: int | None,
) -> None:
    """Serve over two descriptors."""
    with os.fdopen(descriptor_in, "rb") as reading, os.fdopen(descriptor_out, "wb") as writing:
        serve((reading, writing), lock_down, file)
