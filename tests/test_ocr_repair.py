"""What is put right on a recognised page, and what is left as it was read: examples in both directions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw

from extractors.raw import Line
from pipeline.ocr.endblock import columns_of, labelled
from pipeline.ocr.engine import Seen
from pipeline.ocr.mending import Mending, mended, sureness
from pipeline.ocr.numbers import doubted
from pipeline.ocr.repair import repair
from pipeline.ocr.repair_dates import repair_dates
from pipeline.ocr.repair_head import repair_dateline, repair_number
from pipeline.ocr.repair_phrases import repair_phrases
from pipeline.ocr.repair_signature import repair_signature
from pipeline.ocr.repair_symbols import repair_symbols
from pipeline.ocr.rows import rows, without_ink
from pipeline.ocr.stamps import without_arrival_stamp

Mend = Callable[[Line], Mending | None]


def _line(text: str, *unsure: str, box: tuple[float, float, float, float] | None = None) -> Line:
    """A line whose words are surely read but for ``unsure`` ones."""
    return Line(text, 1, box, confidences=tuple(20 if word in unsure else 95 for word in text.split()))


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (_line("Số: 215 /UBND-KT"), "Số: 215/UBND-KT"),
        (_line("Só: 12a/KH-UBND"), "Số: 12a/KH-UBND"),
        (_line("Số: 34Ø /VP-TH"), "Số: /VP-TH"),
        (_line("Số: 340 /VP-TH", "340"), "Số: /VP-TH"),
        (_line("Số:⁄‡4_ /CT-UBND"), "Số: /CT-UBND"),
        (_line("Số: Z#Z/UBND- VX"), "Số: /UBND-VX"),
        (_line("54 /UBND-KSTT", "54"), "Số: /UBND-KSTT"),
        (_line("Số: 07/2021/TT-BTC"), "Số: 07/2021/TT-BTC"),
    ],
)
def test_numbers(line: Line, text: str) -> None:
    """A number is kept when it is surely read, and blank with a warning when not; the symbol always stays."""
    mending = repair_number(line)
    assert mending
    assert text == mending.text
    assert ("/" in text.split()[1][:1]) == bool(mending.warning)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (_line("Bình An, ngày 05 tháng 3 năm 2024"), "Bình An, ngày 05 tháng 3 năm 2024"),
        (_line("Bình An, ngàW/† tháng 5 năm 2021"), "Bình An, ngày … tháng 5 năm 2021"),
        (_line("Bình An, ngày 2# tháng? năm 2021"), "Bình An, ngày … tháng … năm 2021"),
        (_line("Bình An, ngày 04 tháng 02 năm 2025", "04"), "Bình An, ngày … tháng 02 năm 2025"),
        (_line("Thành phó Hà Chí Minh, ngày 05 tháng 6 năm 2026"), "Thành phố Hồ Chí Minh, ngày 05 tháng 6 năm 2026"),
        (_line("Bắc Giang, ngày 05 tháng 6 năm 2012"), "Bắc Giang, ngày 05 tháng 6 năm 2012"),
        (_line("TP. Bình An, ngày 41 tháng 12 năm 2019"), "TP. Bình An, ngày … tháng 12 năm 2019"),
    ],
)
def test_datelines(line: Line, text: str) -> None:
    """What of the day is not surely read, or no day at all, is a blank with a warning that holds the reading."""
    mending = repair_dateline(line)
    assert mending
    assert text == mending.text
    assert ("…" in text) == bool(mending.warning and line.text in mending.warning)
    assert bool(mending.warning) == (text != line.text)


@pytest.mark.parametrize(
    ("mend", "read", "meant"),
    [
        (repair_phrases, "CHÍ THỊ", "CHỈ THỊ"),
        (repair_phrases, "KÉHOẠCH_", "KẾ HOẠCH"),
        (repair_phrases, "UBNDTÌNHPHÚTHỌ", "UBND TỈNH PHÚ THỌ"),
        (repair_phrases, "TĨNH QUẢNG NGÃI", "TỈNH QUẢNG NGÃI"),
        (repair_phrases, "UỶ BAN NHÂN DẪN", "ỦY BAN NHÂN DÂN"),
        (repair_phrases, "PHÓ GIÁM ĐÓC", "PHÓ GIÁM ĐỐC"),
        (repair_dates, "trước ngày l5 tháng O2 năm 2O12", "trước ngày 15 tháng 02 năm 2012"),
        (repair_dates, "đến hết 30/1I/2012.", "đến hết 30/11/2012."),
        (repair_symbols, "Quyết định số 800/QĐ-TTE của", "Quyết định số 800/QĐ-TTg của"),
        (repair_symbols, "số 3871/QĐĐ-BGDĐT ngày", "số 3871/QĐ-BGDĐT ngày"),
    ],
)
def test_readings_that_can_only_be_meant_otherwise(mend: Mend, read: str, meant: str) -> None:
    """The lexicons, the calendar and the tables of types and bodies decide; the warning holds reading and meaning."""
    mending = mend(_line(read))
    assert mending
    assert meant == mending.text
    assert mending.warning
    assert "“" in mending.warning


@pytest.mark.parametrize(
    ("mend", "text"),
    [
        (repair_number, "Thực hiện Kế hoạch số 12/KH-UBND ngày 15/01/2024"),
        (repair_number, "Số lượng: 15 bộ"),
        (repair_dateline, "Thực hiện Công điện ngày 05 tháng 3 năm 2024 của Thủ tướng"),
        (repair_phrases, "Chí thị của Chủ tịch"),
        (repair_phrases, "ỦY BAN NHÂN DÂN TỈNH BÌNH AN"),
        (repair_phrases, "BÁO CÁO KẾT QUẢ"),
        (repair_dates, "ngày 15 tháng 02 năm 2012"),
        (repair_dates, "tuyến đường 3/2, tỷ lệ 1/5O0"),
        (repair_dates, "ngày lO tháng l3 năm 2012"),
        (repair_symbols, "Quyết định số 800/QĐ-TTg, Thông tư số 38/2015/TT-BTC"),
        (repair_symbols, "hợp đồng số 12/HĐ-ABCXYZ"),
    ],
)
def test_what_stays_as_it_was_read(mend: Mend, text: str) -> None:
    """Body text, right spellings, and what two readings fit."""
    assert None is mend(_line(text))


# ---------------------------------------------------------------- the last block
def _block(*signer: Line) -> tuple[list[str], list[str]]:
    left = [
        _line("Nơi nhận:", box=(85, 600, 140, 612)), _line("- Như trên;", box=(85, 614, 140, 626)),
        _line("- Lưu: VT.", box=(85, 628, 140, 640)),
    ]  # fmt: skip
    warnings: list[str] = []
    return [line.text for line in repair_signature([*left, *signer], warnings)][3:], warnings


def _signed(text: str, at: float, *unsure: str) -> Line:
    return _line(text, *unsure, box=(350, at, 500, at + 12))


def test_offices_and_names_are_cut_out_of_the_ink() -> None:
    """Ink around an office or before a name goes, and is told of; family names are spelt as they are."""
    kept, warnings = _block(
        _signed("-==-.. TL. CHỦ TỊCH", 600, "-==-.."),
        _signed("CHÁNH VĂN PHÒNG x7", 614, "x7"),
        _signed("_*>#Z%", 640, "_*>#Z%"),
        _signed("_ Trân Thị Mẫu", 680),
    )
    assert ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Trần Thị Mẫu"] == kept
    assert any("Trần Thị Mẫu" in warning for warning in warnings)


def test_a_comma_behind_a_delegation_mark_is_its_stop() -> None:
    """``KT,`` is KT. before an office."""
    column = (_signed("_ KT, CHỦ TỊCH", 600), _signed("PHÓ CHỦ TỊCH", 614), _signed("Lê Văn Mẫu", 680))
    assert ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Mẫu"] == _block(*column)[0]


def test_a_deputy_does_not_become_the_head() -> None:
    """An office behind something that may be PHÓ or KT. is not known, nor is one above a line that hides another."""
    assert ["Lê Văn Mẫu"] == _block(_signed("Ä}CHỦ TỊCH", 614, "Ä}CHỦ"), _signed("Lê Văn Mẫu", 680))[0]
    kept, warnings = _block(
        _signed("CHỦ TỊCH", 600), _signed("CĐ XP Ä}CHỦ TỊCH", 614, "CĐ", "XP", "Ä}CHỦ"), _signed("Lê Văn Mẫu", 680)
    )
    assert ["Lê Văn Mẫu"] == kept
    assert warnings
    assert ["KT. CHỦ TỊCH", "Lê Văn Mẫu"] == _block(
        _signed("KT. CHỦ TỊCH", 600), _signed("CHỦ TỊCH", 614), _signed("Lê Văn Mẫu", 680)
    )[0]


def test_half_a_name_is_none() -> None:
    """A name whose first word is covered is not the rest of it."""
    assert [] == _block(_signed("Khi Thanh Bình", 680, "Khi"))[0]


def _seen(text: str, left: int, top: int, line: int, sure: int = 95) -> list[Seen]:
    out = []
    for word in text.split():
        out.append(Seen(word, left, top, left + 18 * len(word), top + 36, sure, line))
        left += 18 * len(word) + 12
    return out


def test_the_last_block_is_found_by_its_items() -> None:
    """Also when its label is misread; the gutter lies between the columns, above it stands nothing that is cut."""
    words = [
        *_seen("báo cáo Ủy ban nhân dân tỉnh trước ngày 20/3 để tổng hợp, chỉ đạo theo quy định", 300, 2300, 0),
        *_seen("N-sá6 240", 320, 2500, 1), *_seen("TL. CHỦ TỊCH", 1500, 2510, 2),
        *_seen("- Như trên;", 320, 2560, 3), *_seen("- PCT UBND tỉnh;", 320, 2610, 4),
        *_seen("- Lưu: VT.", 320, 2660, 5), *_seen("Lê Văn Mẫu", 1500, 2900, 6),
    ]  # fmt: skip
    left, right = columns_of(words, 2480, 3508)
    assert 700 < left[2] == right[0] < 1500
    assert min(left[1], right[1]) >= 2336
    assert ["Nơi", "nhận:"] == [word.text for word in labelled(words, 2480) if word.line == 1]
    assert () == columns_of(words[:14], 2480, 3508)


def test_ink_is_no_text() -> None:
    """Pieces without a word that looks like one go; figures, symbols and half-sure syllables stay."""
    words = [
        *_seen("¬~ứN xz~", 400, 100, 0, 12), *_seen("Kính gửi:", 900, 100, 1),
        *_seen("Z/UBND-KT", 400, 200, 2, 20), *_seen("28.332", 400, 300, 3, 40), *_seen("¬ ˆ", 400, 400, 4, 12),
    ]  # fmt: skip
    texts = [row.text for row in without_ink(rows(words, 300 / 72))]
    assert ["Kính gửi:", "Z/UBND-KT"] == texts[:2]


def test_the_stamp_of_the_receiver_is_left_out() -> None:
    """Words in the left margin below the letterhead go when they are those of an arrival stamp, else they stay."""
    head = _seen("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 1200, 240, 0)
    body = [
        word
        for at in range(8)
        for word in _seen("các sở ban ngành tỉnh triển khai thực hiện", 420, 1200 + 70 * at, at + 9)
    ]
    stamped = [*_seen("Ngày 29", 40, 620, 1), *_seen("KẾ HOẠCH", 1100, 620, 2), *_seen("ĐẾN", 20, 690, 3)]
    texts = [row.text for row in without_arrival_stamp(rows([*head, *body, *stamped], 300 / 72), 842)]
    assert "KẾ HOẠCH" in texts
    assert not [text for text in texts if "Ngày" in text or "ĐẾN" in text]
    numbered = [*_seen("12 bản", 40, 620, 1), *_seen("KẾ HOẠCH", 1100, 620, 2)]
    assert "12 bản KẾ HOẠCH" in [
        row.text for row in without_arrival_stamp(rows([*head, *body, *numbered], 300 / 72), 842)
    ]


# ---------------------------------------------------------------- print or handwriting
@pytest.mark.parametrize(("rise", "sure"), [(0, 95), (2, 95), (12, 0)])
def test_figures_as_tall_as_the_print_are_print(rise: int, sure: int) -> None:
    """Three blocks for figures before six for the letters of a symbol: the same height, or one that sticks out."""
    sheet = Image.new("L", (1200, 1600), 255)
    drawn = ImageDraw.Draw(sheet)
    for index in range(9):
        top = 200 - (rise if index == 1 else 0)
        drawn.rectangle((300 + 30 * index, top, 320 + 30 * index, 240), 0)
    words = [Seen("Số:", 220, 200, 280, 240, 95, 0), Seen("215/UBND-KT", 300, 200, 570, 240, 95, 0)]
    wide = Seen("215/UBNDK", 300, 200, 570, 240, 95, 0)
    assert sure == doubted([words[0], wide], sheet)[1].sure


# ---------------------------------------------------------------- lines
def test_confidences_follow_the_words() -> None:
    """They stay while they are one for each word; the least sure word of a stretch counts."""
    line = _line("Số: 34 /VP-TH", "34")
    assert 20 == sureness(line, 4, 6)
    assert 95 == sureness(line, 0, 3)
    assert line.confidences == mended(line, Mending("Số: 35 /VP-TH", None), []).confidences
    assert () == mended(line, Mending("Số: /VP-TH", None), []).confidences


def test_a_page_is_repaired_as_a_whole() -> None:
    """Letterhead, body and warnings, each warning once."""
    lines = [_line("TĨNH QUẢNG NGÃI"), _line("Số: 3# /CT-UBND"), _line("CHÍ THỊ"), _line("gửi trước 30/1I/2024")]
    found, warnings = repair(lines)
    assert ["TỈNH QUẢNG NGÃI", "Số: /CT-UBND", "CHỈ THỊ", "gửi trước 30/11/2024"] == [line.text for line in found]
    assert 4 == len(warnings) == len(set(warnings))
