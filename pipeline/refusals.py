"""Why the system or the database refused something, in words for whoever sits before it."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError

#: Source: errno(3).
_SYSTEM = {
    errno.ENOSPC: "đĩa đã đầy",
    errno.EDQUOT: "đã hết dung lượng được cấp",
    errno.EFBIG: "vượt dung lượng tối đa cho một tệp",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.ENOTDIR: "một phần của đường dẫn không phải thư mục",
    errno.EISDIR: "đó là một thư mục",
    errno.ENAMETOOLONG: "đường dẫn quá dài",
    errno.ELOOP: "liên kết vòng",
    errno.EIO: "lỗi đọc, ghi đĩa",
    errno.ESTALE: "ổ đĩa mạng đã ngắt",
    errno.ETXTBSY: "tệp đang được chương trình khác dùng",
    errno.EMFILE: "mở quá nhiều tệp cùng lúc",
    errno.ENOMEM: "hết bộ nhớ",
}
#: The beginning of a result code (https://sqlite.org/rescode.html), and what it means here.
_DATABASE = (
    ("SQLITE_FULL", "đĩa đã đầy"),
    ("SQLITE_READONLY", "chỉ được đọc, không được ghi"),
    ("SQLITE_PERM", "không có quyền"),
    ("SQLITE_CANTOPEN", "không mở được tệp hoặc thư mục"),
    ("SQLITE_IOERR", "lỗi đọc, ghi đĩa (có thể đĩa đã đầy)"),
    ("SQLITE_CORRUPT", "tệp cơ sở dữ liệu bị hỏng"),
    ("SQLITE_NOTADB", "không phải cơ sở dữ liệu"),
)


def system_reason(error: OSError) -> str:
    """Why the system refused: in Vietnamese when it is usual, else as the system says it."""
    return _SYSTEM.get(error.errno or 0) or error.strerror or type(error).__name__


def database_reason(error: DBAPIError) -> str | None:
    """Why the database cannot be used; ``None`` when it is only busy."""
    code = str(getattr(error.orig, "sqlite_errorname", ""))
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return None
    return next((words for start, words in _DATABASE if code.startswith(start)), code or type(error).__name__)
