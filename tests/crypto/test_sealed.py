"""A sealed file gives back what was written, and nothing when a bit of it is another."""

import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.crypto.sealed import CHUNK, HEAD_SIZE, TAG, Broken, Reader, Writer, padded

KEY, BINDING = b"k" * 32, b"b" * 32
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17)


def sealed(data: bytes, *, hide_length: bool = False, pieces: int = 1) -> bytes:
    file = io.BytesIO()
    writer = Writer(file, KEY, hide_length=hide_length)
    step = max(1, -(-len(data) // pieces))
    for at in range(0, len(data), step):
        assert writer.write(data[at : at + step]) == len(data[at : at + step])
    assert writer.tell() == len(data)
    writer.finish(BINDING)
    return file.getvalue()


def reader(raw: bytes, key: bytes = KEY) -> Reader:
    return Reader(lambda at, count: raw[at : at + count], len(raw), key)


def opened(raw: bytes) -> bytes:
    return b"".join(reader(raw).chunks())


@given(
    st.one_of(st.sampled_from(SIZES), st.integers(0, 2 * CHUNK)), st.integers(1, 9), st.booleans()
)
def test_what_is_sealed_comes_back(size: int, pieces: int, hide_length: bool) -> None:
    data = random.Random(size).randbytes(size)
    raw = sealed(data, hide_length=hide_length, pieces=pieces)
    found = reader(raw)
    assert (found.size, found.binding) == (size, BINDING)
    assert b"".join(found.chunks()) == data
    for number in range(-(-size // CHUNK)):
        assert found.chunk(number) == data[number * CHUNK : (number + 1) * CHUNK]


def test_the_same_content_is_never_sealed_alike() -> None:
    first, second = sealed(b"the court in Atyrau" * 9), sealed(b"the court in Atyrau" * 9)
    assert first[HEAD_SIZE:] != second[HEAD_SIZE:]
    assert b"Atyrau" not in first


@pytest.mark.parametrize("size", SIZES)
def test_every_changed_bit_and_every_cut_is_noticed(size: int) -> None:
    raw = sealed(random.Random(5).randbytes(size))
    places = {0, 9, 41, HEAD_SIZE - 1, HEAD_SIZE, len(raw) // 2, len(raw) - 1}
    for at in sorted(place for place in places if place < len(raw)):
        changed = bytearray(raw)
        changed[at] ^= 4
        with pytest.raises(Broken):
            opened(bytes(changed))
    step = CHUNK + TAG
    for length in {0, 3, HEAD_SIZE - 1, len(raw) - 1, len(raw) - step, HEAD_SIZE + step}:
        if 0 <= length < len(raw):
            with pytest.raises(Broken):
                opened(raw[:length])
    with pytest.raises(Broken):
        opened(raw + b"\0")
    with pytest.raises(Broken):
        reader(raw, b"x" * 32)


def test_chunks_cannot_change_places_or_files() -> None:
    step = CHUNK + TAG
    raw = sealed(random.Random(1).randbytes(3 * CHUNK))
    other = sealed(random.Random(1).randbytes(3 * CHUNK))
    first, second, third = (
        raw[HEAD_SIZE + n * step : HEAD_SIZE + (n + 1) * step] for n in range(3)
    )
    for mixed in (
        raw[:HEAD_SIZE] + second + first + third,
        raw[:HEAD_SIZE] + first + third + second,
        raw[:HEAD_SIZE] + other[HEAD_SIZE:],
        other[:HEAD_SIZE] + raw[HEAD_SIZE:],
    ):
        with pytest.raises(Broken):
            opened(mixed)


@given(st.integers(0, 1 << 40))
def test_a_length_is_hidden_among_many(size: int) -> None:
    whole = padded(size)
    assert size <= whole <= max(4096, size + size // 8)
    assert whole == padded(whole) == padded(max(0, size - 1)) or whole > padded(max(0, size - 1))


def test_lengths_that_are_near_look_alike() -> None:
    raw = [sealed(b"x" * size, hide_length=True) for size in (1_000_000, 1_000_400)]
    assert len(raw[0]) == len(raw[1])
    assert len(opened(raw[1])) == 1_000_400


def test_a_file_that_was_not_finished_does_not_open() -> None:
    file = io.BytesIO()
    writer = Writer(file, KEY, hide_length=False)
    writer.write(b"x" * 3 * CHUNK)
    with pytest.raises(Broken):
        opened(file.getvalue())
