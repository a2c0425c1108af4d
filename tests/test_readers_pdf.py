"""PDF: words, columns, stamped fields, noise, tables, scans."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission, EncryptionMethod
from readers_fixtures import (
    LEFT,
    MOTTO,
    NATION,
    RECIPIENTS,
    RIGHT,
    SIGNATURE,
    centred,
    grid,
    letter,
    new_pdf,
    paragraphs,
    picture,
    with_fields,
)

from extractors.raw import RawDocument
from pipeline.readers import DEFAULT, Options, UnreadableDocument, read


def document_of(folder: Path, pdf: FPDF | bytes, options: Options = DEFAULT) -> RawDocument:
    """What the reader makes of a file."""
    path = folder / "a.pdf"
    path.write_bytes(pdf if isinstance(pdf, bytes) else bytes(pdf.output()))
    return read(path, options)


def texts(folder: Path, pdf: FPDF | bytes) -> list[str]:
    """The lines of a file."""
    return [line.text for line in document_of(folder, pdf).lines]


def full(*columns: tuple[str, ...]) -> list[str]:
    """The printed lines of columns, one after the other."""
    return [line for column in columns for line in column if line]


def test_a_letter_reads_column_by_column(tmp_path: Path) -> None:
    """Letterhead, body and last block in reading order; physical lines with their boxes."""
    document = document_of(tmp_path, letter(new_pdf()))
    lines = [line.text for line in document.lines]
    head, tail = full(LEFT, RIGHT), full(RECIPIENTS, SIGNATURE)
    assert lines[: len(head)] == head
    assert lines[-len(tail) :] == tail
    assert lines[len(head)] == "Kính gửi: Các sở, ban, ngành tỉnh."
    assert document.pages == 1
    assert not any(line.complete for line in document.lines)
    boxes = [line.box for line in document.lines]
    assert all(box and 0 < box[0] < box[2] < 596 and 0 < box[1] < box[3] < 842 for box in boxes)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (
            ("BỘ CÔNG NGHIỆP SỐ", "CỤC DỮ LIỆU QUỐC GIA", "", "Số: 9/CDL-TH", "V/v hướng dẫn lập dự toán", "kinh phí"),
            (NATION, MOTTO, "", "Thành phố Bình An, ngày 25 tháng 12 năm 2024"),
        ),
        (
            ("ĐẢNG ỦY KHỐI CƠ QUAN", "VĂN PHÒNG", "*", "Số 45-CV/VPĐU", "V/v đăng ký thi đua"),
            ("ĐẢNG CỘNG SẢN VIỆT NAM", "", "", "Bình An, ngày 05 tháng 3 năm 2024"),
        ),
        (("CHÍNH PHỦ", "", "", "Số: 7/NQ-CP"), (NATION, MOTTO, "", "Hà Nội, ngày 5 tháng 3 năm 2024")),
    ],
)
def test_letterheads_of_other_issuers(tmp_path: Path, left: tuple[str, ...], right: tuple[str, ...]) -> None:
    """Wide columns with a narrow gap, a subject of two lines, the Party's letterhead."""
    head = full(left, right)
    assert texts(tmp_path, letter(new_pdf(), left, right))[: len(head)] == head


def test_a_title_under_the_letterhead_ends_it(tmp_path: Path) -> None:
    """A centred title is no part of the columns, nor is an address with a list at its right."""
    pdf = new_pdf()
    centred(pdf, LEFT[:4], 160, 80)
    centred(pdf, RIGHT, 400, 80)
    centred(pdf, ("CHỈ THỊ", "Về việc tăng cường kỷ luật, kỷ cương hành chính"), 297, 165)
    pdf.text(100, 215, "Kính gửi:")
    pdf.text(170, 231, "- Sở Tài chính;")
    pdf.text(170, 247, "- Sở Xây dựng.")
    expected = [
        "CHỈ THỊ",
        "Về việc tăng cường kỷ luật, kỷ cương hành chính",
        "Kính gửi:",
        "- Sở Tài chính;",
        "- Sở Xây dựng.",
    ]
    assert texts(tmp_path, pdf) == full(LEFT[:4], RIGHT) + expected


def test_two_signers_side_by_side(tmp_path: Path) -> None:
    """Minutes end with two signers: the left one whole, then the right one."""
    pdf = new_pdf()
    paragraphs(pdf, ("Biên bản được lập thành hai bản, mỗi bên giữ một bản./.",), 80)
    centred(pdf, ("THƯ KÝ", "(Ký, ghi rõ họ tên)", "", "Trần Thị Thử"), 170, 150)
    centred(pdf, ("CHỦ TỌA", "(Ký, ghi rõ họ tên)", "", "Lê Văn Mẫu"), 420, 150)
    assert texts(tmp_path, pdf)[1:] == [
        "THƯ KÝ", "(Ký, ghi rõ họ tên)", "Trần Thị Thử", "CHỦ TỌA", "(Ký, ghi rõ họ tên)", "Lê Văn Mẫu",
    ]  # fmt: skip


def test_stamped_number_and_day_are_put_in_their_places(tmp_path: Path) -> None:
    """Values in form fields fill the gaps of the printed line; the signature's own legend goes."""
    number, date = "Số:          /UBND-KT", "Bình An, ngày       tháng       năm 2024"
    pdf = letter(new_pdf(), (*LEFT[:3], number), (*RIGHT[:3], date))

    def field(line: str, centre: float, before: str) -> tuple[float, float, float, float]:
        start = centre - pdf.get_string_width(line) / 2 + pdf.get_string_width(before) + 3
        return start, 116, start + 24, 131

    fields = [
        (field(number, 160, "Số: "), ["215"]),
        (field(date, 400, "Bình An, ngày "), ["05"]),
        (field(date, 400, "Bình An, ngày       tháng "), ["3"]),
        ((300.0, 20.0, 480.0, 70.0), ["Ky boi: UBND tinh", "Email: a@binhan.gov.vn", "Thoi gian ky: 05.03.2024 10:00"]),
        ((400.0, 75.0, 520.0, 110.0), ["VAN PHONG", "05.03.2024 10:00:00 +07:00"]),
    ]
    lines = texts(tmp_path, with_fields(bytes(pdf.output()), fields))
    head = full((*LEFT[:3], "Số: 215 /UBND-KT"), (*RIGHT[:3], "Bình An, ngày 05 tháng 3 năm 2024"))
    assert lines[: len(head)] == head
    assert not any("Ky boi" in line or "VAN PHONG" in line or "+07:00" in line for line in lines)


def test_a_printed_signature_legend_is_dropped(tmp_path: Path) -> None:
    """A legend that is part of the page, small beside the text, goes with its wrapped lines."""
    pdf = letter(new_pdf())
    pdf.set_font("vi", size=7)
    legend = ("Người ký: Lê Văn Mẫu", "Cơ quan: Ủy ban nhân dân tỉnh", "Bình An", "Ngày ký: 05-03-2024 10:00:00 +07:00")
    for index, line in enumerate(legend):
        pdf.text(440, 450 + 8 * index, line)
    assert texts(tmp_path, pdf) == texts(tmp_path, letter(new_pdf()))


def test_page_numbers_and_running_headers_are_dropped(tmp_path: Path) -> None:
    """Numbers in the margin and lines that repeat there go; the same words in the text stay."""
    pdf = new_pdf()
    for page in range(1, 5):
        if page > 1:
            pdf.add_page()
        pdf.text(85, 45, f"CÔNG BÁO/Số {10 + page}")
        pdf.text(295, 800, f"- {page} -")
        paragraphs(pdf, (f"{page}. Sở Y tế báo cáo kết quả thực hiện.", "2024"), 100)
    assert texts(tmp_path, pdf) == full(
        *((f"{page}. Sở Y tế báo cáo kết quả thực hiện.", "2024") for page in range(1, 5))
    )


def test_a_table_over_two_pages(tmp_path: Path) -> None:
    """Rows are complete lines, a repeated heading goes, a row cut by the page is joined, text around stays."""
    widths, heading = (40, 210, 120, 90), ("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn")
    pdf = new_pdf()
    pdf.text(85, 80, "Danh mục nhiệm vụ:")
    grid(
        pdf,
        [heading, ("1", "Rà soát\nhồ sơ", "Sở Y tế", ""), ("2", "Việc kéo sang", "Sở Xây dựng", "30/6")],
        100,
        widths,
    )
    pdf.add_page()
    pdf.text(295, 40, "2")
    grid(pdf, [heading, ("", "trang sau", "", ""), ("3", "Tổng kết", "Văn phòng", "31/12")], 60, widths)
    pdf.text(85, 300, "Các đơn vị báo cáo.")
    document = document_of(tmp_path, pdf)
    assert [(line.text, line.page, line.complete) for line in document.lines] == [
        ("Danh mục nhiệm vụ:", 1, False),
        ("TT\tNhiệm vụ\tChủ trì\tThời hạn", 1, True),
        ("1\tRà soát hồ sơ\tSở Y tế\t", 1, True),
        ("2\tViệc kéo sang trang sau\tSở Xây dựng\t30/6", 1, True),
        ("3\tTổng kết\tVăn phòng\t31/12", 2, True),
        ("Các đơn vị báo cáo.", 2, False),
    ]


def test_merged_cells(tmp_path: Path) -> None:
    """A heading across all columns stands once; a cell over two rows stands on both."""
    pdf = new_pdf()
    pdf.set_font("vi", size=11)
    for box in ((70, 100, 300, 20), (70, 120, 100, 20), (70, 140, 100, 20), (170, 120, 200, 40)):
        pdf.rect(*box)
    pdf.rect(70, 100, 300, 60)
    for x, y, text in ((75, 114, "I. NHÓM MỘT"), (75, 134, "Việc một"), (75, 154, "Việc hai"), (175, 134, "Sở Y tế")):
        pdf.text(x, y, text)
    assert texts(tmp_path, pdf) == ["I. NHÓM MỘT\t", "Việc một\tSở Y tế", "Việc hai\tSở Y tế"]


def test_shading_behind_text_is_no_table(tmp_path: Path) -> None:
    """White or grey boxes behind lines, underlines and frames around text leave the text as it is."""
    pdf = new_pdf()
    pdf.set_fill_color(255, 255, 255)
    for index in range(4):
        pdf.rect(85, 88 + 17 * index, 200, 16, style="F")
        pdf.rect(285, 88 + 17 * index, 200, 16, style="F")
    paragraphs(pdf, ("Yêu cầu các sở, ban, ngành và địa phương thực hiện nghiêm các nội dung sau đây. " * 3,), 85)
    pdf.line(85, 200, 485, 200)
    assert not any("\t" in line for line in texts(tmp_path, pdf))


def test_landscape_pages(tmp_path: Path) -> None:
    """A wide annex, drawn wide or turned by the viewer, reads from left to right; turned words in the margin go."""
    rows = [("TT", "Việc"), ("1", "Rà soát")]
    wide = new_pdf()
    wide.add_page(orientation="L")
    grid(wide, rows, 60, (40, 200))
    upright = new_pdf()
    upright.add_page()
    upright.text(300, 300, "dọc")
    with upright.rotation(90, 0, 842):
        grid(upright, rows, 842 + 60, (40, 200))
    for data in (bytes(wide.output()), changed(bytes(upright.output()), lambda page: page.set_rotation(90))):
        assert texts(tmp_path, data) == ["TT\tViệc", "1\tRà soát"]


@pytest.mark.parametrize("box", [(30, 50, 560, 800), (-20, -30, 575, 812)])
def test_page_boxes_that_do_not_start_at_zero(tmp_path: Path, box: tuple[int, int, int, int]) -> None:
    """Words and tables are found on a page that is cut, or whose origin lies elsewhere."""
    pdf = new_pdf()
    grid(pdf, [("TT", "Việc"), ("1", "Rà soát")], 100, (40, 200))
    data = bytes(pdf.output())
    change = pdfium.PdfPage.set_cropbox if box[0] > 0 else pdfium.PdfPage.set_mediabox
    document = document_of(tmp_path, changed(data, lambda page: change(page, *box)))
    assert [line.text for line in document.lines] == ["TT\tViệc", "1\tRà soát"]
    assert document.lines[0].box is not None
    assert document.lines[0].box[:2] == (70 - box[0], round(100 - (841.9 - box[3]), 1))


def test_scans_are_refused_or_named(tmp_path: Path) -> None:
    """Only pictures, with or without a signature's legend, are refused where none is read; one among pages is named."""
    unread = Options(ocr=False)
    for legend in ((), ("Ký bởi: Ủy ban nhân dân tỉnh Bình An", "Thời gian ký: 05.03.2024 10:00:00 +07:00")):
        scan = new_pdf()
        scan.image(picture(), 0, 0, 595, 842)
        centred(scan, legend, 400, 30, leading=10)
        with pytest.raises(UnreadableDocument, match="--no-ocr"):
            document_of(tmp_path, scan, unread)
    mixed = letter(new_pdf())
    mixed.add_page()
    mixed.image(picture(), 0, 0, 595, 842)
    document = document_of(tmp_path, mixed, unread)
    assert [2] == [page.page for page in document.unread]
    assert ("Trang 2 chưa đọc được: xem lý do trong danh sách tệp không đọc được",) == document.warnings
    assert not document.ocr


def test_invisible_text_over_a_picture_is_recognised_text(tmp_path: Path) -> None:
    """The hidden layer an OCR tool leaves is read, and marked as such."""
    pdf = new_pdf()
    pdf.image(picture(), 0, 0, 595, 842)
    with pdf.local_context(text_mode="INVISIBLE"):
        letter(pdf)
    document = document_of(tmp_path, pdf)
    assert document.ocr
    assert "nhận dạng" in document.warnings[0]
    assert NATION in [line.text for line in document.lines]


def test_words_survive_a_change_of_font(tmp_path: Path) -> None:
    """A word drawn in pieces of two fonts stays one word; letters printed twice stand once; figures of units join."""
    pdf = new_pdf()
    x = 85.0
    for piece, style in (("c", ""), ("ủ", "B"), ("a Chính ph", ""), ("ủ", "B")):
        pdf.set_font("vi", style, 13)
        pdf.text(x, 100, piece)
        x += pdf.get_string_width(piece)
    for shift in (0, 0.4):
        pdf.text(85 + shift, 130, "Điều 1")
    pdf.text(85, 160, "Diện tích 500 m")
    end = 85 + pdf.get_string_width("Diện tích 500 m")
    pdf.set_font("vi", size=8)
    pdf.text(end, 155, "2")
    assert texts(tmp_path, pdf) == ["của Chính phủ", "Điều 1", "Diện tích 500 m2"]


def test_damaged_files(tmp_path: Path) -> None:
    """Half a file is refused with a reason."""
    data = bytes(letter(new_pdf()).output())
    with pytest.raises(UnreadableDocument, match="hỏng"):
        document_of(tmp_path, data[:600])


@pytest.mark.parametrize("method", [EncryptionMethod.RC4, EncryptionMethod.AES_128, EncryptionMethod.AES_256])
@pytest.mark.parametrize("reader_password", [None, "khach"])
def test_encrypted_files(tmp_path: Path, method: EncryptionMethod, reader_password: str | None) -> None:
    """A password for readers is refused with a reason; what the owner forbids hides neither text nor tables."""
    pdf = letter(new_pdf())
    pdf.add_page()
    grid(pdf, [("TT", "Việc"), ("1", "Rà soát")], 60, (40, 200))
    pdf.set_encryption("chu", reader_password, method, AccessPermission.none())
    if reader_password:
        with pytest.raises(UnreadableDocument, match="có mật khẩu mở"):
            document_of(tmp_path, pdf)
    else:
        lines = texts(tmp_path, pdf)
        assert lines[: len(full(LEFT, RIGHT))] == full(LEFT, RIGHT)
        assert lines[-1] == "1\tRà soát"


def changed(data: bytes, change: Callable[[pdfium.PdfPage], None]) -> bytes:
    """The file with its last page changed."""
    document = pdfium.PdfDocument(data)
    change(document[len(document) - 1])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
