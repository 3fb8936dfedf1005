"""No cycles are looked for while much is made, and they are again afterwards."""

import gc

import pytest

from index.collecting import cycles_left


def test_the_search_goes_on_when_the_last_has_left() -> None:
    with cycles_left():
        with cycles_left():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_an_error() -> None:
    with pytest.raises(ValueError, match="no"), cycles_left():
        raise ValueError("no")
    assert gc.isenabled()


def test_it_stays_off_where_it_was_off() -> None:
    gc.disable()
    try:
        with cycles_left():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
