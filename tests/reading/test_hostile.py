"""Files made to do harm: each is contained, and what can be read of them is."""

import contextlib
import time
import zlib
from pathlib import Path

import pytest

from index.errors import UnreadableFile
from index.model import ImportOptions, PageState
from index.reading import Readers
from index.reading.spawning import Spawner

OPTIONS = ImportOptions(ocr="never")
SECONDS = 20.0


def pdf(contents: list[bytes], filters: list[bytes]) -> bytes:
    """Return a PDF with one page a content stream."""
    kids = b" ".join(b"%d 0 R" % (10 + 2 * n) for n in range(len(contents)))
    objects = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        b"2 0 obj<</Type/Pages/Kids[%b]/Count %d>>endobj" % (kids, len(contents)),
        b"3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj",
    ]
    for n, (content, filter_) in enumerate(zip(contents, filters, strict=True)):
        objects.append(
            b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>>>>>endobj" % (10 + 2 * n, 11 + 2 * n)
        )
        objects.append(
            b"%d 0 obj<</Length %d%b>>stream\n%b\nendstream endobj"
            % (11 + 2 * n, len(content), filter_, content)
        )
    return b"%PDF-1.4\n" + b"\n".join(objects) + b"\ntrailer<</Root 1 0 R>>\n%%EOF"


def bomb(megabytes: int) -> bytes:
    """Return a stream that unpacks, in two steps, to so many megabytes of spaces."""
    packer = zlib.compressobj(1)
    block = b" " * (1 << 20)
    inner = b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    return zlib.compress(inner, 9)


def shown(text: bytes) -> bytes:
    return b"BT /F 12 Tf 50 700 Td (%b) Tj ET" % text


def test_a_page_that_ends_its_reader_is_named_and_the_others_are_read(
    readers: Readers, tmp_path: Path
) -> None:
    path = tmp_path / "bomb.pdf"
    two = b"/Filter[/FlateDecode/FlateDecode]"
    path.write_bytes(pdf([shown(b"First."), bomb(700), shown(b"Third.")], [b"", two, b""]))
    begin = time.monotonic()
    reading = readers.read(path, OPTIONS)
    assert time.monotonic() - begin < SECONDS
    assert [page.text for page in reading.pages] == ["First.", "", "Third."]
    assert [page.state for page in reading.pages] == [
        PageState.TEXT,
        PageState.FAILED,
        PageState.TEXT,
    ]


def test_pages_without_end_are_given_up_in_time(readers: Readers, tmp_path: Path) -> None:
    path = tmp_path / "pages.pdf"
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids["
        b"3 0 R 2 0 R]/Count 2000000>>endobj\n3 0 obj<</Type/Pages/Kids[2 0 R]/Count 9/Parent 2 0 R"
        b">>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    begin = time.monotonic()
    with contextlib.suppress(UnreadableFile):
        readers.read(path, OPTIONS)
    assert time.monotonic() - begin < SECONDS


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7", b"%PDF-1.4\n" + bytes(1 << 20), b"%PDF" + b"[" * 9999]
)
def test_fragments_are_refused(readers: Readers, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "fragment.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=r"\.$"):
        readers.read(path, OPTIONS)


def test_a_sample_of_hostile_files_ends_in_time_and_harms_nothing(
    readers: Readers, corpus: Path, make_pdf
) -> None:
    good = make_pdf("Still readable.")
    for path in sorted((corpus / "hostile").iterdir())[::45]:
        begin = time.monotonic()
        try:
            reading = readers.read(path, OPTIONS)
            assert reading.pages
        except UnreadableFile as error:
            assert str(error).endswith(".")
        assert time.monotonic() - begin < SECONDS, path.name
    assert readers.read(good, OPTIONS).pages[0].text == "Still readable."


def test_readers_work_where_nothing_can_be_forked(make_pdf) -> None:
    readers = Readers()
    readers._spawner = Spawner(zygote=False)
    path = make_pdf("Started anew.")
    assert readers.read(path, OPTIONS).pages[0].text == "Started anew."
    tried = readers.probe(path)["tried"]
    assert all(answer.startswith("refused") for answer in tried.values()), tried
    readers.close()


def test_the_helper_ends_with_its_program(make_pdf, tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    script = (
        "import os, sys\nfrom pathlib import Path\nfrom index.model import ImportOptions\n"
        "from index.reading import Readers\nreaders = Readers()\n"
        "readers.read(Path(sys.argv[1]), ImportOptions(ocr='never'))\n"
        "print(readers._spawner.zygotes['pdf']._process.pid, flush=True)\nos._exit(9)\n"
    )
    if not Spawner().zygotes:
        return
    command = [sys.executable, "-c", script, str(make_pdf("x"))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    helper = int(done.stdout)
    for _ in range(100):
        try:
            state = Path(f"/proc/{helper}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return
        if state == "Z":
            return
        time.sleep(0.05)
    os.kill(helper, 9)
    raise AssertionError("the helper outlives its program")


def test_pages_that_end_their_reader_are_named_among_many(readers: Readers, tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    two = b"/Filter[/FlateDecode/FlateDecode]"
    contents = [shown(b"Page %d." % number) for number in range(90)]
    filters = [b""] * 90
    for broken in (1, 70):
        contents[broken], filters[broken] = bomb(700), two
    path.write_bytes(pdf(contents, filters))
    reading = readers.read(path, OPTIONS)
    failed = [at for at, page in enumerate(reading.pages) if page.state is PageState.FAILED]
    assert failed == [1, 70]
    assert all(page.text for at, page in enumerate(reading.pages) if at not in failed)
