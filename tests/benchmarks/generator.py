"""Dispatches with a known answer, for measuring: ``python tests/benchmarks/generator.py FOLDER N [SEED]``.

Writes ``FOLDER/documents`` (text, DOCX and PDF in turn) and ``FOLDER/gold`` (the form of ``corpus/gold``, so that
``vanthu evaluate --gold FOLDER/gold --documents FOLDER/documents`` scores them). The same seed gives the same words.
The people and places are invented. The sentences are of few shapes: they measure speed, and that nothing breaks on the
way from a file to a row; they say nothing of accuracy on real dispatches.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from docx import Document
from fpdf import FPDF

FORMATS = (".txt", ".docx", ".pdf")
_FONTS = Path("/usr/share/fonts/truetype/croscore")
_PROVINCES = ("Sông Trà", "Hòa Lâm", "Bình Khê", "An Sơn", "Vĩnh Lạc")
_UNITS = ("Sở Tài chính", "Sở Y tế", "Sở Nội vụ", "Sở Xây dựng", "Sở Công Thương", "Sở Tư pháp")
_PEOPLE = ("Lò Thị Hoài", "Vàng A Sính", "Đinh Công Thảo", "Hà Văn Phiên")
_DUTIES = (
    ("rà soát", "danh mục tài sản công đang quản lý"),
    ("tham mưu", "phương án bố trí kinh phí cho các trạm y tế"),
    ("tổng hợp", "kết quả cải cách hành chính của các đơn vị"),
    ("kiểm tra", "việc chấp hành quy định về phòng cháy tại các chợ"),
    ("xây dựng", "kế hoạch tập huấn nghiệp vụ cho công chức cấp xã"),
    ("báo cáo", "tiến độ giải ngân vốn đầu tư công"),
)
_GROUNDS = (
    "Thời gian qua, các đơn vị đã có nhiều cố gắng trong thực hiện nhiệm vụ được giao. Tuy nhiên, tiến độ một số công "
    "việc còn chậm, công tác phối hợp giữa các ngành chưa chặt chẽ.",
    "Qua kiểm tra, một số địa phương chưa quan tâm đúng mức đến việc lập hồ sơ, lưu trữ; số liệu báo cáo còn sai sót.",
)


@dataclass
class Dispatch:
    """The lines of one dispatch in the order of reading, and its answer in the form of ``corpus/gold``."""

    name: str
    lines: list[str] = field(default_factory=list)
    gold: dict[str, Any] = field(default_factory=dict)


def dispatches(count: int, seed: int = 0) -> Iterator[Dispatch]:
    """``count`` dispatches; the n-th is the same whatever the count."""
    for number in range(count):
        yield _dispatch(number, Random(f"{seed}/{number}"))


def _dispatch(number: int, random: Random) -> Dispatch:
    province, issued = random.choice(_PROVINCES), date(2024, 1, 8) + timedelta(days=random.randrange(300))
    code, signer = f"{number + 1}/UBND-TH", random.choice(_PEOPLE)
    plan = f"{random.randrange(1, 900)}/KH-UBND"
    one = Dispatch(f"cv_{number:06d}{FORMATS[number % len(FORMATS)]}")
    units = random.sample(_UNITS, 3)
    one.lines += [
        f"ỦY BAN NHÂN DÂN\nTỈNH {province.upper()}",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        f"Số: {code}\nV/v triển khai nhiệm vụ trọng tâm tháng {issued.month}",
        f"{province}, ngày {issued.day:02d} tháng {issued.month:02d} năm {issued.year}",
        f"Kính gửi: {'; '.join(units)}.",
        f"Thực hiện Kế hoạch số {plan} ngày 02/01/2024 của Ủy ban nhân dân tỉnh, Chủ tịch UBND tỉnh yêu cầu:",
    ]
    duties = [_duty(n, unit, issued, random) for n, unit in enumerate(random.choices(units, k=random.randint(4, 9)), 1)]
    for label, words, _ in duties:
        one.lines.append(f"{label}. {words}")
        if random.random() < 0.4:
            one.lines.append(random.choice(_GROUNDS))
    one.lines += [
        "Nơi nhận:\n- Như trên;\n- Lưu: VT, TH.",
        f"TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n{signer}",
    ]
    one.gold = {
        "file": one.name,
        "header": _header(code, province, issued, signer, units),
        "citations": [{"code": plan, "type": "Kế hoạch", "name": None, "issuer": "Ủy ban nhân dân tỉnh",
                       "date": "2024-01-02", "relation": "implements", "pinpoint": None, "mentions": 1}],
        "obligations": [row for _, _, row in duties],
    }  # fmt: skip
    return one


def _header(code: str, province: str, issued: date, signer: str, units: list[str]) -> dict[str, Any]:
    return {
        "doc_type": "Công văn", "code": code, "issuer": f"Ủy ban nhân dân tỉnh {province}", "parent_issuer": None,
        "place": province, "date": issued.isoformat(), "urgency": None, "secrecy": None,
        "subject": f"triển khai nhiệm vụ trọng tâm tháng {issued.month}", "addressees": units,
        "recipients": [{"name": "Như trên", "purpose": None}, {"name": "Lưu: VT, TH", "purpose": None}],
        "signing_mode": "TM.", "on_behalf_of": "ỦY BAN NHÂN DÂN", "signer_title": "CHỦ TỊCH", "signer_name": signer,
    }  # fmt: skip


def _duty(label: int, unit: str, issued: date, random: Random) -> tuple[int, str, dict[str, Any]]:
    verb, what = random.choice(_DUTIES)
    helper = random.choice([one for one in _UNITS if one != unit])
    due = issued + timedelta(days=random.randint(5, 90))
    when = f"trước ngày {due:%d/%m/%Y}"
    led = random.random() < 0.5
    start = f"{unit} chủ trì, phối hợp với {helper} {verb} {what}" if led else f"{unit} {verb} {what}"
    row = {
        "start": start, "end": when, "kind": "obligation", "actors": [unit], "actor_source": "explicit",
        "coordinators": [helper] if led else [], "report_to": None, "clause": str(label),
        "deadline": {"text": when, "value": f"<{due}", "type": "absolute"},
    }  # fmt: skip
    return label, f"{start}, hoàn thành {when}.", row


def write(one: Dispatch, folder: Path) -> Path:
    """The file of a dispatch, in the format that its name says."""
    path = folder / one.name
    if path.suffix == ".docx":
        document = Document()
        for line in one.lines:
            for part in line.split("\n"):
                document.add_paragraph(part)
        document.save(str(path))
    elif path.suffix == ".pdf":
        _pdf(one.lines).output(str(path))
    else:
        path.write_text("\n".join(one.lines) + "\n", encoding="utf-8")
    return path


def _pdf(lines: list[str]) -> FPDF:
    pdf = FPDF()
    pdf.add_font("Tinos", fname=str(_FONTS / "Tinos-Regular.ttf"))
    pdf.add_page()
    pdf.set_font("Tinos", size=13)
    for line in lines:
        pdf.multi_cell(0, 7, line, new_x="LMARGIN", new_y="NEXT")
    return pdf


def main(folder: Path, count: int, seed: int = 0) -> None:
    """Write the documents and their gold."""
    for name in ("documents", "gold"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for one in dispatches(count, seed):
        write(one, folder / "documents")
        answer = json.dumps(one.gold, ensure_ascii=False, indent=1)
        (folder / "gold" / f"{Path(one.name).stem}.json").write_text(answer, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
