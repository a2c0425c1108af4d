"""Texts typed in the old Vietnamese fonts."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from readers_fixtures import new_pdf, paragraphs, saved

from pipeline.readers import read
from pipeline.readers.legacy import is_legacy, of_font, to_unicode

_OLD = "§Ò nghÞ c¸c së, ban, ngµnh b¸o c¸o kÕt qu¶ thùc hiÖn ®óng thêi h¹n quy ®Þnh."
_NEW = "Đề nghị các sở, ban, ngành báo cáo kết quả thực hiện đúng thời hạn quy định."


def test_old_letters_become_unicode() -> None:
    """Every letter has its place; a capital font gives capitals."""
    assert to_unicode(_OLD) == _NEW
    assert of_font("céng hoµ x· héi chñ nghÜa viÖt nam", ".VnTimeH") == "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def test_unicode_is_left_alone() -> None:
    """Unicode text is not converted, even in an old font; nor is French or a short remark."""
    assert of_font("Đề nghị", ".VnTimeH") == "Đề nghị"
    assert of_font("®Ò nghÞ", "Times New Roman") == "®Ò nghÞ"
    assert not is_legacy([_NEW])
    assert not is_legacy(["Le décret relatif à la forêt a été publié après l'élection, hélas, déjà modifié."])
    assert not is_legacy(["© 2024 ®"])


def test_a_word_file_in_old_fonts(tmp_path: Path) -> None:
    """Runs are converted by their font, a whole file by its letters."""
    by_font = Document()
    for text, font in (("chØ thÞ", ".VnTimeH"), ("®Ò nghÞ", ".VnTime")):
        run = by_font.add_paragraph().add_run(text)
        run.font.name = font
        assert run._element.rPr.find(qn("w:rFonts")) is not None
    assert [line.text for line in read(saved(by_font, tmp_path / "a.docx")).lines] == ["CHỈ THỊ", "đề nghị"]
    by_letters = Document()
    by_letters.add_paragraph(_OLD)
    document = read(saved(by_letters, tmp_path / "b.docx"))
    assert document.lines[0].text == _NEW
    assert "TCVN3" in document.warnings[0]


def test_text_and_pdf_in_old_letters(tmp_path: Path) -> None:
    """A text file of old bytes, the same copied as UTF-8, and a PDF that shows the letters by its font."""
    (tmp_path / "a.txt").write_bytes(_OLD.encode("latin-1"))
    (tmp_path / "b.txt").write_text(_OLD)
    pdf = new_pdf()
    paragraphs(pdf, (_OLD,) * 6, 80)
    pdf.output(str(tmp_path / "c.pdf"))
    for name in ("a.txt", "b.txt", "c.pdf"):
        document = read(tmp_path / name)
        assert " ".join(line.text for line in document.lines).startswith(_NEW)
        assert any("TCVN3" in warning for warning in document.warnings)
