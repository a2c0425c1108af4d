"""Scans: pictures of pages are levelled, turned, cleared and recognised; each page is judged by itself.

Recognition takes seconds a page: these tests are few, and share the pages they have read.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw
from readers_fixtures import BODY, MOTTO, NATION, centred, grid, letter, new_pdf, of_pictures, paragraphs, photographed

from extractors.model import Header
from extractors.raw import RawDocument
from pipeline.ocr.images import is_blank, levelled, skew, without_red, without_rules
from pipeline.process import process
from pipeline.readers import Options, UnreadableDocument, read

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Options:
    """Options with a folder for recognised pages that all tests of this module share."""
    return Options(cache=tmp_path_factory.mktemp("ocr"))


@pytest.fixture(scope="module")
def sheet() -> Image.Image:
    """The dispatch of the fixtures, photographed."""
    return photographed(letter(new_pdf()))


def _saved(folder: Path, *pictures: Image.Image) -> Path:
    path = folder / "scan.pdf"
    path.write_bytes(bytes(of_pictures(*pictures).output()))
    return path


def _texts(document: RawDocument) -> list[str]:
    return [line.text for line in document.lines]


def _facts(header: Header) -> tuple[object, ...]:
    return header.code, header.date, header.place, header.issuer, header.signing_mode, header.signer_name


# ---------------------------------------------------------------- whole pages
def test_a_scan_reads_like_the_page_it_is_of(tmp_path: Path, sheet: Image.Image, pages: Options) -> None:
    """Header, duties and deadlines are those of the typed page; words carry how sure the engine is of them."""
    typed = tmp_path / "typed.pdf"
    typed.write_bytes(bytes(letter(new_pdf()).output()))
    expected, found = process(typed), process(_saved(tmp_path, sheet), options=pages)
    assert found.ocr
    assert _facts(expected.header) == _facts(found.header)
    assert expected.header.recipients == found.header.recipients
    assert [(duty.actors, duty.due) for duty in expected.obligations] == [
        (duty.actors, duty.due) for duty in found.obligations
    ]
    lines = [line for line in found.document.lines if line.confidences]
    assert len(lines) > 10
    assert all(0 <= sure <= 100 for line in lines for sure in line.confidences)
    assert any("máy nhận dạng" in warning for warning in found.warnings)


def test_a_slanted_page_under_a_red_stamp(tmp_path: Path, sheet: Image.Image, pages: Options) -> None:
    """A page that lay askew in the scanner, with a red seal over number and text, reads the same."""
    seal = Image.new("RGB", sheet.size, (255, 255, 255))
    drawn = ImageDraw.Draw(seal)
    for radius in (150, 140, 90):
        drawn.ellipse((420 - radius, 300 - radius, 420 + radius, 300 + radius), outline=(225, 40, 40), width=9)
    stamped = ImageChops.multiply(sheet, seal)  # ink lets the print under it show
    slanted = stamped.rotate(2.2, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    found = process(_saved(tmp_path, slanted), options=pages)
    assert ("215/UBND-KT", "2024-03-05", "Bình An") == _facts(found.header)[:3]
    assert "2024-03-19" in [duty.due for duty in found.obligations]


def test_a_ruled_table_on_a_slanted_scan(tmp_path: Path, pages: Options) -> None:
    """A task table keeps its cells, so that each row is a duty with its doer and day; a broken rule is no matter."""
    pdf = new_pdf()
    centred(pdf, ("PHỤ LỤC", "PHÂN CÔNG NHIỆM VỤ"), 297, 80)
    rows = (
        ("STT", "Nội dung công việc", "Đơn vị chủ trì", "Thời hạn"),
        ("1", "Rà soát hồ sơ các dự án\nchậm tiến độ", "Sở Tài chính", "Trước ngày\n20/3/2024"),
        ("2", "Tổng hợp số liệu\nđăng ký đất đai", "Sở Xây dựng", "Trước ngày\n25/4/2024"),
    )
    grid(pdf, rows, 130, (40, 190, 120, 110))
    image = photographed(pdf)
    ImageDraw.Draw(image).line((1450, 362, 1480, 362), (255, 255, 255), 9)
    found = process(_saved(tmp_path, image.rotate(-1.4, Image.Resampling.BICUBIC, fillcolor="white")), options=pages)
    tables = [line.split("\t") for line in found.document.text.splitlines() if "\t" in line]
    assert ["STT", "Nội dung công việc", "Đơn vị chủ trì", "Thời hạn"] == tables[0]
    assert [("Sở Tài chính", "2024-03-19"), ("Sở Xây dựng", "2024-04-24")] == [
        (duty.actors[0], duty.due) for duty in found.obligations
    ]


@pytest.mark.parametrize("quarter", [1, 2])
def test_pages_on_their_side_or_head_are_turned(
    tmp_path: Path, sheet: Image.Image, pages: Options, quarter: int
) -> None:
    """A page put into the scanner the wrong way is read upright, and has the size of an upright page."""
    document = read(_saved(tmp_path, sheet.rotate(90 * quarter, expand=True)), pages)
    texts = _texts(document)
    assert "Số: 215/UBND-KT" in texts
    assert texts.index("TỈNH BÌNH AN") < texts.index(NATION)
    assert all(line.box[2] <= 600 for line in document.lines if line.box)


def test_a_number_written_by_hand_is_blank(tmp_path: Path, pages: Options) -> None:
    """Strokes of a pen are no number: it stays blank, so does the day, and never is that of the first basis taken."""
    left = ("ỦY BAN NHÂN DÂN", "TỈNH BÌNH AN", "", "Số:             /UBND-KT", "V/v rà soát hồ sơ đầu tư")
    right = (NATION, MOTTO, "", "Bình An, ngày         tháng 3 năm 2024")
    image = photographed(letter(new_pdf(), left, right))
    pen = ImageDraw.Draw(image)
    for dx, dy in ((398, 338), (1068, 338)):  # a 3 and a slanted 7, as hands write them
        pen.line(
            [(dx, dy - 2), (dx + 17, dy - 8), (dx + 8, dy + 7), (dx + 21, dy + 13), (dx - 3, dy + 27)], (30, 30, 90), 4
        )
        pen.line([(dx + 26, dy - 6), (dx + 46, dy - 12), (dx + 33, dy + 30), (dx + 25, dy + 10)], (30, 30, 90), 4)
    found = process(_saved(tmp_path, image), options=pages)
    assert ("/UBND-KT", "2024-03", "Bình An") == _facts(found.header)[:3]
    assert any(warning.startswith("Số văn bản viết tay") for warning in found.warnings)
    assert any(warning.startswith("Ngày ban hành có phần viết tay") for warning in found.warnings)


def test_mixed_files_keep_their_typed_pages(tmp_path: Path, sheet: Image.Image, pages: Options) -> None:
    """Each page is judged, not the file: the typed page stays exact, the picture behind it is recognised."""
    mixed = new_pdf()
    paragraphs(mixed, BODY, 80)
    mixed.add_page()
    mixed.image(sheet, 0, 0, 595, 842)
    path = tmp_path / "mixed.pdf"
    path.write_bytes(bytes(mixed.output()))
    document = read(path, pages)
    assert {1: False, 2: True} == {
        page: any(line.confidences for line in document.lines if line.page == page) for page in (1, 2)
    }
    assert ("Chữ của trang 2 do máy nhận dạng từ ảnh quét: cần soát lại với bản gốc",) == document.warnings
    assert () == document.unread


def test_a_page_with_nothing_typed_but_a_signature_is_a_scan(
    tmp_path: Path, sheet: Image.Image, pages: Options
) -> None:
    """The legend of a signing program is no text layer, nor part of what is recognised."""
    scan = of_pictures(sheet)
    scan.add_font("vi", "", "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf")
    scan.set_font("vi", size=9)
    centred(scan, ("Ký bởi: Ủy ban nhân dân tỉnh Bình An", "Thời gian ký: 05.03.2024 10:00:00 +07:00"), 450, 30, 10)
    path = tmp_path / "signed.pdf"
    path.write_bytes(bytes(scan.output()))
    texts = _texts(read(path, pages))
    assert "Số: 215/UBND-KT" in texts
    assert not [text for text in texts if "Ký bởi" in text or "10:00" in text]


@pytest.mark.parametrize(
    "layer",
    [
        "CQng hda xd hQi chii nghTa Vi?t Nam Dqc lgp Tg do H4nh phric kfnh giri ciic s6 ban ngirnh " * 8,
        "&ăn cứ OXậW Wổ FKứF FKtQK TX\\ềQ địD SKươQJ QJj\\ YjK " * 16,
    ],
)
def test_a_layer_that_means_nothing_is_recognised_anew(
    tmp_path: Path, sheet: Image.Image, pages: Options, layer: str
) -> None:
    """Foreign recognition and broken font maps over a readable picture: the picture is read."""
    pdf = new_pdf()
    pdf.image(sheet, 0, 0, 595, 842)
    with pdf.local_context(text_mode="INVISIBLE"):
        paragraphs(pdf, (layer,), 80)
    path = tmp_path / "layer.pdf"
    path.write_bytes(bytes(pdf.output()))
    assert "Số: 215/UBND-KT" in _texts(read(path, pages))


def test_what_comes_out_as_no_vietnamese_is_refused(tmp_path: Path, pages: Options) -> None:
    """A text whose font is broken looks broken too: nothing is better than letters that mean nothing."""
    pdf = new_pdf()
    paragraphs(pdf, ("&ăn cứ OXậW Wổ FKứF FKtQK TX\\ềQ địD SKươQJ QJj\\ YjK " * 20,), 80)
    path = tmp_path / "broken.pdf"
    path.write_bytes(bytes(pdf.output()))
    with pytest.raises(UnreadableDocument, match="Lớp chữ của tệp PDF không đọc được"):
        read(path, pages)


def test_a_typed_page_in_another_language_stays(tmp_path: Path, pages: Options) -> None:
    """An annex in English is no garbage: its text is kept, with a warning, with recognition and without."""
    pdf = letter(new_pdf())
    pdf.add_page()
    paragraphs(
        pdf, ("The contractor shall deliver all goods to the warehouse before the end of the third quarter. " * 4,), 80
    )
    path = tmp_path / "annex.pdf"
    path.write_bytes(bytes(pdf.output()))
    for options in (pages, Options(ocr=False)):
        document = read(path, options)
        assert any(line.page == 2 and "warehouse" in line.text for line in document.lines)
        assert ((), True) == (document.unread, any("trang 2 không giống" in text for text in document.warnings))


def test_picture_files(tmp_path: Path, sheet: Image.Image, pages: Options) -> None:
    """A TIFF of two pages and a JPEG that does not tell its resolution."""
    second = photographed(_continued())
    sheet.save(tmp_path / "cv.tif", save_all=True, append_images=[second], dpi=(200, 200))
    document = read(tmp_path / "cv.tif", pages)
    assert ("image", 2, True) == (document.format, document.pages, document.ocr)
    assert "Số: 215/UBND-KT" in _texts(document)
    assert any(line.page == 2 and "Sở Tài chính" in line.text for line in document.lines)
    sheet.save(tmp_path / "cv.jpg", quality=90)
    assert "Số: 215/UBND-KT" in _texts(read(tmp_path / "cv.jpg", pages))
    (tmp_path / "cut.jpg").write_bytes((tmp_path / "cv.jpg").read_bytes()[:2000])
    with pytest.raises(UnreadableDocument, match="bị hỏng"):
        read(tmp_path / "cut.jpg", pages)


def _continued():  # type: ignore[no-untyped-def]
    pdf = new_pdf()
    paragraphs(pdf, BODY, 80)
    return pdf


# ---------------------------------------------------------------- without the engine, and what is remembered
def test_pages_are_remembered(tmp_path: Path, sheet: Image.Image) -> None:
    """What was recognised once is taken from its file; a damaged file is as good as none."""
    options = Options(cache=tmp_path / "cache")
    path = _saved(tmp_path, sheet)
    first = _texts(read(path, options))
    (kept,) = (tmp_path / "cache").rglob("*.json")
    kept.write_text(kept.read_text(encoding="utf-8").replace('"215/UBND-KT"', '"216/UBND-KT"'), encoding="utf-8")
    assert "Số: 216/UBND-KT" in _texts(read(path, options))
    kept.write_text("[", encoding="utf-8")
    assert first == _texts(read(path, options))


def _run(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", "run", str(folder), "--out", str(folder.parent / "out"), *options]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=120
    )


def test_without_tesseract_a_page_is_a_failure_that_says_how(tmp_path: Path, sheet: Image.Image) -> None:
    """The typed page is read, the picture is a row of failures with the install command, the exit code says so."""
    folder = tmp_path / "in"
    folder.mkdir()
    mixed = new_pdf()
    paragraphs(mixed, BODY, 80)
    mixed.add_page()
    mixed.image(sheet, 0, 0, 595, 842)
    (folder / "mixed.pdf").write_bytes(bytes(mixed.output()))
    _saved(folder, sheet)
    done = _run(folder, PATH=str(tmp_path), COLUMNS="400")
    assert 1 == done.returncode, done.stderr
    assert "sudo apt-get install tesseract-ocr tesseract-ocr-vie" in done.stdout
    assert "mixed.pdf, tr. 2:" in done.stdout
    assert "Đọc mới 1 văn bản" in done.stdout


def test_no_ocr_skips(tmp_path: Path, sheet: Image.Image) -> None:
    """``--no-ocr`` leaves scans unread, and says so for each."""
    folder = tmp_path / "in"
    folder.mkdir()
    _saved(folder, sheet)
    done = _run(folder, "--no-ocr", COLUMNS="400")
    assert 1 == done.returncode
    assert "--no-ocr" in done.stdout


# ---------------------------------------------------------------- pictures
@pytest.mark.parametrize("angle", [-3.0, -0.8, 0.0, 0.6, 4.1])
def test_skew_is_measured(sheet: Image.Image, angle: float) -> None:
    """The angle that levels a page is the one it was turned by, the other way."""
    turned = without_red(sheet).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    assert abs(skew(turned) + angle) <= 0.15
    assert abs(skew(levelled(turned, skew(turned)))) <= 0.15


def test_rules_vanish_and_letters_stay(sheet: Image.Image) -> None:
    """Lines longer than any letter go, along and across, also through text; the text is as it was."""
    grey = without_red(sheet).resize((2480, 3508))
    ruled = grey.copy()
    drawn = ImageDraw.Draw(ruled)
    drawn.line((700, 0, 700, 3500), 0, 5)
    drawn.line((200, 3300, 2300, 3300), 0, 7)
    cleared = without_rules(ruled)
    assert cleared.getpixel((700, 3400)) == cleared.getpixel((1000, 3300)) == 255
    differing = sum(a != b for a, b in zip(grey.tobytes(), cleared.tobytes(), strict=True))
    assert differing < 3508 * 12


def test_an_empty_sheet_is_not_read() -> None:
    """Dust is no text; a line is."""
    sheet = Image.new("L", (2480, 3508), 250)
    drawn = ImageDraw.Draw(sheet)
    for place in range(100, 2300, 400):
        drawn.point((place, place), 0)
    assert is_blank(sheet)
    drawn.text((300, 300), "Số: 12/KH-UBND", 0, font_size=60)
    assert not is_blank(sheet)


def test_cached_pages_are_plain_json(tmp_path: Path, sheet: Image.Image) -> None:
    """The cache is JSON that any tool reads: words, quarter turns and tables of the page."""
    read(_saved(tmp_path, sheet), Options(cache=tmp_path / "cache"))
    (kept,) = (tmp_path / "cache").rglob("*.json")
    page = json.loads(kept.read_text(encoding="utf-8"))
    assert (0, []) == (page["turns"], page["tables"])
    assert "215/UBND-KT" in [word["text"] for word in page["words"]]
