"""What the review page says, in Vietnamese and in English."""

from __future__ import annotations

from pipeline.export.labels import HEADINGS, VALUES
from pipeline.language import TEXTS as COMMANDS
from pipeline.language import Language, Say, speaker

_SHARED = (
    "proposal.done",
    "proposal.extended",
    "proposal.ended",
    "proposal.corrected",
    "proposal_same_day",
    "proposals_none",
)

TEXTS: dict[str, tuple[str, str]] = {
    **{key: COMMANDS[key] for key in _SHARED},
    "accept": ("Đúng", "Accept"),
    "about": ("Đề xuất", "Proposal"),
    "accepted": ("đã xác nhận đúng", "accepted"),
    "add": ("Thêm nghĩa vụ từ đoạn đã chọn", "Add a duty from the selection"),
    "add_hint": (
        "Bôi đen một đoạn trong văn bản rồi bấm nút này (phím t).",
        "Select a passage of the text, then press this button (key t).",
    ),
    "add_title": ("Thêm nghĩa vụ", "Add a duty"),
    "added": ("do người thêm", "added by a person"),
    "all_types": ("Mọi loại", "All types"),
    "answered_by": ("Văn bản trả lời", "Answered by"),
    "assigned": ("đã giao", "assigned"),
    "bad_request": ("Yêu cầu không hợp lệ.", "The request cannot be understood."),
    "busy": (
        "Cơ sở dữ liệu đang được lệnh khác ghi. Hãy đợi lệnh kia xong rồi thử lại.",
        "The database is being written by another command. Wait for it to end and try again.",
    ),
    "by": ("Theo văn bản", "By document"),
    "calendar": ("Lịch hạn", "Calendar"),
    "cancel": ("Thôi", "Cancel"),
    "chosen": ("Đoạn đã chọn", "Selected passage"),
    "close": ("Đóng", "Close"),
    "confidence": ("tin cậy {n} %", "{n} % sure"),
    "correct": ("Sửa", "Correct"),
    "corrected": ("đã sửa", "corrected"),
    "dismiss": ("Bỏ qua", "Dismiss"),
    "dismissed": ("Đã bỏ qua", "Dismissed"),
    "document": ("Văn bản", "Document"),
    "documents": ("Văn bản", "Documents"),
    "done": ("đã xong", "done"),
    "doubtful": ("cần kiểm tra", "to be checked"),
    "doubtful_only": ("Chỉ văn bản còn dòng cần kiểm tra", "Only documents with rows to check"),
    "duties": ("Nghĩa vụ", "Duties"),
    "duty": ("Việc đã giao", "Duty"),
    "edited": ("Đã ghi sửa đổi.", "The correction is kept."),
    "empty_list": ("Không có văn bản nào khớp bộ lọc.", "No document meets these filters."),
    "filter": ("Lọc", "Filter"),
    "filters": ("Bộ lọc", "Filters"),
    "graph": ("Quan hệ", "Graph"),
    "graph_of": ("Quan hệ của văn bản này", "Graph of this document"),
    "header": ("Thể thức", "Header"),
    "help": ("Phím tắt", "Keys"),
    "history": ("Lịch sử", "History"),
    "image": ("Ảnh trang", "Page image"),
    "in_progress": ("đang làm", "in progress"),
    "key_a": ("xác nhận dòng đang chọn là đúng", "accept the selected row"),
    "key_e": ("sửa dòng đang chọn", "correct the selected row"),
    "key_esc": ("đóng, quay lại danh sách dòng", "close, back to the rows"),
    "key_jk": ("dòng sau, dòng trước", "next row, previous row"),
    "key_n": ("dòng tiếp theo cần kiểm tra, ở mọi văn bản", "next row to check, in any document"),
    "key_question": ("bảng phím tắt này", "this list"),
    "key_r": ("bác bỏ dòng đang chọn (bấm a để lấy lại)", "reject the selected row (a takes it back)"),
    "key_s": ("trạng thái của dòng đang chọn", "state of the selected row"),
    "key_slash": ("ô tìm trong danh sách văn bản", "search field of the list of documents"),
    "key_t": ("thêm nghĩa vụ từ đoạn đã bôi đen", "add a duty from the selected passage"),
    "key_u": ("hoàn tác quyết định gần nhất về dòng đang chọn", "take back the last decision about the selected row"),
    "key_v": ("đổi giữa ảnh trang và chữ", "switch between page image and text"),
    "keys_on": ("Dùng phím tắt một chữ", "Use single-letter keys"),
    "language_switch": ("English", "Tiếng Việt"),
    "matched": ("{n} văn bản", "{n} documents"),
    "machine_read": ("máy đọc: {value}", "the machine read: {value}"),
    "month": ("Tháng {month} năm {year}", "{year}-{month:02}"),
    "month_next": ("Tháng sau", "Next month"),
    "month_previous": ("Tháng trước", "Previous month"),
    "month_total": ("{n} việc đến hạn trong tháng", "{n} duties due this month"),
    "more": ("{n} việc nữa", "{n} more"),
    "narrow": ("Còn nữa: hãy lọc theo đơn vị.", "There are more: filter by unit."),
    "new": ("mới", "new"),
    "next_doubtful": ("Cần kiểm tra tiếp", "Next to check"),
    "no_doubtful": ("Không còn dòng nào cần kiểm tra.", "No row is left to check."),
    "no_duties": ("Máy không thấy nghĩa vụ nào trong văn bản này.", "The machine found no duty in this document."),
    "no_unit": ("(chưa rõ đơn vị)", "(unit unknown)"),
    "not_applicable": ("không áp dụng", "not applicable"),
    "not_found": (
        "Không có trang này. Có thể văn bản đã được đọc lại.",
        "No such page. The document may have changed.",
    ),
    "not_same": (
        "Yêu cầu ghi đến từ trang khác nên bị từ chối.",
        "A request to write came from another site and was refused.",
    ),
    "note": ("Ghi chú", "Note"),
    "noted": ("Ghi nhận", "Noted"),
    "nothing_changed": ("Không có gì thay đổi.", "Nothing was changed."),
    "one_per_line": ("mỗi dòng một đơn vị", "one unit a line"),
    "open_again": (
        "Đường dẫn này thiếu mã mở trang. Hãy mở lại bằng đường dẫn mà lệnh `vanthu review` in ra.",
        "This address lacks its token. Open the address that `vanthu review` printed.",
    ),
    "page_alt": ("Ảnh trang {n}", "Image of page {n}"),
    "page_n": ("trang {n}", "page {n}"),
    "page_of": ("Trang {n}/{all}", "Page {n}/{all}"),
    "person": ("Người xử lý", "Person in charge"),
    "pages": ("Các trang của danh sách", "Pages of the list"),
    "port_taken": (
        "Không mở được {host}:{port} ({reason}). Hãy chọn cổng khác bằng --port.",
        "Cannot open {host}:{port} ({reason}). Choose another --port.",
    ),
    "proposal_gone": (
        "Đề xuất này không còn: đã có người trả lời, hoặc văn bản đã được đọc lại.",
        "This proposal is gone: somebody answered it, or a document was read again.",
    ),
    "proposal_said_accept": ("Đã nhận đề xuất.", "The proposal is accepted."),
    "proposal_said_dismiss": ("Đã bỏ qua đề xuất.", "The proposal is dismissed."),
    "proposal_said_restore": ("Đã lấy lại đề xuất.", "The proposal is restored."),
    "proposals": ("Đề xuất", "Proposals"),
    "proposals_hint": (
        "Văn bản đến sau nói về việc đã giao. Đối chiếu với câu trích rồi nhận hoặc bỏ qua.",
        "What later documents say about duties. Compare with the words, then accept or dismiss.",
    ),
    "ready": (
        "Mở trình duyệt tại đường dẫn dưới đây (chỉ dùng được đến khi dừng lệnh này bằng Ctrl-C):",
        "Open this address in a browser (it works until this command is stopped with Ctrl-C):",
    ),
    "reject": ("Bác bỏ", "Reject"),
    "rejected": ("đã bác bỏ", "rejected"),
    "restore": ("Lấy lại", "Restore"),
    "review": ("Kiểm tra", "Review"),
    "said_accept": ("Đã xác nhận.", "Accepted."),
    "said_add": ("Đã thêm nghĩa vụ.", "The duty is added."),
    "said_reject": ("Đã bác bỏ dòng này.", "The row is rejected."),
    "said_status": ("Đã ghi trạng thái.", "The state is kept."),
    "said_undo": ("Đã hoàn tác quyết định gần nhất.", "The last decision is taken back."),
    "save": ("Ghi", "Save"),
    "search": ("Tìm trong số, trích yếu, nguyên văn", "Search number, subject, quotes"),
    "skip": ("Đến nội dung chính", "To the main part"),
    "status": ("Trạng thái", "State"),
    "text": ("Chữ", "Text"),
    "today": ("hôm nay", "today"),
    "too_long": ("Yêu cầu quá dài.", "The request is too long."),
    "take": ("Nhận", "Accept"),
    "undo": ("Hoàn tác", "Undo"),
    "unit": ("Đơn vị", "Unit"),
    "view": ("Cách xem", "View"),
    "weekdays": ("Thứ Hai|Thứ Ba|Thứ Tư|Thứ Năm|Thứ Sáu|Thứ Bảy|Chủ nhật", "Mon|Tue|Wed|Thu|Fri|Sat|Sun"),
    "who": ("Người kiểm tra: {who}", "Reviewer: {who}"),
    "wrong_host": ("Máy chủ được gọi bằng tên lạ nên từ chối.", "Called by an unknown name, and refused."),
    "not_local": (
        "Cảnh báo: {host} mở trang này cho các máy khác trong mạng. Ai có đường dẫn đều đọc và sửa được, "
        "và nội dung đi qua mạng không mã hóa.",
        "Warning: {host} opens the page to other machines. Whoever has the address can read and write, "
        "and nothing is encrypted on its way.",
    ),
}


def review_speaker(language: Language) -> Say:
    """A function ``say(key, **values)`` that gives the texts of the page in ``language``."""
    return speaker(language, TEXTS)


def heading(field: str, say: Say) -> str:
    """The name of a field; that of the exports in Vietnamese, that of the records in English."""
    return HEADINGS.get(field, field) if say("language_switch") == "English" else field.replace("_", " ").capitalize()


def value_word(field: str, value: str, say: Say) -> str:
    """The word for a value of a closed vocabulary; that of the exports in Vietnamese."""
    known = VALUES.get(field, {}) if say("language_switch") == "English" else {}
    return known.get(value, value.replace("_", " ") if field in VALUES else value)
