"""The thread that ends readers which take too long."""

import threading

from index.reading.watch import Watch


def test_a_reader_that_takes_too_long_is_ended() -> None:
    ended = threading.Event()
    dog = Watch().over(ended.set)
    dog.allow(0.01)
    assert ended.wait(10)
    assert dog.fired


def test_only_the_one_that_takes_too_long_is_ended() -> None:
    watch = Watch()
    ended = threading.Event()
    others = [watch.over(lambda: None) for _ in range(3)]
    for other, seconds in zip(others, (60.0, 0.02, 0.02), strict=True):
        other.allow(seconds)
    others[1].allow(60.0)  # put off
    others[2].close()
    last = watch.over(ended.set)
    last.allow(0.05)
    assert ended.wait(10)
    assert last.fired
    assert not any(other.fired for other in others)


def test_one_that_is_called_back_sooner_is_ended_sooner() -> None:
    ended = threading.Event()
    dog = Watch().over(ended.set)
    dog.allow(3_600.0)
    dog.allow(0.01)
    assert ended.wait(10)
