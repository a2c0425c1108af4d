"""``vanthu units`` and ``--unit`` as a clerk types them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.units.explanation import as_json, explain_unit

RUNNER = CliRunner(env={"COLUMNS": "160"})


def _vanthu(*arguments: object) -> Result:
    return RUNNER.invoke(app, [str(argument) for argument in arguments])


def _units(folder: Path, *arguments: object) -> Result:
    return _vanthu("units", *arguments, "--db", folder / "none.db")


def test_a_body_with_its_history(tmp_path: Path) -> None:
    """Which body, until when, under whom, what came after, which region serves its area."""
    result = _units(tmp_path, "HQ Quảng Ninh", "--on", "1/5/2024")
    assert 0 == result.exit_code
    for said in (
        "Cục Hải quan tỉnh Quảng Ninh", "đến 28/02/2025", "có tên này", "Tổng cục Hải quan", "HQQN",
        "Chi cục Hải quan khu vực VIII (từ 01/03/2025)", "Quyết định 2019/QĐ-BTC",
    ):  # fmt: skip
        assert said in result.output, said


def test_both_maps_of_a_region_in_english(tmp_path: Path) -> None:
    """A region number means other provinces since June 2025."""
    result = _units(tmp_path, "Chi cục Hải quan khu vực XVI", "--lang", "en")
    assert "from 01/03/2025 until 30/06/2025: Bình Dương, Bình Phước, Tây Ninh" in result.output
    assert "from 11/06/2025: Cao Bằng, Tuyên Quang" in result.output
    assert "Before it" in result.output


def test_several_bodies_and_groups(tmp_path: Path) -> None:
    """A name of two bodies shows both; a group its members on a day, and the gaps of its list."""
    result = _units(tmp_path, "UBND t. Lào Cai")
    assert 2 == result.output.count("Ủy ban nhân dân tỉnh Lào Cai\n")
    assert "thêm --on" in result.output
    assert "không có tên này" in _units(tmp_path, "UBND t. Yên Bái", "--on", "2025-07-01").output
    group = _units(tmp_path, "Cục HQ các tỉnh, thành phố (trừ Hà Nội)", "--on", "2024-05-01")
    assert (0, True) == (group.exit_code, "34 đơn vị" in group.output)
    assert "có thể chưa đủ" in _units(tmp_path, "cơ quan thuộc Chính phủ", "--on", "2024-05-01").output


def test_an_unknown_name_has_suggestions_and_no_answer(tmp_path: Path) -> None:
    """Exit code 1; names like it are proposed, none is chosen."""
    result = _units(tmp_path, "Cục Hải quan tỉnh Quang Nin")
    assert 1 == result.exit_code
    assert "Tên gần giống: Cục Hải quan tỉnh Quảng Ninh" in result.output
    assert "Bộ Nông nghiệp và Môi trường" in _units(tmp_path, "Bộ Nông nghiệp").output
    strange = _units(tmp_path, "qwxz")
    assert (1, False) == (strange.exit_code, "Tên gần giống" in strange.output)
    assert 2 == _units(tmp_path, "TCHQ", "--on", "31/2/2024").exit_code


def test_json(tmp_path: Path) -> None:
    """The same for programs."""
    (unit,) = json.loads(_units(tmp_path, "TCHQ", "--format", "json").stdout)["units"]
    assert ("tong-cuc-hai-quan", "2025-02-28", ["cuc-hai-quan"]) == (
        unit["id"],
        unit["valid_to"],
        [one["id"] for one in unit["after"]],
    )


def test_run_and_query_with_own_units(tmp_path: Path) -> None:
    """A list in the folder is used and remembered; a question finds what came before and says so."""
    folder, out = tmp_path / "kho", tmp_path / "out"
    folder.mkdir()
    (folder / "units.toml").write_text(
        '[[unit]]\nname = "Đội Thủ tục Bến Sậy"\nabbreviations = ["ĐBS"]\nvalid_to = 2025-05-31\n'
        'successors = ["Chi cục Hải quan khu vực VIII"]\n',
        encoding="utf-8",
    )
    (folder / "cv.txt").write_text(
        "TỔNG CỤC HẢI QUAN\nSố: 12/TCHQ-GSQL\nV/v kiểm tra kho\nHà Nội, ngày 06 tháng 5 năm 2024\n\n"
        "Kính gửi: Các đơn vị thuộc và trực thuộc.\n\nTổng cục Hải quan có ý kiến như sau:\n"
        "1. Yêu cầu Cục Hải quan các tỉnh, thành phố báo cáo kết quả trước ngày 20/5/2024.\n"
        "2. Yêu cầu Cục HQ Quảng Ninh báo cáo kết quả kiểm tra kho trước ngày 15/5/2024.\n",
        encoding="utf-8",
    )
    run = _vanthu("run", folder, "--out", out, "--jobs", 1, "--today", "2024-05-10")
    assert 0 == run.exit_code, run.output
    assert "units.toml (1 đơn vị)" in run.output
    assert ".toml (1)" not in run.output
    database = out / "vanthu.db"
    asked = ("query", "--db", database, "--today", "2026-03-02", "--unit", "Chi cục Hải quan khu vực VIII")
    found = _vanthu(*asked)
    assert "của đơn vị tiền thân: Cục Hải quan tỉnh Quảng Ninh." in found.output
    assert "giao chung cho: Cục Hải quan các tỉnh, thành phố." in found.output
    assert "Tìm thấy 2 nghĩa vụ" in found.output
    assert "Không tìm thấy" in _vanthu(*asked, "--as-written").output
    assert "Đội Thủ tục Bến Sậy" in _vanthu("units", "ĐBS", "--db", database).output
    (folder / "units.toml").write_text("[[unit]]\nname = 'A'\nvalid_to = 'mai'\n", encoding="utf-8")
    bad = _vanthu("run", folder, "--out", out)
    assert (2, True) == (bad.exit_code, "đơn vị thứ 1 («A»), trường valid_to" in bad.output)


@given(st.text(max_size=40), st.none() | st.dates())
def test_explanations_are_total(name: str, on: date | None) -> None:
    """Any words, any day; what is said can be written as JSON, and suggestions stand only beside no answer."""
    explanation = explain_unit(name, on)
    assert json.dumps(as_json(explanation))
    assert not (explanation.found and explanation.near)
