"""The explanation shows the whole text and every record under its line."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from conftest import DISPATCH, dispatch, make_result
from containers_fixtures import LETTER, edxml, locked, written, zipped
from rich.console import Console

from extractors.model import Header, Party, Result
from extractors.raw import DigitalSignature
from pipeline.explain import read_one, show_explanation
from pipeline.language import Language, speaker
from pipeline.readers import UnreadableDocument


def _explained(result: Result) -> str:
    console = Console(file=StringIO(), width=100, highlight=False)
    show_explanation(console, speaker(Language.VI), result)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_text_and_notes() -> None:
    """Each line of the text is there; each record has offsets, page, value and rule."""
    shown = _explained(dispatch())
    assert all(line in shown for line in DISPATCH.splitlines())
    assert (
        "[0–82, tr. 1] Phải làm: Cục HQ TP Cửa Biển (nêu tại câu) · Hạn cuối: 2020-04-04 · imperative, named" in shown
    )
    assert "<2020-04-05 (ngày cụ thể) · before_date" in shown
    assert "thực hiện · Chỉ thị · 07/CT-TTg · 2020-03-02 · full" in shown
    assert "! Thiếu Nơi nhận để biết." in shown
    assert "1 viện dẫn, 1 thời hạn, 2 nghĩa vụ." in shown


def test_signatures_are_shown_with_what_is_not_known() -> None:
    """Signer, time and state; that nobody vouches for the certificate."""
    signature = DigitalSignature("Lê Văn Mẫu", "UBND tỉnh Bình An", "2020-04-05T16:30:00+07:00", True, False)
    shown = _explained(make_result(signatures=(signature,)))
    assert "Chữ ký số: Lê Văn Mẫu (UBND tỉnh Bình An), 05/04/2020 16:30, còn nguyên vẹn" in shown
    assert "Chưa kiểm tra được chứng thư số vì không có mạng." in shown
    assert "Chữ ký số" not in _explained(dispatch())


def test_brackets_in_a_document_are_no_markup() -> None:
    """What looks like markup of the terminal library is printed as it is."""
    assert "[bold]Kính gửi[/x]" in _explained(make_result(text="[bold]Kính gửi[/x]\n"))


def test_a_result_without_anything_is_shown() -> None:
    """Nothing read: the header says so field by field."""
    assert "Số, ký hiệu: (không nêu)" in _explained(make_result(text=""))


def test_a_document_in_a_container_is_read(tmp_path: Path) -> None:
    """Named as the table names it, with what its message states."""
    written(tmp_path / "a.zip", zipped({"tin.edxml": edxml({"cv.txt": LETTER.encode()})}))
    result = read_one(tmp_path / "a.zip!" / "tin.edxml!" / "cv.txt")
    assert ("a.zip!/tin.edxml!/cv.txt", "Lê Văn Mẫu") == (result.path, result.header.signer_name)


def test_a_document_that_does_not_come_out(tmp_path: Path) -> None:
    """Locked: its reason; not there, or no container: no such file."""
    written(tmp_path / "a.zip", locked(zipped({"cv.txt": LETTER}), "cv.txt"))
    with pytest.raises(UnreadableDocument, match="mật khẩu"):
        read_one(tmp_path / "a.zip!" / "cv.txt")
    for missing in ("a.zip!/khác.txt", "b.zip!/cv.txt", "b.txt"):
        with pytest.raises(FileNotFoundError):
            read_one(tmp_path / missing)


def test_members_are_shown() -> None:
    """Whom an item of *Kính gửi* stands for, and whom it leaves out, is written behind it."""
    ministries = Party("Các Bộ: TC, XD", "group", ("Bộ Tài chính", "Bộ Xây dựng"), ("Bộ Y tế",))
    shown = _explained(make_result(header=Header(addressees=(ministries.name,), addressed=(ministries,))))
    assert "Các Bộ: TC, XD → Bộ Tài chính; Bộ Xây dựng (không gồm: Bộ Y tế)" in " ".join(shown.split())
