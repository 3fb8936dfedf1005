"""What a reader process does: one job over one foreign file, after giving up its rights."""

import gc
import os
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from index.errors import PasswordNeeded, UnreadableFile
from index.reading import describing, encode, pdf, preload, probe, serving
from index.reading.batches import PageSender
from index.reading.frames import BrokenChannel, receive, send
from index.reading.place import Pointer
from index.reading.source import Source

OUT_OF_MEMORY = "The file needs more memory than a reader may use."


def serve(
    channel: tuple[BinaryIO, BinaryIO],
    lock_down: Callable[[int], Mapping[str, str]],
    descriptor: int | None,
    place: int | None,
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
        pointer = Pointer(place)
        _report_errors(writing, lambda: _do(job, source, (reading, writing), layers, pointer))
    except BrokenChannel:
        pass


def _do(
    job: Mapping[str, Any],
    source: Source,
    channel: tuple[BinaryIO, BinaryIO],
    layers: Mapping[str, str],
    pointer: Pointer,
) -> None:
    reading, writing = channel
    kind = job["kind"]
    if kind != "view":
        # The process ends with the file; looking for cycles only costs time.
        gc.disable()
    if kind == "read":
        _read(job, source, writing, pointer)
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


def _read(job: Mapping[str, Any], source: Source, writing: BinaryIO, pointer: Pointer) -> None:
    sender = PageSender(writing, pointer)
    skip = frozenset(int(page) for page in job.get("skip", ()))
    if job.get("format") == preload.PDF:
        reading = pdf.read(source, _passwords(job), skip, pointer.at, sender.add)
    else:
        # The helper for PDFs does without these libraries, and so starts and forks faster.
        from index.reading import formats

        reading = formats.read(source, job.get("encoding"))
    reading = describing.described(reading, source.name)
    if not reading.paged:
        for index, page in enumerate(reading.pages):
            sender.add(index, len(reading.pages), page)
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
    place: int | None = None,
) -> None:
    """Serve over two descriptors; two more are the file and where to note the page at work."""
    with os.fdopen(descriptor_in, "rb") as reading, os.fdopen(descriptor_out, "wb") as writing:
        serve((reading, writing), lock_down, file, place)
