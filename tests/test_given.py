"""The tables an office hands over: its register of received documents and its own days off."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.given import Receipt, UnusableTable, calendar_beside, code_key, read_days_off, read_register

REGISTER = """SỔ ĐĂNG KÝ VĂN BẢN ĐẾN;;;;
Năm 2026;;;;
Ngày đến;Số đến;Tác giả;Số, ký hiệu văn bản;Ngày tháng văn bản
18/8/2026;101;Sở Y tế;0123 / SYT-NVY;17/8/2026
;102;Sở Nội vụ;45/SNV-VP;17/8/2026
19/8/2026;103;Sở Tài chính;;18/8/2026
"""


def written(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_register_as_office_programs_save_it(tmp_path: Path, separator: str) -> None:
    """The headings stand below a title; a line without day of receipt or number says nothing."""
    content = REGISTER if separator == ";" else REGISTER.replace("Số, ký hiệu văn bản", "Số ký hiệu")
    path = written(tmp_path / "so.csv", content.replace(";", separator))
    assert (Receipt(date(2026, 8, 18), "123/syt-nvy", date(2026, 8, 17)),) == read_register(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("so.csv", "Ngày đến;Tác giả\n18/8/2026;Sở Y tế\n"),
        ("so.csv", ""),
        ("so.csv", b"\xff\xfe\x00K"),
        ("so.csv", None),
    ],
)
def test_a_register_that_is_none(tmp_path: Path, name: str, content: str | bytes | None) -> None:
    """The message says what is missing; nothing else is raised."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UnusableTable, match=r"Hãy"):
        read_register(path)


def test_numbers_are_compared_without_their_spelling() -> None:
    assert code_key("0123 /SYT-NVY") == code_key("123/syt-nvy")
    assert code_key("123/SYT-NVY") != code_key("123/SYT-NVD")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lich-nghi.csv", "Ngày,Làm việc,Lý do\n05/9/2026,Có,làm bù\n2026-09-07,không,nghỉ bù\n"),
        ("lich-nghi.toml", 'nghi = ["07/9/2026"]\nlam_bu = [2026-09-05]\n'),
    ],
)
def test_days_off_of_an_office(tmp_path: Path, name: str, content: str) -> None:
    path = written(tmp_path / name, content)
    assert {date(2026, 9, 5): True, date(2026, 9, 7): False} == read_days_off(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lich-nghi.csv", "Ngày,Làm việc\n31/6/2026,có\n"),
        ("lich-nghi.csv", "Ngày,Làm việc\n05/9/2026,chắc vậy\n"),
        ("lich-nghi.csv", "Ngày;Ghi chú\n05/9/2026;nghỉ\n"),
        ("lich-nghi.toml", "nghi = 5 tháng"),
        ("lich-nghi.toml", "nghi = [5]"),
        ("lich-nghi.toml", "khac = []"),
    ],
)
def test_a_calendar_with_a_wrong_line_is_refused(tmp_path: Path, name: str, content: str) -> None:
    """A day overlooked is a deadline missed."""
    with pytest.raises(UnusableTable, match=r"Hãy|ví dụ"):
        read_days_off(written(tmp_path / name, content))


def test_the_calendar_beside_the_folder(tmp_path: Path) -> None:
    """In the folder above the one that is read; in no other."""
    folder = tmp_path / "kho"
    folder.mkdir()
    assert calendar_beside([folder]) is None
    path = written(tmp_path / "lich-nghi.csv", "Ngày,Làm việc\n")
    assert path == calendar_beside([folder])
