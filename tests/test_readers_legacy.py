"""Texts typed in the old Vietnamese fonts."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from readers_fixtures import new_pdf, paragraphs, saved

from pipeline.readers import read, vni
from pipeline.readers.legacy import CONVERTED, CONVERTED_VNI, modernised, of_font, to_unicode
from pipeline.readers.vni import from_vni

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
    french = "Le décret relatif à la forêt a été publié après l'élection, hélas, déjà modifié."
    for text in (_NEW, french, "© 2024 ®"):
        assert ([text], ()) == modernised([text])


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


_VNI_PAIRS = (
    ("aù aø aû aõ aï aâ aá aà aå aã aä aê aé aè aú aü aë", "á à ả ã ạ â ấ ầ ẩ ẫ ậ ă ắ ằ ẳ ẵ ặ"),
    ("eù eø eû eõ eï eâ eá eà eå eã eä", "é è ẻ ẽ ẹ ê ế ề ể ễ ệ"),
    ("où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï", "ó ò ỏ õ ọ ô ố ồ ổ ỗ ộ ơ ớ ờ ở ỡ ợ"),
    ("uù uø uû uõ uï ö öù öø öû öõ öï í ì æ ó ò yù yø yû yõ î ñ", "ú ù ủ ũ ụ ư ứ ừ ử ữ ự í ì ỉ ĩ ị ý ỳ ỷ ỹ ỵ đ"),
)


@pytest.mark.parametrize(("old", "new"), _VNI_PAIRS)
def test_vni_letters_become_unicode(old: str, new: str) -> None:
    """The whole table, in both cases, and capitals with a small mark."""
    assert from_vni(old) == new
    assert from_vni(old.upper()) == new.upper()
    assert from_vni("UÛY BAN NHAÂN DAÂN TÆNH; Aùp duïng; ngöôøi; quyù; hoaøn thieän; thuyû lôïi") == (
        "ỦY BAN NHÂN DÂN TỈNH; Áp dụng; người; quý; hoàn thiện; thuỷ lợi"
    )


def test_unicode_in_a_vni_font_is_left_alone() -> None:
    """As with TCVN3, the font does not make Unicode text old."""
    assert of_font("Đề nghị", "VNI-Times") == "Đề nghị"
    assert of_font("toán", "VNI-Times", "Đề nghị toán") == "toán"
    assert of_font("Ñeà nghò", "VNI-Times;Times New Roman") == "Đề nghị"
    assert of_font("Ñeà nghò", "Vnitest") == "Ñeà nghò"


_SMALL = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ 0123456789-/.,:;()"
_BACK = {new: old for old, new in vni.TABLE.items() if old[:1].isupper() == old[-1:].isupper()}
_BYTES = sorted(map(chr, range(0xA1, 0x100)), key=lambda byte: to_unicode(byte) != byte)
_TCVN3 = {to_unicode(byte): byte for byte in _BYTES}


@given(st.text(_SMALL + _SMALL.upper()))
def test_any_text_survives_vni(text: str) -> None:
    """Encoded letter by letter and read again, small letters and capitals."""
    assert from_vni("".join(_BACK.get(char, char) for char in text)) == text


@given(st.text(_SMALL))
def test_any_text_survives_tcvn3(text: str) -> None:
    """Small letters as they are; capitals by way of a capital font."""
    old = "".join(_TCVN3.get(char, char) for char in text)
    assert to_unicode(old) == text
    assert to_unicode(old, ".VnTimeH") == text.upper()


def test_the_tables_are_whole() -> None:
    """Every Vietnamese letter has its place in both."""
    marked = {char for char in _SMALL if not char.isascii()}
    assert marked <= set(_BACK) and {char.upper() for char in marked} <= set(_BACK)
    assert marked <= set(_TCVN3)


_OLD_VNI = "Ñeà nghò caùc sôû, ban, ngaønh baùo caùo keát quaû thöïc hieän ñuùng thôøi haïn quy ñònh."


def test_paragraphs_are_judged_one_by_one() -> None:
    """Both encodings and Unicode in one text; what tells nothing goes with what stands before it."""
    texts = [_OLD, "Sè: 12", "Công tác", _NEW, "Sô đồ", "Sè", _OLD_VNI, "1. Toáng"]
    read_as = [_NEW, "Số: 12", "Công tác", _NEW, "Sô đồ", "Sè", _NEW, "1. Tống"]
    changed, warnings = modernised(texts)
    assert changed == read_as
    assert warnings == (CONVERTED, CONVERTED_VNI)


@pytest.mark.parametrize(
    "text",
    [
        _NEW,
        "Công tác văn thư, lưu trữ được hoàn thiện; toán, hoá, uỷ, huỷ, xoã, loá, quý, oán.",
        "Le décret relatif à la forêt a été publié après l'élection; l'île, où l'été naît, a brûlé naïvement.",
        "Die Behörde prüft für jährlich fällige Gebühren die Größe der Gebäude, über die sie verfügt.",
        "Åtgärder för räddningstjänstens övning på sjön görs i år där älven är öppen.",
        "The Ministry of Finance © 2024 ® « draft » 5 µm ± 2°.",
    ],
)
def test_other_languages_are_left_alone(text: str) -> None:
    """Vietnamese in Unicode, French, German, Swedish and English are no old text, alone or beside Vietnamese."""
    assert modernised([text] * 3) == ([text] * 3, ())
    assert modernised([text, _NEW])[0] == [text, _NEW]


def test_capitals_typed_without_a_capital_font() -> None:
    """TCVN3 has no capitals with tones; a heading typed in capitals is one all the same, a name is not."""
    assert to_unicode("CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM") == "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert to_unicode("X· §øc H¹nh, UBND X·") == "Xã Đức Hạnh, UBND Xã"
    assert to_unicode("Sè: 12/UB") == "Số: 12/UB"


def test_a_font_comes_from_the_nearest_style(tmp_path: Path) -> None:
    """Run, character style, paragraph style and what it is based on, defaults; a theme font hides them."""
    document = Document()
    document.styles["Normal"].font.name = ".VnTime"
    document.styles["Body Text"].font.name = ".VnTimeH"
    document.styles["Heading 1"].font.name = ".VnTimeH"  # beside the theme font of the template
    document.styles["Strong"].font.name = "VNI-Times"
    document.add_paragraph("c¸n bé")
    document.add_paragraph("chØ thÞ", style="Body Text")
    document.add_paragraph("chØ thÞ", style="Heading 1")
    document.add_paragraph().add_run("caùn boä", style="Strong")
    document.add_paragraph("®Ò nghÞ", style="List Bullet 2")
    document.add_paragraph().add_run("®").font.name = "Times New Roman"
    lines = read(saved(document, tmp_path / "a.docx")).lines
    assert [line.text.removeprefix("- ") for line in lines] == [
        "cán bộ",
        "CHỈ THỊ",
        "chØ thÞ",
        "cán bộ",
        "đề nghị",
        "®",
    ]


def test_vni_text_files(tmp_path: Path) -> None:
    """Old bytes, and the same copied as UTF-8."""
    (tmp_path / "a.txt").write_bytes(_OLD_VNI.encode("latin-1"))
    (tmp_path / "b.txt").write_text(f"{_NEW}\n{_OLD_VNI}\n")
    for name in ("a.txt", "b.txt"):
        document = read(tmp_path / name)
        assert {line.text for line in document.lines if line.text} == {_NEW}
        assert "VNI" in document.warnings[-1]
