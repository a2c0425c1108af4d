"""What the API says to people: errors, and the one word of the command that starts it. In Vietnamese and in English."""

from __future__ import annotations

from pipeline.language import Language, Say, speaker

TEXTS: dict[str, tuple[str, str]] = {
    "ready": ("API chỉ đọc tại (Ctrl-C để dừng):", "Read-only API at (Ctrl-C to stop):"),
    "how_to_ask": (
        "Mỗi yêu cầu kèm tiêu đề: Authorization: Bearer {token}",
        "Send with every request: Authorization: Bearer {token}",
    ),
    "kept_token": (
        "Mỗi yêu cầu kèm tiêu đề Authorization: Bearer và mã trong VANTHU_API_TOKEN.",
        "Send with every request Authorization: Bearer and what VANTHU_API_TOKEN holds.",
    ),
    "short_token": (
        "VANTHU_API_TOKEN phải dài ít nhất {n} ký tự ASCII, không có dấu cách.",
        "VANTHU_API_TOKEN must have at least {n} ASCII characters and no space.",
    ),
    "api_only": (
        "Hãy dùng `vanthu serve --api` cho API, `vanthu review` cho trang kiểm tra.",
        "Use `vanthu serve --api` for the API, `vanthu review` for the review page.",
    ),
    "wrong_host": ("Tên máy trong yêu cầu không phải là máy này.", "The request names another host than this one."),
    "no_token": (
        "Thiếu mã truy cập hoặc mã sai: gửi kèm tiêu đề Authorization: Bearer và mã mà `vanthu serve --api` đã in ra.",
        "The token is missing or wrong: send the header Authorization: Bearer with the one the command printed.",
    ),
    "not_found": ("Không có địa chỉ hoặc văn bản này.", "There is no such address or document."),
    "read_only": ("API chỉ để đọc: chỉ nhận GET.", "The API is read only: it takes GET alone."),
    "unknown_parameter": (
        "Không có tham số {name}. Có: {known}.",
        "There is no parameter {name}. There are: {known}.",
    ),
    "twice": ("Tham số {name} chỉ được ghi một lần.", "The parameter {name} may stand once only."),
    "missing": ("Thiếu tham số {name}.", "The parameter {name} is missing."),
    "bad_value": ("Giá trị của {name} không hợp lệ; cần: {wanted}.", "The value of {name} is wrong; wanted: {wanted}."),
    "want.boolean": ("true hoặc false", "true or false"),
    "want.date": ("ngày dạng 2020-04-05", "a day like 2020-04-05"),
    "want.integer": ("số nguyên từ {low} đến {high}", "a whole number from {low} to {high}"),
    "want.string": ("1–{high} ký tự, không có ký tự điều khiển", "1–{high} characters, no control characters"),
    "busy": (
        "Cơ sở dữ liệu đang bận hoặc không mở được. Hãy thử lại sau.",
        "The database is busy or cannot be opened. Try again later.",
    ),
    "failed": ("Lỗi của chương trình; xem nhật ký của máy chủ.", "An error of the program; see the log of the server."),
}


def api_speaker(language: Language) -> Say:
    """A function ``say(key, **values)`` that gives the texts of the API in ``language``."""
    return speaker(language, TEXTS)
