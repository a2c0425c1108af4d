"""What the command line says, in Vietnamese and in English. Side by side, so that none lags behind."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Language(StrEnum):
    """The languages of the command line."""

    VI = "vi"
    EN = "en"


Say = Callable[..., str]

TEXTS: dict[str, tuple[str, str]] = {
    "reading": ("Đang đọc", "Reading"),
    "no_path": (
        "Không thấy {path}. Hãy kiểm tra lại đường dẫn (tên có dấu cách thì đặt trong dấu nháy).",
        "{path} does not exist. Check the path (put quotes around names with spaces).",
    ),
    "nothing_found": (
        "Không có văn bản nào đọc được trong {paths}. Các định dạng được hỗ trợ: {formats}.",
        "No document to read in {paths}. Supported formats: {formats}.",
    ),
    "unsupported": (
        "Bỏ qua {n} tệp có định dạng chưa hỗ trợ: {list}.",
        "Passed over {n} files of unsupported formats: {list}.",
    ),
    "interrupted": (
        "Đã dừng theo yêu cầu. Những văn bản đã đọc được giữ nguyên; chạy lại lệnh này để đọc tiếp.",
        "Stopped as asked. What has been read is kept; run the same command again to go on.",
    ),
    "cannot_write": (
        "Không ghi được {path} ({reason}). Hãy đóng tệp nếu đang mở, hoặc chọn thư mục khác.",
        "Cannot write {path} ({reason}). Close the file if it is open, or choose another folder.",
    ),
    "busy": (
        "Cơ sở dữ liệu {path} đang được lệnh khác ghi hoặc không ghi được. Hãy đợi lệnh kia xong rồi chạy lại.",
        "The database {path} is in use by another command or cannot be written. Wait for it to end and try again.",
    ),
    "counts": (
        "Đọc mới {read} văn bản, giữ nguyên {unchanged}, lỗi {failed}, gỡ {removed} (tệp không còn trong thư mục).",
        "Read {read} documents, kept {unchanged} unchanged, {failed} failed, removed {removed} (files that are gone).",
    ),
    "totals": (
        "Trong cơ sở dữ liệu: {all} nghĩa vụ, {deadline} có thời hạn, {dated} tính được ngày, "
        "{overdue} quá hạn tính đến {today}.",
        "In the database: {all} obligations, {deadline} with a deadline, {dated} with a date, "
        "{overdue} overdue on {today}.",
    ),
    "versions": (
        "{n} tệp là bản khác (dự thảo, bản quét, bản chép) của văn bản đã có: mỗi văn bản chỉ tính một lần.",
        "{n} files are other versions (drafts, scans, copies) of a document: each document counts once.",
    ),
    "types": ("Loại văn bản", "Document types"),
    "untyped": ("(chưa rõ loại)", "(unknown type)"),
    "upcoming": ("Sắp đến hạn", "Due next"),
    "overdue": ("Quá hạn gần đây nhất", "Most recently overdue"),
    "failures": ("Không đọc được", "Could not be read"),
    "more": ("… và {n} tệp nữa, xem trang tính “Lỗi”.", "… and {n} more, see the sheet “Lỗi”."),
    "written": ("Kết quả ghi tại:", "Results are in:"),
    "due": ("Hạn cuối", "Due"),
    "days_left": ("còn {n} ngày", "{n} days left"),
    "days_over": ("quá {n} ngày", "{n} days over"),
    "unit": ("Đơn vị thực hiện", "Unit"),
    "task": ("Nguyên văn", "What (quote)"),
    "document": ("Văn bản", "Document"),
    "page": ("tr.", "p."),
    "no_unit": ("(chưa rõ đơn vị)", "(unit unknown)"),
    "none_found": (
        "Không tìm thấy nghĩa vụ nào. Hãy thử bớt điều kiện, hoặc viết tên đơn vị ngắn hơn.",
        "No obligation found. Try fewer filters, or a shorter name of the unit.",
    ),
    "found": ("Tìm thấy {n} nghĩa vụ.", "{n} obligations found."),
    "bad_date": (
        "“{value}” không phải ngày. Hãy viết 2026-04-05 hoặc 05/4/2026.",
        "“{value}” is no date. Write 2026-04-05 or 05/4/2026.",
    ),
    "unreadable": ("Không đọc được {path}: {reason}", "Cannot read {path}: {reason}"),
    "header": ("Thể thức", "Header"),
    "not_stated": ("không nêu", "not stated"),
    "untrusted": (
        "Chưa kiểm tra được chứng thư số vì không có mạng.",
        "The certificates could not be checked without network.",
    ),
    "spans": (
        "Mỗi dòng chú giải: [vị trí bắt đầu–kết thúc, trang] điều đọc được · quy tắc.",
        "Each note: [start–end, page] what was read · rule.",
    ),
    "explain_counts": (
        "{citations} viện dẫn, {deadlines} thời hạn, {obligations} nghĩa vụ.",
        "{citations} citations, {deadlines} deadlines, {obligations} obligations.",
    ),
    "check": ("Cần kiểm tra", "To be checked"),
}


def speaker(language: Language) -> Say:
    """A function ``say(key, **values)`` that gives the text of ``key`` in ``language``."""
    at = 0 if language is Language.VI else 1

    def say(key: str, **values: object) -> str:
        return TEXTS[key][at].format(**values)

    return say
