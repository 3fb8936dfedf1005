"""The key file: what opens it, what it says when it is damaged, what it may not ask for."""

import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.crypto import header, keys
from index.crypto.header import Cost
from index.errors import (
    ArchiveDamaged,
    ArchiveTooNew,
    BadInput,
    MunimentError,
    PassphraseNeeded,
    WrongPassphrase,
)
from tests.sealing import CHEAP


@given(st.text(min_size=1))
def test_a_passphrase_opens_what_it_closed(passphrase: str) -> None:
    made, head = keys.make(passphrase, CHEAP)
    again = header.parse(header.dump(head))
    assert again == head
    assert keys.unwrap(again, passphrase) == made
    with pytest.raises(WrongPassphrase):
        keys.unwrap(again, passphrase + "x")


def test_a_mac_and_a_linux_agree() -> None:
    word = "Żółć й Ångström"
    composed, apart = unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word)
    assert composed != apart
    made, head = keys.make(composed, CHEAP)
    assert keys.unwrap(head, apart) == made


def test_an_empty_passphrase_is_none() -> None:
    with pytest.raises(BadInput):
        keys.make("", CHEAP)
    _, head = keys.make("a", CHEAP)
    with pytest.raises(PassphraseNeeded):
        keys.unwrap(head, "")


def test_another_passphrase_gives_the_same_keys(tmp_path: Path) -> None:
    made, head = keys.make("first", CHEAP)
    header.write(tmp_path, head)
    keys.rewrap(tmp_path, keys.unlock(tmp_path, "first"), "second", CHEAP)
    assert keys.unlock(tmp_path, "second") == made
    with pytest.raises(WrongPassphrase):
        keys.unlock(tmp_path, "first")
    assert [path.name for path in tmp_path.iterdir()] == [header.NAME]
    assert header.path_in(tmp_path).stat().st_mode & 0o077 == 0


def test_each_purpose_has_its_own_key() -> None:
    made, _ = keys.make("a", CHEAP)
    found = {made.key_for(purpose) for purpose in ("record", "originals", "index")}
    assert len(found) == 3 and all(len(key) == 32 for key in found)
    assert "Keys()" in repr(made)  # no key in a log


def test_damage_is_told_from_a_wrong_passphrase() -> None:
    _, head = keys.make("a", CHEAP)
    data = header.dump(head)
    for at in range(0, len(data), 7):
        changed = bytearray(data)
        changed[at] ^= 1
        with pytest.raises((ArchiveDamaged, ArchiveTooNew)):
            header.parse(bytes(changed))
    for length in (0, 1, len(data) // 2, len(data) - 3):
        with pytest.raises(ArchiveDamaged):
            header.parse(data[:length])
    for other in (b"[]", b"null", b"[" * 9000, b"x" * (header.MAX_BYTES + 1)):
        with pytest.raises(ArchiveDamaged):
            header.parse(other)


def rewritten(**changes: Any) -> bytes:
    """A key file that somebody changed on purpose, and whose check is right."""
    _, head = keys.make("a", CHEAP)
    words = json.loads(header.dump(head))
    words["argon2id"] |= changes
    return json.dumps(words | {"check": header._check(words)}, indent=1).encode() + b"\n"


@pytest.mark.parametrize(
    "changes",
    [
        {"memory_kib": 1 << 40},
        {"memory_kib": 1 << 21},
        {"memory_kib": -8},
        {"memory_kib": "64"},
        {"memory_kib": 64.0},
        {"memory_kib": True},
        {"memory_kib": 1 << 20, "passes": 9},
        {"passes": 1 << 30},
        {"passes": 0},
        {"lanes": 0},
        {"lanes": 9},
        {"lanes": 1 << 20},
        {"salt": ""},
        {"salt": "AAAA"},
        {"salt": 5},
    ],
)
def test_a_hostile_key_file_eats_no_memory(changes: dict[str, Any]) -> None:
    with pytest.raises(ArchiveDamaged):
        header.parse(rewritten(**changes))


def test_a_cheaper_cost_does_not_open_it() -> None:
    data = rewritten(passes=2)
    with pytest.raises(WrongPassphrase):
        keys.unwrap(header.parse(data), "a")


def test_a_newer_key_file_is_refused() -> None:
    with pytest.raises(ArchiveTooNew):
        header.parse(b'{"format": 2}')


def test_the_usual_cost_is_within_the_bounds() -> None:
    assert Cost().sane and CHEAP.sane


@given(st.binary(max_size=400))
def test_anything_else_is_damage(data: bytes) -> None:
    with pytest.raises(MunimentError):
        header.parse(data)


def test_a_crash_leaves_no_keys_on_the_disk() -> None:
    program = """
import resource
most = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (most, most))
from index.crypto import keys
from tests.sealing import CHEAP
keys.make("a", CHEAP)
print(resource.getrlimit(resource.RLIMIT_CORE)[0])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "0\n", done.stderr
