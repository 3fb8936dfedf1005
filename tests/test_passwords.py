"""Encrypted documents: imported with a password, drawn with it again, never written down."""

from pathlib import Path

import pytest
from fpdf import FPDF

from index.errors import PasswordNeeded
from index.library import Library
from index.model import ExportRequest, ImportOptions, ImportStatus
from index.reading.painting import Wanted

PASSWORD = "steppe-4417"


def write_encrypted(path: Path) -> Path:
    pdf = FPDF(format="A4")
    pdf.set_font("helvetica", size=12)
    pdf.set_encryption(owner_password="owner", user_password=PASSWORD)
    pdf.add_page()
    pdf.multi_cell(0, 8, "The court met behind closed doors in Atyrau.")
    pdf.output(str(path))
    return path


def test_a_password_is_kept_in_memory_only(tmp_path: Path) -> None:
    report = write_encrypted(tmp_path / "locked.pdf")
    folder = tmp_path / "archive"
    with Library.create(folder) as library:
        (failed,) = library.import_files([report])
        assert failed.status is ImportStatus.FAILED and "password" in failed.reason
        (added,) = library.import_files([report], ImportOptions(passwords=(PASSWORD,)))
        document = added.document or ""
        assert "closed doors" in library.text(document)
        assert library.view(document).draw(0, 0.2).width
        assert library.tag_quote(document, "closed doors").anchor.rects
    with Library.open(folder) as library:
        with pytest.raises(PasswordNeeded):
            library.view(document)
        with pytest.raises(PasswordNeeded):
            library.unlock(document, "wrong")
        with pytest.raises(PasswordNeeded):
            library.view(document)
        library.unlock(document, PASSWORD)
        assert library.view(document).draw(0, 0.2).width
        library.forget_view(document)
        assert library.view(document).boxes(0)
        readers, original = library.open_readers(), library.original(document)
        assert readers.annotate(original, ()).startswith(b"%PDF")
        with pytest.raises(PasswordNeeded):
            readers.annotate(original, (), "wrong")
        (drawn,) = readers.paint(original, [Wanted(0, 0.2, 16)])
        assert len(drawn.pixels) == drawn.width * drawn.height
        with pytest.raises(PasswordNeeded):
            list(readers.paint(original, [Wanted(0, 0.2, 16)], "wrong"))
    for path in folder.rglob("*"):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes()


def test_a_locked_document_is_tagged_by_its_words(tmp_path: Path) -> None:
    report = write_encrypted(tmp_path / "locked.pdf")
    folder = tmp_path / "archive"
    with Library.create(folder) as library:
        (added,) = library.import_files([report], ImportOptions(passwords=(PASSWORD,)))
    with Library.open(folder) as library:
        passage = library.tag_quote(added.document or "", "closed doors")
        assert passage.quote == "closed doors"
        assert not passage.anchor.rects
        summary = library.export(tmp_path / "bundle", ExportRequest())
        assert any("password" in notice for notice in summary.notices)
        assert library.verify(tmp_path / "bundle").ok
