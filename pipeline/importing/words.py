"""What ``vanthu import`` says, in Vietnamese and in English."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "import_column": ("Cột", "Column"),
    "import_cells": ("Số ô sửa", "Cells changed"),
    "import_rate": ("Tỷ lệ sửa", "Edit rate"),
    "import_counts": (
        "So {rows} dòng: {cells} ô được sửa trong {changed} dòng ({rate} số ô sửa được).",
        "Compared {rows} rows: {cells} cells changed in {changed} rows ({rate} of what can be edited).",
    ),
    "import_absent": (
        "{n} dòng của cơ sở dữ liệu không có trong tệp: giữ nguyên, không coi là bị loại.",
        "{n} rows of the database are not in the file: they are kept, not rejected.",
    ),
    "import_missing": (
        "Tệp không có các cột sau (không xét): {columns}.",
        "The file does not have these columns (they are left as they are): {columns}.",
    ),
    "import_conflicts": (
        "{n} chỗ không ghi vì cơ sở dữ liệu cũng đã thay đổi sau khi xuất tệp (hãy xuất lại rồi sửa):",
        "{n} places not taken over, for the database changed as well since the file was written:",
    ),
    "import_problems": ("{n} chỗ không ghi được:", "{n} places that cannot be taken over:"),
    "import_conflict": (
        "cơ sở dữ liệu nay là “{before}”, tệp ghi “{after}”",
        "the database now has “{before}”, the file “{after}”",
    ),
    "import_gone": (
        "dòng này không còn trong cơ sở dữ liệu (đã bị loại, hoặc văn bản đã được đọc lại)",
        "this row is no longer in the database (rejected, or its document was read again)",
    ),
    "import_new_row": (
        "dòng mới, không gắn với đoạn văn bản nào; hãy thêm ở trang soát (vanthu review)",
        "a new row without words of a document; add it on the review page (vanthu review)",
    ),
    "import_twice": ("trùng mã với {before}; chỉ dòng đầu được xét", "same id as {before}; only the first counts"),
    "import_no_mark": (
        "cột ẩn “Dấu đối chiếu” trống hoặc của phiên bản khác; hãy xuất lại tệp rồi sửa",
        "the hidden column “Dấu đối chiếu” is empty or of another version; export again and edit that",
    ),
    "import_empty": ("ô này không được để trống (đang là “{before}”)", "this cell may not be empty (it is “{before}”)"),
    "import_cut": (
        "nội dung ô đã bị cắt bớt khi xuất, không ghi lại được",
        "the text of this cell was cut when it was written and cannot be taken back",
    ),
    "import_recurring": (
        "việc định kỳ (“{before}”): hãy sửa ở cột “Chu kỳ”",
        "a recurring duty (“{before}”): edit its recurrence",
    ),
    "import_no_day": (
        "“{after}” không phải ngày; ghi dạng 30/06/2026, hoặc sửa cột “Thời hạn (nguyên văn)”",
        "“{after}” is no date; write 30/06/2026, or edit the column “Thời hạn (nguyên văn)”",
    ),
    "import_no_rule": (
        "không hiểu chu kỳ “{after}”; ghi như “hằng tháng, ngày 25”, “thứ Sáu hằng tuần”",
        "the recurrence “{after}” is not understood; write it as “hằng tháng, ngày 25”",
    ),
    "import_no_choice": (
        "“{after}” không có trong danh sách; hãy chọn một giá trị có sẵn",
        "“{after}” is not in the list; choose one of its values",
    ),
    "import_fixed": (
        "cột này không sửa được qua Excel (tệp ghi “{after}”, cơ sở dữ liệu là “{before}”)",
        "this column cannot be edited in Excel (the file has “{after}”, the database “{before}”)",
    ),
    "import_more": ("… và {n} chỗ nữa.", "… and {n} more."),
    "import_kept": ("Đã ghi vào cơ sở dữ liệu.", "Kept in the database."),
    "import_tried": ("Chưa ghi gì (--dry-run).", "Nothing was written (--dry-run)."),
}
