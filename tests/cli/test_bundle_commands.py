"""Citing, exporting, verifying, and taking in what others made, by command."""

import json
import tempfile
from pathlib import Path

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from app.cli.bundles import PASTED
from index.citing import CopyFormat
from tests.cli.conftest import Run


def test_export_and_verify(run: Run, document: str, tmp_path: Path) -> None:
    run("entities", "add", "Person", "Maks Bokayev")
    run("tag", document, "--quote", "closed to the press", "--entity", "Maks Bokayev")
    bundle = tmp_path / "bundle"
    exported = run("export", bundle).record
    assert set(exported) == {"bundle", "passages", "documents", "files", "bytes"}
    assert (exported["passages"], exported["documents"]) == (1, 1)
    assert run("verify", bundle).record == {"valid": True, "problems": []}
    annotations = bundle / "data" / "annotations.jsonld"
    annotations.write_bytes(annotations.read_bytes().replace(b"closed", b"opened"))
    again = run("export", bundle)
    assert again.code == 2 and "--replace" in again.err
    assert b"opened" in annotations.read_bytes()
    broken = run("verify", bundle)
    assert broken.code == 1
    assert any("annotations.jsonld" in problem for problem in broken.record["problems"])
    assert run("export", bundle, "--replace").code == 0
    assert run("verify", bundle).record["valid"]


def test_verify_says_who_signed(run: Run, document: str, tmp_path: Path) -> None:
    key = ed25519.Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()
    )
    (tmp_path / "key").write_bytes(key)
    run("entities", "add", "Person", "Maks Bokayev")
    run("tag", document, "--quote", "closed to the press", "--entity", "Maks Bokayev")
    run("export", tmp_path / "bundle", "--sign", tmp_path / "key", "--no-pictures")
    (notice,) = run("verify", tmp_path / "bundle").record["notices"]
    assert notice.startswith("Signed with the key SHA256:")
    assert notice in run("verify", tmp_path / "bundle", json=False).out


def test_cite(run: Run, document: str) -> None:
    run("describe", document, "title=The Trial in Atyrau", "authors=Sarsenova, Dana", "date=2016")
    record = run("cite", document, "--page", 1).record
    assert set(record) == {"citation", "bibliography"}
    assert "Sarsenova" in record["citation"]
    assert "¶" in record["citation"]


def test_cite_as_it_is_pasted(run: Run, document: str) -> None:
    assert list(PASTED) == [*CopyFormat]
    run("describe", document, "title=The Trial", "authors=Sarsenova, Dana", "date=2016")
    begins = {
        "text": "Dana Sarsenova, The Trial (2016), ¶ 1",
        "html": "Dana Sarsenova, <i>The Trial</i> (2016), ¶ 1",
        "markdown": "Dana Sarsenova, *The Trial* (2016), ¶ 1",
        "bibtex": "@",
        "ris": "TY  - ",
        "csl-json": "[",
    }
    for kind in PASTED:
        shown = run("cite", document, "--page", 1, "--as", kind, json=False).out
        assert shown.startswith(begins[kind]) and "Trial" in shown
        record = run("cite", document, "--page", 1, "--as", kind).record
        assert record[kind].strip() == shown.strip()


def test_a_locked_key_signs_with_its_words(run: Run, document: str, tmp_path: Path) -> None:
    key = ed25519.Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.OpenSSH, BestAvailableEncryption(b"two words")
    )
    (tmp_path / "key").write_bytes(key)
    (tmp_path / "words").write_text("two words\n")
    run("entities", "add", "Person", "Maks Bokayev")
    run("tag", document, "--quote", "closed to the press", "--entity", "Maks Bokayev")
    out = tmp_path / "bundle"
    refused = run("export", out, "--sign", tmp_path / "key", "--no-pictures")
    assert refused.code == 2 and "passphrase" in refused.err and not out.exists()
    unlocked = ("--sign", tmp_path / "key", "--sign-passphrase-file", tmp_path / "words")
    assert run("export", out, *unlocked, "--no-pictures").code == 0
    assert "Signed with" in run("verify", out).record["notices"][0]


def test_merge_takes_in_a_colleagues_archive(run: Run, document: str, tmp_path: Path) -> None:
    run("entities", "add", "Person", "Maks Bokayev")
    run("tag", document, "--quote", "closed to the press", "--entity", "Maks Bokayev")
    other = tmp_path / "other"
    (tmp_path / "second.txt").write_text("A second report, by somebody else.\n")
    for arguments in (
        ["import", tmp_path / "trial.txt", tmp_path / "second.txt"],
        ["entities", "add", "Person", "Maks Bokayev", "--alias", "Макс Бокаев"],
    ):
        run("--archive", other, *arguments)
    record = run("merge", other).record
    assert (record["documents"], record["entities"], record["known"]) == (1, 0, 2)
    assert Path(record["backup"]).is_file()
    assert len(run("documents").records) == 2
    assert run("entities").record["aliases"] == ["Макс Бокаев"]
    assert len(run("passages").records) == 1
    assert run("merge", tmp_path / "nothing").code == 2


def test_a_bundle_is_taken_into_an_empty_archive(run: Run, document: str, tmp_path: Path) -> None:
    run("entities", "add", "Person", "Maks Bokayev")
    run("tag", document, "--quote", "closed to the press", "--entity", "Maks Bokayev")
    bundle = tmp_path / "bundle"
    run("export", bundle, "--originals")
    other = tmp_path / "empty"
    run("new", other)
    taken = run("--archive", other, "take-in", bundle).record
    assert (taken["documents"], taken["entities"], taken["passages"]) == (1, 1, 1)
    here, there = run("passages").record, run("--archive", other, "passages").record
    for key in ("start", "end", "quote", "entities", "note", "label", "anchor"):
        assert here[key] == there[key]


def test_hand_over_writes_bulk_files(run: Run, document: str, tmp_path: Path) -> None:
    record = run("hand-over", tmp_path / "team").record
    assert record["documents"] == 1
    for path in (tmp_path / "team").rglob("*.ndjson"):
        for line in path.read_text(encoding="utf-8").splitlines():
            json.loads(line)


def test_an_encrypted_bundle_needs_its_words(run: Run, document: str, tmp_path: Path) -> None:
    run("entities", "add", "Person", "Maks Bokayev")
    run("tag", document, "--quote", "closed to the press", "--entity", "Maks Bokayev")
    (tmp_path / "words").write_text("correct horse battery staple\n")
    sealed = run("export", tmp_path / "b", "--bundle-passphrase-file", tmp_path / "words").record
    packed = Path(sealed["bundle"]).read_bytes()
    assert b"closed to the press" not in packed
    assert packed.startswith(b"age-encryption.org/v1")
    assert run("export", tmp_path / "c", "--bundle-passphrase-file", tmp_path / "none").code == 2


def test_an_encrypted_bundle_opens_with_its_secret(
    run: Run, document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    run("entities", "add", "Person", "Maks Bokayev")
    run("tag", document, "--quote", "closed to the press", "--entity", "Maks Bokayev")
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "key").write_text(f"# a comment\n{identity}\n")
    (tmp_path / "words").write_text("correct horse battery staple\n")
    (tmp_path / "wrong").write_text("correct horse\n")
    by_words = ("--bundle-passphrase-file", tmp_path / "words")
    by_key = ("--identity", tmp_path / "key")
    first = run("export", tmp_path / "b", *by_words).record["bundle"]
    second = run("export", tmp_path / "c", "--recipient", identity.to_public()).record["bundle"]
    for sealed, secret in ((first, by_words), (second, by_key)):
        assert run("verify", sealed, *secret).record == {"valid": True, "problems": []}
        assert run("verify", sealed).code == 2
        assert run("verify", sealed, "--bundle-passphrase-file", tmp_path / "wrong").code == 2
        other = tmp_path / f"empty-{Path(sealed).stem}"
        run("new", other)
        taken = run("--archive", other, "take-in", sealed, *secret).record
        assert (taken["entities"], taken["passages"]) == (1, 1)
    assert run("verify", second, *by_words).code == 2
    assert run("verify", first, *by_key).code == 2
    assert not list((tmp_path / "temporary").glob("bundle-*"))


def test_what_is_missing_is_said_before_the_export(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "undated.txt"
    report.write_text("A sentence worth citing stands here, and another follows it.\n", "utf-8")
    document = run("import", report).record["document"]
    run("entities", "add", "Person", "Maks Bokayev")
    run("tag", document, "--quote", "A sentence worth citing", "--entity", "Maks Bokayev")
    asked = run("export", tmp_path / "b", "--preview")
    assert asked.code == 0
    assert "1 document has no date." in asked.err
    assert (asked.record["passages"], asked.record["documents"]) == (1, 1)
    assert "1 document has no date." in asked.record["to_settle"]
    assert "Custody record" in asked.record["contains"]
    assert not (tmp_path / "b").exists()
    made = run("export", tmp_path / "b")
    assert "1 document has no date." in made.err
    assert (tmp_path / "b").is_dir()
