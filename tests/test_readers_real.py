"""Real signed PDFs, where they are at hand: stamped number, date and names are in the lines; scans are refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.readers import Options, UnreadableDocument, read

_REAL = Path(__file__).resolve().parents[2] / "shared" / "real"
_GOLD = sorted(path for path in (_REAL / "gold").glob("*.json") if (_REAL / "files" / f"{path.stem}.pdf").exists())


@pytest.mark.skipif(not _GOLD, reason="the real documents are not at hand")
def test_signed_files_give_what_their_gold_says() -> None:
    """Every file with a text layer yields its code, its day and its recipients; every other one is a scan."""
    found = 0
    for path in _GOLD:
        header = json.loads(path.read_text())["header"]
        try:
            document = read(_REAL / "files" / f"{path.stem}.pdf", Options(ocr=False))
        except UnreadableDocument as error:
            assert "--no-ocr" in error.reason
            continue
        found += 1
        text = " ".join(line.text for line in document.lines)
        year, month, day = (int(part) for part in header["date"].split("-"))
        assert header["code"] in text.replace(" ", "")
        assert f"ngày {day:02d} tháng {month:02d} năm {year}" in text
        assert header["signer_name"] in [line.text for line in document.lines]
        assert all(recipient["name"] in text for recipient in header["recipients"])
    assert found >= 3
