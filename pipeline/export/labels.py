"""The Vietnamese words for columns and values: the one table between the records and people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

VALUES: dict[str, dict[str, str]] = {
    "kind": {
        "obligation": "Phải làm",
        "prohibition": "Không được làm",
        "permission": "Được làm",
        "recommendation": "Đề nghị / khuyến khích",  # no comma: Excel parts the values of a list by it
    },
    "actor_source": {
        "explicit": "nêu tại câu",
        "inherited": "theo đề mục, câu dẫn",
        "addressee": "theo nơi nhận công văn",
    },
    "deadline_type": {
        "absolute": "ngày cụ thể",
        "period": "trong tháng, quý, năm",
        "relative": "tính từ một mốc",
        "recurring": "định kỳ",
        "event": "theo sự kiện",
        "immediate": "làm ngay",
    },
    "relation": {
        "basis": "căn cứ",
        "implements": "thực hiện",
        "amends": "sửa đổi, bổ sung",
        "replaces": "thay thế",
        "repeals": "bãi bỏ",
        "guides": "hướng dẫn thi hành",
        "encloses": "gửi kèm",
        "replies_to": "trả lời",
        "corrects": "đính chính",
        "mentions": "nhắc đến",
    },
    "status": {
        "new": "Mới",
        "assigned": "Đã giao",
        "in_progress": "Đang làm",
        "done": "Xong",
        "not_applicable": "Không áp dụng",
    },
    "review": {
        "accepted": "đã xác nhận",
        "corrected": "đã sửa",
        "added": "người thêm",
        "rejected": "đã loại",
    },
    "ocr": {"True": "nhận dạng từ ảnh", "False": ""},
}

HEADINGS: dict[str, str] = {
    "accountable_to": "Chịu trách nhiệm trước",
    "actor_source": "Căn cứ xác định đơn vị",
    "actors": "Đơn vị thực hiện",
    "action": "Nội dung công việc",
    "addressees": "Kính gửi",
    "annexes": "Phụ lục",
    "answered_by": "Văn bản trả lời",
    "authority": "Theo ý kiến, lệnh của",
    "basis": "Căn cứ",
    "canonical_id": "Mã văn bản",
    "channels": "Gửi qua (thư điện tử, hệ thống)",
    "clause": "Mục",
    "code": "Số, ký hiệu",
    "condition": "Điều kiện",
    "confidence": "Độ tin cậy",
    "copied": "Bản sao",
    "coordinators": "Đơn vị phối hợp",
    "date": "Ngày ban hành",
    "deadline_text": "Thời hạn (nguyên văn)",
    "deadline_type": "Loại thời hạn",
    "doc_code": "Văn bản",
    "doc_type": "Loại văn bản",
    "due": "Hạn cuối",
    "effective": "Có hiệu lực từ ngày",
    "exception": "Ngoại trừ",
    "expires": "Hết hiệu lực từ ngày",
    "first_due": "Kỳ đầu tiên",
    "issuer": "Cơ quan ban hành",
    "kind": "Tính chất",
    "mark": "Dấu đối chiếu (không sửa)",
    "n": "STT",
    "name": "Tên văn bản",
    "note": "Ghi chú",
    "obligation_count": "Số nghĩa vụ",
    "obligation_id": "Mã nghĩa vụ (không sửa)",
    "ocr": "Nguồn chữ",
    "on_behalf_of": "Ký thay mặt",
    "ordered_by": "Người giao việc",
    "page": "Trang",
    "pages": "Số trang",
    "parent_issuer": "Cơ quan chủ quản",
    "path": "Tệp gốc",
    "person": "Người phụ trách",
    "pinpoint": "Điều, khoản, điểm",
    "place": "Nơi ban hành",
    "product": "Sản phẩm",
    "quote": "Nguyên văn",
    "reason": "Lý do",
    "recipients": "Nơi nhận",
    "recurrence": "Chu kỳ",
    "relation": "Quan hệ",
    "received": "Ngày đến",
    "report_to": "Báo cáo cho",
    "resolved": "Văn bản trong thư mục",
    "review": "Đã soát",
    "route": "Gửi qua đầu mối",
    "secrecy": "Độ mật",
    "signatures": "Chữ ký số",
    "signer_name": "Người ký",
    "signer_title": "Chức vụ người ký",
    "signing_mode": "Thể thức ký",
    "status": "Trạng thái",
    "subject": "Trích yếu",
    "target": "Chỉ tiêu",
    "type": "Loại văn bản",
    "urgency": "Độ khẩn",
    "version_of": "Bản khác của",
    "warnings": "Cần kiểm tra",
}


def label(field: str, value: object) -> str:
    """The Vietnamese word for a value of a closed vocabulary; other values as they are, nothing for ``None``."""
    return "" if value is None else VALUES.get(field, {}).get(str(value), str(value))


def labels(field: str) -> tuple[str, ...]:
    """The Vietnamese words of a closed vocabulary."""
    return tuple(VALUES[field].values())


def recipient_line(recipient: dict[str, str | None]) -> str:
    """A line of *Nơi nhận* as it is written on paper."""
    name, purpose = recipient.get("name") or "", recipient.get("purpose")
    return f"{name} ({purpose})" if purpose else name


def party_line(party: dict[str, Any]) -> str:
    """An item of *Kính gửi* or *Nơi nhận* with those it stands for: ``Các Bộ: TC, XD → Bộ Tài chính; Bộ Xây dựng``."""
    members = f" → {'; '.join(party['members'])}" if party["members"] else ""
    excluded = f" (không gồm: {'; '.join(party['excluded'])})" if party["excluded"] else ""
    return recipient_line(party) + members + excluded


def annex_lines(annexes: Iterable[dict[str, Any]] | None) -> list[str]:
    """The annexes of a document by label and title, as a table of contents has them."""
    return [": ".join(filter(None, (one["label"], one["title"]))) or (one["doc_type"] or "") for one in annexes or ()]


def copy_line(copied: dict[str, Any] | None) -> str | None:
    """The mark of a certified copy: kind, number, day and office."""
    if copied is None:
        return None
    return ", ".join(filter(None, (copied["kind"], copied["code"], copied["date"], copied["issuer"])))


def signature_lines(signatures: Iterable[dict[str, Any]] | None) -> list[str]:
    """The digital signatures of a document; number, day and seal are often signed at one go and then stand once."""
    return list(dict.fromkeys(map(_signature_line, signatures or ())))


def _signature_line(signature: dict[str, Any]) -> str:
    """A digital signature in one line: ``Nguyễn Văn A (Ủy ban nhân dân …), 05/04/2020 16:30, còn nguyên vẹn``."""
    who = signature["signer"] or "không rõ người ký"
    body = f" ({signature['organisation']})" if signature["organisation"] else ""
    state = "còn nguyên vẹn"
    if not signature["intact"]:
        state = "không khớp với nội dung tệp"
    elif signature["changed_after"]:
        state = "tệp bị thay đổi sau khi ký"
    return ", ".join(filter(None, (who + body, _moment(signature["signed_at"]), state)))


def _moment(iso: str | None) -> str:
    """Day and minute as the signature states them, in its own zone."""
    return datetime.fromisoformat(iso).strftime("%d/%m/%Y %H:%M") if iso else ""


_FREQUENCIES = {"DAILY": "hằng ngày", "WEEKLY": "hằng tuần", "MONTHLY": "hằng tháng", "YEARLY": "hằng năm"}
_DAYS = {
    "MO": "thứ Hai",
    "TU": "thứ Ba",
    "WE": "thứ Tư",
    "TH": "thứ Năm",
    "FR": "thứ Sáu",
    "SA": "thứ Bảy",
    "SU": "Chủ nhật",
}


def recurrence_in_words(rule: str | None) -> str:
    """``FREQ=WEEKLY;BYDAY=FR`` -> ``hằng tuần, thứ Sáu``; parts without a word for them stay as they are."""
    if not rule:
        return ""
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    frequency = _frequency(parts.pop("FREQ", ""), parts.pop("INTERVAL", "1"))
    words = [frequency] if frequency else []
    for name, value in parts.items():
        if name == "BYDAY":
            words.append(", ".join(_DAYS.get(day, day) for day in value.split(",")))
        elif name == "BYMONTHDAY":
            words.append("ngày cuối tháng" if value == "-1" else f"ngày {value}")
        elif name == "BYMONTH":
            words.append(f"tháng {value.replace(',', ', ')}")
        elif name == "BYHOUR":
            words.append(f"{value} giờ")
        else:
            words.append(f"{name}={value}")
    return ", ".join(words)


def _frequency(name: str, interval: str) -> str:
    special = {("MONTHLY", "3"): "hằng quý", ("MONTHLY", "6"): "6 tháng một lần"}
    usual = _FREQUENCIES.get(name, name)
    return special.get((name, interval), usual if interval == "1" else f"{usual} (cách {interval})")
